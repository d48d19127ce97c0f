/// Different terms, numbered from 0 in the order in which they came: their UTF-8 end to end, and
/// where each of them ends.
struct TermList: Sendable, Hashable {
  struct Entry: Sendable, Hashable, BitwiseCopyable {
    let hash: UInt64
    let end: Int
  }

  private let bytes: [UInt8]
  private let entries: [Entry]

  init(bytes: [UInt8], entries: [Entry]) {
    self.bytes = bytes
    self.entries = entries
  }

  var count: Int { entries.count }

  /// About how many bytes it holds.
  var memory: Int { bytes.count + MemoryLayout<Entry>.stride * entries.count }

  /// - Parameter index: in 0..<count.
  @inline(__always)
  func withTerm<Result>(_ index: Int, _ body: (Term) -> Result) -> Result {
    let entry = entries[index]
    let start = index == 0 ? 0 : entries[index - 1].end
    return bytes.withUnsafeBufferPointer {
      body(Term(UnsafeBufferPointer(rebasing: $0[start..<entry.end]), hash: entry.hash))
    }
  }

  /// Calls `body` with each term in turn.
  @inline(__always)
  func visit(_ body: (_ index: Int, Term) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for index in entries.indices {
        let entry = entries[index]
        let range = UnsafeBufferPointer(rebasing: bytes[start..<entry.end])
        body(index, Term(range, hash: entry.hash))
        start = entry.end
      }
    }
  }

  @inline(__always)
  func hash(_ index: Int) -> UInt64 { entries.withUnsafeBufferPointer { $0[index].hash } }

  func string(_ index: Int) -> String {
    withTerm(index) { String(decoding: $0.bytes, as: UTF8.self) }
  }
}

/// A `TermList` in which terms can be found.
struct TermIndex: Sendable {
  let terms: TermList
  /// As in `TermTable`.
  private let slots: [UInt32]

  init(_ texts: some Sequence<String>) {
    var table = TermTable()
    for text in texts { table.insert(text) }
    table.spread()
    terms = table.list()
    slots = table.slotArray()
  }

  @inline(__always)
  func number(of term: Term) -> Int? {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count - 1
      var place = Int(truncatingIfNeeded: term.hash) & mask
      while slots[place] != 0 {
        let number = Int(slots[place]) - 1
        if terms.hash(number) == term.hash, terms.withTerm(number, { $0 == term }) {
          return number
        }
        place = (place + 1) & mask
      }
      return nil
    }
  }

  func number(of text: String) -> Int? {
    var text = text
    return text.withUTF8 { number(of: Term($0)) }
  }
}
