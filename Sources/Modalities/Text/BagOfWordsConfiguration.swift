import ModalityKit

/// What a user can choose about the bag of words. JSON keys are the parameter names.
public struct BagOfWordsConfiguration: Codable, Hashable, Sendable {
  public enum Weighting: String, Codable, CaseIterable, Sendable { case tfidf, counts }
  public enum Norm: String, Codable, CaseIterable, Sendable { case l2, l1, none }

  public var tokens = WordRule.unicode
  public var minimumLength = 1
  public var ngrams = 1
  public var characters = 0
  public var weighting = Weighting.tfidf
  public var sublinear = false
  public var norm = Norm.l2
  public var minimumDocuments = 1
  public var maximumFeatures = 20_000
  public var lengthFeatures = true

  public init() {}

  static let parameters: [ParameterDescriptor] = [
    ParameterDescriptor(
      "tokens", .choice(WordRule.allCases.map(\.rawValue), default: "unicode"),
      "what a word is: unicode also splits Chinese, Japanese and emoji and keeps combining marks"),
    ParameterDescriptor(
      "minimumLength", .integer(1...20, default: 1), unit: "characters",
      "shorter words are left out"),
    ParameterDescriptor(
      "ngrams", .integer(1...3, default: 1), "longest run of neighbouring words that is a feature"),
    ParameterDescriptor(
      "characters", .integer(0...5, default: 0),
      "length of character n-grams added to the words; 0 for none"),
    ParameterDescriptor(
      "weighting", .choice(Weighting.allCases.map(\.rawValue), default: "tfidf"),
      "tfidf weighs rare terms up, counts does not"),
    ParameterDescriptor(
      "sublinear", .flag(default: false), "1 + ln(count) instead of the count"),
    ParameterDescriptor(
      "norm", .choice(Norm.allCases.map(\.rawValue), default: "l2"),
      "what the words, and the character n-grams, of a row are scaled to 1 by"),
    ParameterDescriptor(
      "minimumDocuments", .integer(1...1_000_000, default: 1), unit: "texts",
      "terms in fewer training texts are left out"),
    ParameterDescriptor(
      "maximumFeatures", .integer(0...1_000_000, default: 20_000),
      "most frequent terms kept, of words and of character n-grams each; 0 for all"),
    ParameterDescriptor(
      "lengthFeatures", .flag(default: true),
      "two more features: the number of words, and the share of them met in fewer than two training "
        + "texts"),
  ]
}
