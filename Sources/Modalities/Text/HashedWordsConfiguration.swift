import ModalityKit

/// What a user can choose about hashed words. JSON keys are the parameter names.
public struct HashedWordsConfiguration: Codable, Hashable, Sendable {
  public var tokens = WordRule.unicode
  public var minimumLength = 1
  public var accents = AccentRule.keep
  public var stopWords = StopWordList.none
  public var stemmer = Stemming.none
  public var ngrams = 1
  public var features = 4096
  public var signed = true
  public var norm = RowNorm.l2

  public init() {}

  static let parameters: [ParameterDescriptor] = [
    TextParameters.tokens, TextParameters.minimumLength, TextParameters.accents,
    TextParameters.stopWords, TextParameters.stemmer, TextParameters.ngrams,
    ParameterDescriptor(
      "features", .integer(16...4_194_304, default: 4096),
      "columns that the terms are spread over; fewer make more of them share one"),
    ParameterDescriptor(
      "signed", .flag(default: true),
      "half of the terms count negative, so that those sharing a column cancel on average"),
    TextParameters.norm(of: "a row is"),
  ]
}
