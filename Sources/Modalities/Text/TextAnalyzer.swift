import ModalityKit

/// From raw text to terms: decode, normalise, cut into words (`decode`), then leave stop words out
/// and make n-grams (`wordTerms`, `characterTerms`). The order is that of scikit-learn's
/// `build_analyzer`. Corruptions act between the two, on all words.
struct TextAnalyzer: Sendable {
  private let normalizer: TextNormalizer
  private let scanner: WordScanner
  private let stopWords: Set<String>
  private let ngrams: Int
  private let source: CharacterSource
  private let lengths: ClosedRange<Int>?

  /// - Parameters:
  ///   - minimumLength: of words, in code points.
  ///   - ngrams: words in the longest word term.
  ///   - source: what character terms are cut from.
  ///   - lengths: of character terms, in code points; nil for none.
  init(
    rule: WordRule, minimumLength: Int, accents: AccentRule, stopWords: StopWordList, ngrams: Int,
    source: CharacterSource = .words, lengths: ClosedRange<Int>? = nil
  ) {
    normalizer = TextNormalizer(rule: rule, accents: accents)
    scanner = WordScanner(rule: rule, minimumLength: minimumLength)
    self.stopWords = stopWords.words
    self.ngrams = ngrams
    self.source = source
    self.lengths = lengths
  }

  /// - Throws: the errors of `TextDecoder.string(from:)`.
  func decode(_ raw: RawInput) throws(EncoderError) -> TokenizedText {
    let text = try TextDecoder.string(from: raw)
    return TokenizedText(tokens: scanner.words(in: normalizer.normalized(text)), text: text)
  }

  /// The words that count: all but stop words.
  func words(_ signal: TokenizedText) -> [String] {
    stopWords.isEmpty ? signal.tokens : signal.tokens.filter { !stopWords.contains($0) }
  }

  func wordTerms(_ signal: TokenizedText) -> [String] {
    TermCounter.wordTerms(words(signal), upTo: ngrams)
  }

  /// Stop words included, as scikit-learn's character analyzers do.
  func characterTerms(_ signal: TokenizedText) -> [String] {
    guard let lengths else { return [] }
    return switch source {
    case .words: TermCounter.characterTerms(signal.tokens, lengths: lengths)
    case .text:
      TermCounter.characterTerms(ofText: normalizer.normalized(signal.text), lengths: lengths)
    }
  }

  func preview(_ signal: TokenizedText) -> Preview {
    let count = signal.tokens.count
    var warnings: [String] = []
    if count == 0 {
      warnings = ["no words"]
    } else if words(signal).isEmpty {
      warnings = ["nothing but stop words"]
    }
    return Preview(
      .tokens(signal.tokens), caption: count == 1 ? "1 word" : "\(count) words",
      warnings: warnings)
  }
}
