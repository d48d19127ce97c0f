/// Eight bytes below 0x80, looked at together in one 64-bit number, the first in the lowest byte.
struct ASCIIGroup {
  /// Capital letters made small.
  let lowered: UInt64
  /// In the highest byte, a bit for each byte, the lowest for the first: whether it is a letter,
  /// digit or underscore.
  let words: UInt64

  @inline(__always)
  init(_ group: UInt64) {
    // 0x20 is the difference between the cases, and makes a letter of nothing else.
    let letters = Self.between(group | Self.ones &* 0x20, 0x61, 0x7A)
    let underscores = Self.highBits &- (group ^ Self.ones &* 0x5F)
    let marks = (letters | Self.between(group, 0x30, 0x39) | underscores) & Self.highBits
    lowered = group | (letters & Self.highBits) >> 2
    words = ((marks >> 7) &* 0x0102_0408_1020_4080) & 0xFF << 56
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }
  private static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// The highest bit of each byte tells whether it is in `low...high`. Bytes below 0x80 cannot
  /// carry into their neighbours.
  @inline(__always)
  private static func between(_ group: UInt64, _ low: UInt64, _ high: UInt64) -> UInt64 {
    (group &+ ones &* (0x80 - low)) & ~(group &+ ones &* (0x7F - high))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Lowers a text of ASCII and finds its words.
  ///
  /// - Parameters:
  ///   - lowered: room for `count` rounded up to a multiple of 64; zeros follow the text.
  ///   - edges: room for `count + 1`; gets where each word begins and where it ends.
  /// - Returns: the number of edges, which is even.
  func findASCIIWords(
    lowered: UnsafeMutablePointer<UInt8>, edges: UnsafeMutablePointer<Int32>
  ) -> Int {
    guard let start = baseAddress else { return 0 }
    let whole = count & ~63
    var edgeCount = 0
    var before: UInt64 = 0
    func look(at source: UnsafeRawPointer, _ base: Int) {
      let target = UnsafeMutableRawPointer(lowered + base)
      var words: UInt64 = 0
      for offset in stride(from: 0, to: 64, by: 8) {
        let group = source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let found = ASCIIGroup(UInt64(littleEndian: group))
        target.storeBytes(of: found.lowered.littleEndian, toByteOffset: offset, as: UInt64.self)
        words = words >> 8 | found.words
      }
      var changes = words ^ (words << 1 | before)
      before = words >> 63
      while changes != 0 {
        edges[edgeCount] = Int32(truncatingIfNeeded: base + changes.trailingZeroBitCount)
        edgeCount += 1
        changes &= changes - 1
      }
    }
    for base in stride(from: 0, to: whole, by: 64) { look(at: start + base, base) }
    if whole < count {
      (lowered + whole).update(repeating: 0, count: 64)
      (lowered + whole).update(from: start + whole, count: count - whole)
      look(at: lowered + whole, whole)
    }
    if edgeCount & 1 == 1 {
      edges[edgeCount] = Int32(truncatingIfNeeded: count)
      edgeCount += 1
    }
    return edgeCount
  }
}
