/// A decoded text: what the corruptions spoil and the encoders count.
///
/// Every different word is kept once and each token is four bytes, so that a document of 100 MB
/// takes about as much memory as a file. The text itself is kept only for an encoder that cuts
/// character n-grams from it.
public struct TokenizedText: Sendable, Hashable {
  /// The different words by first appearance.
  let words: TermList
  /// The words in reading order, as their numbers in `words`.
  let order: [UInt32]
  /// UTF-8; nil for the tokens joined by spaces.
  let keptText: [UInt8]?

  init(words: TermList, order: [UInt32], keptText: [UInt8]? = nil) {
    self.words = words
    self.order = order
    self.keptText = keptText
  }

  public init(tokens: [String], text: String) {
    self.init(tokens: tokens, keptText: Array(text.utf8))
  }

  /// A spoiled text, of which only the tokens are left.
  init(tokens: [String], keptText: [UInt8]? = nil) {
    var collector = TokenCollector(expecting: tokens.count)
    for token in tokens { collector.append(token) }
    self = collector.text(keeping: keptText)
  }

  /// About how many bytes it holds.
  var memory: Int { 64 + words.memory + 4 * order.count + (keptText?.count ?? 0) }

  /// How many tokens there are.
  public var count: Int { order.count }

  /// Lower-cased words in reading order. Made anew at every call.
  public var tokens: [String] { Array(tokens(upTo: count)) }

  /// The first `limit` tokens.
  func tokens(upTo limit: Int) -> [String] {
    order.prefix(limit).map { words.string(Int($0)) }
  }

  /// What character n-grams of the text are cut from: the normalised text with its punctuation,
  /// white space collapsed, if the decoding encoder keeps it; else, and after every corruption, the
  /// tokens joined by spaces.
  public var text: String {
    keptText.map { String(decoding: $0, as: UTF8.self) } ?? tokens.joined(separator: " ")
  }
}
