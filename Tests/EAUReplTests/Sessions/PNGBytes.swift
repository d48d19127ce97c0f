/// Writes PNG files (ISO/IEC 15948), also such as no picture program would.
enum PNGBytes {
  /// Eight bits a channel, every pixel the same.
  /// - Parameter colour: grey, or red, green and blue.
  static func blank(width: Int, height: Int, colour: [UInt8]) -> [UInt8] {
    let row = [0] + Array((0..<width).map { _ in colour }.joined())
    let pixels = Array((0..<height).map { _ in row }.joined())
    return file(
      width: width, height: height, colourType: colour.count == 3 ? 2 : 0, data: zlib(pixels))
  }

  /// A header that claims a size, and no pixel to go with it.
  static func header(width: Int, height: Int) -> [UInt8] {
    file(width: width, height: height, colourType: 0, data: zlib([]))
  }

  private static func file(
    width: Int, height: Int, colourType: UInt8, data: [UInt8]
  ) -> [UInt8] {
    let header = big(UInt32(width)) + big(UInt32(height)) + [8, colourType, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
      + chunk("IDAT", data) + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return big(UInt32(content.count)) + body + big(crc32(body))
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  /// One stored block of at most 65535 bytes (RFC 1950, RFC 1951).
  private static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    let length = UInt16(bytes.count)
    let sizes =
      withUnsafeBytes(of: length.littleEndian) { Array($0) }
      + withUnsafeBytes(of: (~length).littleEndian) { Array($0) }
    return [0x78, 0x01, 0x01] + sizes + bytes + big(adler32(bytes))
  }

  /// Polynomial 0xEDB88320, reflected.
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320 }
    }
    return ~crc
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (a, b) = (UInt32(1), UInt32(0))
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }
}
