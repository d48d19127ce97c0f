/// Makes a `TokenizedText` token by token.
struct TokenCollector: ~Copyable {
  private var table: TermTable
  private var order: GrowingBuffer<UInt32>

  /// - Parameter tokens: about so many are expected.
  init(expecting tokens: Int) {
    table = TermTable(expecting: min(tokens, 1 << 12))
    order = GrowingBuffer(capacity: min(tokens, 1 << 16))
  }

  @inline(__always)
  mutating func append(_ word: Term) {
    order.append(UInt32(truncatingIfNeeded: table.insert(word)))
  }

  mutating func append(_ word: String) {
    order.append(UInt32(truncatingIfNeeded: table.insert(word)))
  }

  /// Word number `word` of another text.
  mutating func append(_ word: UInt32, of words: TermList) {
    words.withTerm(Int(word)) { append($0) }
  }

  func text(keeping text: [UInt8]? = nil) -> TokenizedText {
    TokenizedText(words: table.list(), order: order.array(), keptText: text)
  }
}
