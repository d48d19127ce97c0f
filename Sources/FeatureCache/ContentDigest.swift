import XXHash

/// 128 bits that stand for a content: XXH3's, so that two files that differ share it by accident
/// only once in 10¹⁸ or so. Not a defence against someone who wants two files to share it; the
/// cache belongs to the person who fills it.
public struct ContentDigest: Hashable, Sendable {
  let low: UInt64
  let high: UInt64

  static let byteCount = 16

  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  public init(of bytes: some Collection<UInt8>) {
    let hash =
      bytes.withContiguousStorageIfAvailable { XXH3_128bits($0.baseAddress, $0.count) }
      ?? Array(bytes).withUnsafeBufferPointer { XXH3_128bits($0.baseAddress, $0.count) }
    self.init(low: hash.low64, high: hash.high64)
  }

  /// 32 hexadecimal digits.
  public var text: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

/// A digest of a content that comes in pieces.
struct DigestStream: ~Copyable {
  private let state: OpaquePointer

  init?() {
    guard let state = XXH3_createState(), XXH3_128bits_reset(state) == XXH_OK else { return nil }
    self.state = state
  }

  deinit { XXH3_freeState(state) }

  func update(_ bytes: UnsafeRawBufferPointer) {
    _ = XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
  }

  func digest() -> ContentDigest {
    let hash = XXH3_128bits_digest(state)
    return ContentDigest(low: hash.low64, high: hash.high64)
  }
}

/// The checksum a record of a log carries.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  XXH3_64bits(bytes.baseAddress, bytes.count)
}
