/// MurmurHash3_x86_32 by Austin Appleby (public domain, https://github.com/aappleby/smhasher), the
/// hash of scikit-learn's `FeatureHasher`.
enum MurmurHash {
  /// The hash of the UTF-8 bytes of a text, read as a signed number.
  static func hash(_ text: String, seed: UInt32 = 0) -> Int32 {
    var text = text
    return text.withUTF8 { hash($0, seed: seed) }
  }

  /// Four bytes at a time, little-endian: k is scrambled, h ← rotl(h ⊕ k, 13) · 5 + e6546b64. The
  /// up to three bytes left, the length and a final avalanche follow. All modulo 2³².
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt32 = 0) -> Int32 {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = seed
    var position = 0
    while position + 4 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: position, as: UInt32.self)
      hash = rotated(hash ^ scrambled(UInt32(littleEndian: word)), by: 13) &* 5 &+ 0xE654_6B64
      position += 4
    }
    hash ^= scrambled(UInt32(truncatingIfNeeded: raw.lastGroup(from: position)))
    hash ^= UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ (hash >> 16)) &* 0x85EB_CA6B
    hash = (hash ^ (hash >> 13)) &* 0xC2B2_AE35
    return Int32(bitPattern: hash ^ (hash >> 16))
  }

  /// k ← rotl(k · cc9e2d51, 15) · 1b873593, which is 0 for no bytes.
  private static func scrambled(_ word: UInt32) -> UInt32 {
    rotated(word &* 0xCC9E_2D51, by: 15) &* 0x1B87_3593
  }

  private static func rotated(_ value: UInt32, by bits: UInt32) -> UInt32 {
    value << bits | value >> (32 - bits)
  }
}
