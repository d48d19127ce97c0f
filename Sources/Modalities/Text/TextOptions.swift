import ModalityKit

/// What becomes of accents.
public enum AccentRule: String, Codable, Hashable, Sendable, CaseIterable {
  case keep
  /// Compatibility decomposition (NFKD) without its combining marks, as scikit-learn's
  /// `strip_accents="unicode"`: naïve becomes naive, ﬁ becomes fi.
  case strip
}

/// Words that are not counted.
public enum StopWordList: String, Codable, Hashable, Sendable, CaseIterable {
  case none
  /// `EnglishStopWords`.
  case english

  var words: Set<String> {
    switch self {
    case .none: []
    case .english: EnglishStopWords.all
    }
  }
}

/// What character n-grams are cut from.
public enum CharacterSource: String, Codable, Hashable, Sendable, CaseIterable {
  /// Each word with a space on both sides, as scikit-learn's `analyzer="char_wb"` on the words.
  case words
  /// The whole text with its punctuation, as scikit-learn's `analyzer="char"`.
  case text
}

/// The parameters that every encoder of text has.
enum TextParameters {
  static let tokens = ParameterDescriptor(
    "tokens", .choice(WordRule.allCases.map(\.rawValue), default: "unicode"),
    "what a word is: unicode also splits Chinese, Japanese and emoji and keeps combining marks")
  static let minimumLength = ParameterDescriptor(
    "minimumLength", .integer(1...20, default: 1), unit: "characters",
    "shorter words are left out")
  static let accents = ParameterDescriptor(
    "accents", .choice(AccentRule.allCases.map(\.rawValue), default: "keep"),
    "strip takes the accents off the letters and spells ligatures out")
  static let stopWords = ParameterDescriptor(
    "stopWords", .choice(StopWordList.allCases.map(\.rawValue), default: "none"),
    "words left out before runs of words are made: english for 318 of them")
  static let stemmer = ParameterDescriptor(
    "stemmer", .choice(Stemming.all.map(\.rawValue), default: "none"),
    "Snowball algorithm that cuts words to their stems, after stop words and before runs")
  static let ngrams = ParameterDescriptor(
    "ngrams", .integer(1...3, default: 1), "longest run of neighbouring words that is a feature")

  static func norm(of what: String) -> ParameterDescriptor {
    ParameterDescriptor(
      "norm", .choice(RowNorm.allCases.map(\.rawValue), default: "l2"),
      "what \(what) scaled to 1 by")
  }
}
