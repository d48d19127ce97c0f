import ModalityKit

/// Raw input to UTF-8, block by block: UTF-8 with or without a byte order mark, or UTF-16 with one.
struct TextDecoder: ~Copyable {
  /// 128 MiB, about thirty times the Bible.
  static let byteLimit = 128 << 20
  /// Large enough that a block's overhead does not count, small enough for the cache.
  static let blockSize = 1 << 18

  private enum Encoding {
    case unknown, string, utf8
    case utf16(littleEndian: Bool)
  }

  private let name: String
  private var encoding: Encoding
  /// Bytes that cannot be told yet: a mark, or a part of a UTF-16 character.
  private var head: [UInt8] = []
  private var segments: TextSegments

  /// - Throws: `tooLarge`, the errors of reading a file, or `wrongFormat` for a binary file.
  ///   Invalid UTF-8 is repaired with U+FFFD, an empty file is an empty text.
  static func text(
    from raw: RawInput, blockSize: Int = blockSize, by scanner: consuming WordScanner
  ) throws(EncoderError) -> TokenizedText {
    let segments = TextSegments(scanner, blockSize: blockSize)
    var isString = false
    if case .text = raw { isString = true }
    var decoder = TextDecoder(
      name: raw.name, encoding: isString ? .string : .unknown, segments: segments)
    try raw.forEachBlock(limit: byteLimit, blockSize: blockSize) { block throws(EncoderError) in
      try block.withUnsafeBufferPointer { bytes throws(EncoderError) in try decoder.append(bytes) }
    }
    return try decoder.text()
  }

  private init(name: String, encoding: Encoding, segments: consuming TextSegments) {
    self.name = name
    self.encoding = encoding
    self.segments = segments
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) throws(EncoderError) {
    switch encoding {
    case .unknown:
      head += bytes
      if head.count >= 3 { try decide() }
    case .string:
      segments.append(bytes)
    case .utf8:
      try appendUTF8(bytes)
    case .utf16(let littleEndian):
      head += bytes
      appendUnits(littleEndian: littleEndian, isLast: false)
    }
  }

  private mutating func text() throws(EncoderError) -> TokenizedText {
    switch encoding {
    case .unknown: try decide()
    case .utf16(let littleEndian): appendUnits(littleEndian: littleEndian, isLast: true)
    case .string, .utf8: break
    }
    return segments.text()
  }

  /// Looks for a byte order mark in the first bytes.
  private mutating func decide() throws(EncoderError) {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      let littleEndian = head[0] == 0xFF
      encoding = .utf16(littleEndian: littleEndian)
      head.removeFirst(2)
      appendUnits(littleEndian: littleEndian, isLast: false)
      return
    }
    encoding = .utf8
    let bytes = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head[3...] : head[...]
    head = []
    try bytes.withUnsafeBufferPointer { bytes throws(EncoderError) in try appendUTF8(bytes) }
  }

  private mutating func appendUTF8(_ bytes: UnsafeBufferPointer<UInt8>) throws(EncoderError) {
    guard !bytes.contains(0) else {
      throw EncoderError(
        .wrongFormat, "expected text, found a binary file (it has NUL bytes): \(name)",
        hint: "give a UTF-8 text file, or the sentence itself")
    }
    segments.append(bytes)
  }

  /// Decodes all of `head` but half a unit or half a surrogate pair at its end.
  private mutating func appendUnits(littleEndian: Bool, isLast: Bool) {
    let (low, high) = littleEndian ? (0, 1) : (1, 0)
    var units = stride(from: 0, to: head.count - 1, by: 2).map {
      UInt16(head[$0 + high]) << 8 | UInt16(head[$0 + low])
    }
    if !isLast, let last = units.last, UTF16.isLeadSurrogate(last) { units.removeLast() }
    head.removeFirst(units.count * 2)
    var text = String(decoding: units, as: UTF16.self)
    text.withUTF8 { segments.append($0) }
  }
}
