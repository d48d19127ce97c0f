import ModalityKit

/// From raw text to terms: decode, normalise, cut into words (`decode`), then leave stop words out
/// and cut words to their stems (`counted`), then make n-grams. The order is that of scikit-learn's
/// `build_analyzer` with a stemmer between its stop words and its n-grams. Corruptions act after
/// `decode`, on all words as they are written.
struct TextAnalyzer: Sendable {
  private let rule: WordRule
  private let minimumLength: Int
  private let accents: AccentRule
  private let stopWords: TermIndex?
  private let stemming: Stemming
  private let ngrams: Int
  private let source: CharacterSource
  private let lengths: ClosedRange<Int>?

  /// - Parameters:
  ///   - minimumLength: of words, in code points.
  ///   - ngrams: words in the longest word term.
  ///   - source: what character terms are cut from.
  ///   - lengths: of character terms, in code points; nil for none.
  init(
    rule: WordRule, minimumLength: Int, accents: AccentRule, stopWords: StopWordList,
    stemming: Stemming, ngrams: Int, source: CharacterSource = .words,
    lengths: ClosedRange<Int>? = nil
  ) {
    self.rule = rule
    self.minimumLength = minimumLength
    self.accents = accents
    self.stopWords = stopWords == .none ? nil : TermIndex(stopWords.words)
    self.stemming = stemming
    self.ngrams = ngrams
    self.source = source
    self.lengths = lengths
  }

  /// - Parameter blockSize: of the pieces a text is read in, in bytes; no result depends on it.
  /// - Throws: the errors of `TextDecoder.text(from:)`.
  func decode(
    _ raw: RawInput, blockSize: Int = TextDecoder.blockSize
  ) throws(EncoderError) -> TokenizedText {
    // The text is kept only where character n-grams are cut from it.
    try TextDecoder.text(
      from: raw, blockSize: blockSize,
      by: WordScanner(
        rule: rule, accents: accents, minimumLength: minimumLength,
        keepsText: source == .text && lengths != nil, expecting: raw.sizeEstimate / 6))
  }

  /// The words that count: stems of all but the stop words.
  func counted(_ signal: TokenizedText) -> CountedText {
    guard stopWords != nil || stemming != .none else { return CountedText(signal) }
    let stemmer = SnowballStemmer(stemming)
    var table = TermTable(expecting: signal.words.count)
    // What each word became; nil for a stop word.
    var numbers: [UInt32?] = []
    numbers.reserveCapacity(signal.words.count)
    signal.words.visit { _, term in
      guard stopWords?.number(of: term) == nil else {
        numbers.append(nil)
        return
      }
      numbers.append(
        UInt32(stemmer?.withStem(of: term) { table.insert($0) } ?? table.insert(term)))
    }
    let order = signal.order.compactMap { numbers[Int($0)] }
    return CountedText(TokenizedText(words: table.list(), order: order))
  }

  @inline(__always)
  func forEachWordTerm(_ text: CountedText, _ body: (Term, _ count: Int) -> Void) {
    TermWalk.words(of: text, upTo: ngrams, body)
  }

  /// Stop words included and no stems, as scikit-learn's character analyzers do.
  func forEachCharacterTerm(_ signal: TokenizedText, _ body: (Term, _ count: Int) -> Void) {
    guard let lengths else { return }
    switch source {
    case .words: TermWalk.characters(ofWordsOf: CountedText(signal), lengths: lengths, body)
    case .text:
      TermWalk.characters(
        of: signal.keptText ?? Array(signal.text.utf8), lengths: lengths, body)
    }
  }

  /// Its tokens are the first 10,000: nobody looks at more, and those of a large document would
  /// take many times its size.
  func preview(_ signal: TokenizedText) -> Preview {
    var warnings: [String] = []
    if signal.count == 0 {
      warnings = ["no words"]
    } else if counted(signal).text.count == 0 {
      warnings = ["nothing but stop words"]
    }
    var caption = signal.count == 1 ? "1 word" : "\(signal.count) words"
    if signal.count > Self.previewLimit {
      caption += ", the first \(Self.previewLimit) of them here"
    }
    return Preview(
      .tokens(signal.tokens(upTo: Self.previewLimit)), caption: caption, warnings: warnings)
  }

  /// Words a preview has; a person reads far fewer.
  private static let previewLimit = 10_000
}

/// A text with the number of times that each of its words is read.
struct CountedText {
  let text: TokenizedText
  /// Runs parallel to `text.words`.
  let counts: [UInt32]

  init(_ text: TokenizedText) {
    self.text = text
    var counts = [UInt32](repeating: 0, count: text.words.count)
    for word in text.order { counts[Int(word)] += 1 }
    self.counts = counts
  }
}

extension RawInput {
  /// Of the content in bytes, as far as it is known without reading it.
  fileprivate var sizeEstimate: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .bytes(let bytes, _): bytes.count
    case .file, .deferred, .numbers: 1 << 16
    }
  }
}
