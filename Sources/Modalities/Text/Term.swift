import Foundation

/// The UTF-8 of a word or of an n-gram, with its hash. Terms are equal if their bytes are, as
/// strings of Python are by code points; Swift's own equality is canonical equivalence, by which é
/// is e and an accent. Valid as long as the memory it points to.
struct Term {
  let bytes: UnsafeBufferPointer<UInt8>
  /// `TermHash.hash(bytes)`
  let hash: UInt64

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) {
    self.bytes = bytes
    self.hash = hash
  }

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.init(bytes, hash: TermHash.hash(bytes))
  }

  @inline(__always)
  static func == (left: Term, right: Term) -> Bool {
    guard left.hash == right.hash, left.bytes.count == right.bytes.count else { return false }
    // Up to eight bytes the hash tells all terms of one length apart.
    guard left.bytes.count > 8, let first = left.bytes.baseAddress,
      let second = right.bytes.baseAddress
    else { return true }
    return memcmp(first, second, left.bytes.count) == 0
  }

  /// Unicode's code point order, which UTF-8 keeps byte by byte.
  func precedes(_ other: Term) -> Bool {
    guard let left = bytes.baseAddress else { return other.bytes.count > 0 }
    guard let right = other.bytes.baseAddress else { return false }
    let order = memcmp(left, right, min(bytes.count, other.bytes.count))
    return order == 0 ? bytes.count < other.bytes.count : order < 0
  }
}

/// A hash of bytes for tables in memory; it is written nowhere. Groups of eight bytes, the last one
/// filled up with zeros, are mixed in one after the other, then the number of bytes is. A step of
/// mixing can be undone, so that no two terms of one group and one length have the same hash.
enum TermHash {
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    var state: UInt64 = 0
    var position = 0
    while position + 8 <= raw.count {
      let group = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      state = mixed(state, UInt64(littleEndian: group))
      position += 8
    }
    if position < raw.count { state = mixed(state, raw.lastGroup(from: position)) }
    return finished(state, count: raw.count)
  }

  /// The hash of `count` bytes, at least one, of which eight more can be read.
  @inline(__always)
  static func hash(readable bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    let first = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard count > 8 else {
      return finished(mixed(0, first & (~0 >> UInt64(64 - count * 8))), count: count)
    }
    var state = mixed(0, first)
    for position in stride(from: 8, to: count, by: 8) {
      let group = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let isWhole = position + 8 <= count
      let mask: UInt64 = isWhole ? ~0 : ~0 >> UInt64(64 - (count - position) * 8)
      state = mixed(state, UInt64(littleEndian: group) & mask)
    }
    return finished(state, count: count)
  }

  /// s ← (s ⊕ g) · φ, s ⊕ s / 2³², with φ = 2⁶⁴ / golden ratio, which is odd.
  @inline(__always)
  static func mixed(_ state: UInt64, _ group: UInt64) -> UInt64 {
    let product = (state ^ group) &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product >> 32)
  }

  @inline(__always)
  static func finished(_ state: UInt64, count: Int) -> UInt64 { mixed(state, UInt64(count)) }
}

extension UnsafeRawBufferPointer {
  /// Up to seven bytes at the end as a little-endian number.
  func lastGroup(from position: Int) -> UInt64 {
    var group: UInt64 = 0
    for index in (position..<count).reversed() { group = group << 8 | UInt64(self[index]) }
    return group
  }
}
