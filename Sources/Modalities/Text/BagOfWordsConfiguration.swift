import ModalityKit

/// What a user can choose about the bag of words. JSON keys are the parameter names.
public struct BagOfWordsConfiguration: Codable, Hashable, Sendable {
  public enum Weighting: String, Codable, CaseIterable, Sendable { case tfidf, counts }

  public var tokens = WordRule.unicode
  public var minimumLength = 1
  public var accents = AccentRule.keep
  public var stopWords = StopWordList.none
  public var stemmer = Stemming.none
  public var ngrams = 1
  /// Code points of the longest character n-gram; 0 for none.
  public var characters = 0
  /// Code points of the shortest character n-gram; 0 for the same as `characters`.
  public var shortestCharacters = 0
  public var charactersFrom = CharacterSource.words
  public var weighting = Weighting.tfidf
  public var smoothIdf = true
  public var sublinear = false
  public var norm = RowNorm.l2
  public var minimumDocuments = 1
  /// A share of the training texts, 0…1.
  public var maximumDocuments = 1.0
  public var maximumFeatures = 20_000
  public var lengthFeatures = true

  public init() {}

  static let parameters: [ParameterDescriptor] = [
    TextParameters.tokens, TextParameters.minimumLength, TextParameters.accents,
    TextParameters.stopWords, TextParameters.stemmer, TextParameters.ngrams,
    ParameterDescriptor(
      "characters", .integer(0...5, default: 0), unit: "characters",
      "length of the longest character n-grams added to the words; 0 for none"),
    ParameterDescriptor(
      "shortestCharacters", .integer(0...5, default: 0), unit: "characters",
      "length of the shortest of them; 0 for the same as the longest"),
    ParameterDescriptor(
      "charactersFrom", .choice(CharacterSource.allCases.map(\.rawValue), default: "words"),
      "what they are cut from: each word between spaces, or the text with its punctuation"),
    ParameterDescriptor(
      "weighting", .choice(Weighting.allCases.map(\.rawValue), default: "tfidf"),
      "tfidf weighs rare terms up, counts does not"),
    ParameterDescriptor(
      "smoothIdf", .flag(default: true),
      "tfidf counts one more text, which has every term"),
    ParameterDescriptor(
      "sublinear", .flag(default: false), "1 + ln(count) instead of the count"),
    TextParameters.norm(of: "the words, and the character n-grams, of a row are"),
    ParameterDescriptor(
      "minimumDocuments", .integer(1...1_000_000, default: 1), unit: "texts",
      "terms in fewer training texts are left out"),
    ParameterDescriptor(
      "maximumDocuments", .real(0...1, default: 1), unit: "of the texts",
      "terms in a greater share of the training texts are left out"),
    ParameterDescriptor(
      "maximumFeatures", .integer(0...1_000_000, default: 20_000),
      "most frequent terms kept, of words and of character n-grams each; 0 for all"),
    ParameterDescriptor(
      "lengthFeatures", .flag(default: true),
      "two more features: the number of words, and the share of them met in fewer than two training "
        + "texts"),
  ]

  /// The lengths of character n-grams, nil for none.
  /// - Throws: `badParameter` if the shortest is longer than the longest.
  func characterLengths() throws(EncoderError) -> ClosedRange<Int>? {
    guard shortestCharacters <= characters else {
      throw EncoderError(
        .badParameter,
        "bag-of-words expects shortestCharacters at most characters, found "
          + "shortestCharacters \(shortestCharacters), characters \(characters)",
        hint: "set characters=\(shortestCharacters) or more with it")
    }
    guard characters > 0 else { return nil }
    return (shortestCharacters == 0 ? characters : shortestCharacters)...characters
  }
}
