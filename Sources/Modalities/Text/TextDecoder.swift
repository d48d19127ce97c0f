import ModalityKit

/// Raw input to a Swift string: UTF-8 with or without a byte order mark, or UTF-16 with one.
enum TextDecoder {
  /// 16 MiB, about three times the Bible.
  static let byteLimit = 16 << 20

  /// - Throws: `tooLarge`, the errors of reading a file, or `wrongFormat` for a binary file.
  ///   Invalid UTF-8 is repaired with U+FFFD, an empty file is an empty text.
  static func string(from raw: RawInput) throws(EncoderError) -> String {
    let bytes = try raw.bytes(limit: byteLimit)
    if case .text(let text) = raw { return text }
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes, littleEndian: true) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes, littleEndian: false) }
    guard !bytes.contains(0) else {
      throw EncoderError(
        .wrongFormat, "expected text, found a binary file (it has NUL bytes): \(raw.name)",
        hint: "give a UTF-8 text file, or the sentence itself")
    }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return String(decoding: bytes[mark...], as: UTF8.self)
  }

  private static func utf16(_ bytes: [UInt8], littleEndian: Bool) -> String {
    let (low, high) = littleEndian ? (0, 1) : (1, 0)
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0 + high]) << 8 | UInt16(bytes[$0 + low])
    }
    return String(decoding: units, as: UTF16.self)
  }
}
