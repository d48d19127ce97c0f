/// Numbers different terms as they come: a hash table with open addressing and linear probing, at
/// most two thirds full.
struct TermTable: ~Copyable {
  private var bytes: GrowingBuffer<UInt8>
  private var entries: GrowingBuffer<TermList.Entry>
  /// A term's number plus 1, or 0. The size is a power of two.
  private var slots: GrowingBuffer<UInt32>

  /// - Parameter expecting: about so many different terms.
  init(expecting count: Int = 8) {
    bytes = GrowingBuffer(capacity: count * 8)
    entries = GrowingBuffer(capacity: count)
    var size = 16
    while size * 2 < count * 3 { size *= 2 }
    slots = GrowingBuffer(repeating: 0, count: size)
  }

  var count: Int { entries.count }

  /// The number of the term, which is a new one if the table did not have it.
  @inline(__always)
  @discardableResult
  mutating func insert(_ term: Term) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: term.hash) & mask
    while slots[place] != 0 {
      let number = Int(slots[place]) - 1
      if entries[number].hash == term.hash, self.term(number) == term { return number }
      place = (place + 1) & mask
    }
    return append(term, at: place)
  }

  @discardableResult
  mutating func insert(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { insert(Term($0)) }
  }

  /// Valid until another term is inserted.
  @inline(__always)
  func term(_ number: Int) -> Term {
    let entry = entries[number]
    let start = number == 0 ? 0 : entries[number - 1].end
    return Term(bytes.elements(start, entry.end), hash: entry.hash)
  }

  func string(_ number: Int) -> String { String(decoding: term(number).bytes, as: UTF8.self) }

  func list() -> TermList { TermList(bytes: bytes.array(), entries: entries.array()) }

  func slotArray() -> [UInt32] { slots.array() }

  /// Makes room for four slots a term, for many look-ups.
  mutating func spread() {
    while slots.count < entries.count * 4 { grow() }
  }

  @inline(__always)
  private mutating func append(_ term: Term, at place: Int) -> Int {
    bytes.append(contentsOf: term.bytes)
    entries.append(TermList.Entry(hash: term.hash, end: bytes.count))
    slots[place] = UInt32(truncatingIfNeeded: entries.count)
    if entries.count * 3 > slots.count * 2 { grow() }
    return entries.count - 1
  }

  private mutating func grow() {
    let size = slots.count * 2
    // The old slots go first: both at once would be half as much memory again.
    slots = GrowingBuffer(capacity: 0)
    slots = GrowingBuffer(repeating: 0, count: size)
    for number in 0..<entries.count {
      var place = Int(truncatingIfNeeded: entries[number].hash) & (size - 1)
      while slots[place] != 0 { place = (place + 1) & (size - 1) }
      slots[place] = UInt32(truncatingIfNeeded: number + 1)
    }
  }
}
