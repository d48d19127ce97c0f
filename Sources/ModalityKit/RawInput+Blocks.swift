import Foundation

extension RawInput {
  /// The content in reading order, block by block, so that a large file is never in memory as a
  /// whole.
  ///
  /// - Parameters:
  ///   - limit: of the whole content in bytes. A file is measured before it is read, and again
  ///     while it is, should it grow.
  ///   - blockSize: in bytes, at least 1. Every block but the last has this size; an empty content
  ///     has no block.
  ///   - body: what it is given is valid only until it returns.
  /// - Throws: what `bytes(limit:)` throws, and the errors of `body`.
  public func forEachBlock(
    limit: Int, blockSize: Int = 1 << 18, _ body: (Span<UInt8>) throws(EncoderError) -> Void
  ) throws(EncoderError) {
    switch self {
    case .file(let path):
      try Self.read(path, limit: limit, blockSize: blockSize, body)
    case .bytes(let bytes, _):
      try cut(bytes.span, limit: limit, blockSize: blockSize, body)
    case .deferred(_, let make):
      try cut(make().span, limit: limit, blockSize: blockSize, body)
    case .text(let text):
      try cut(text.utf8.span, limit: limit, blockSize: blockSize, body)
    case .numbers:
      throw EncoderError(
        .wrongInput, "expected a file or text, found \(name)",
        hint: "give a path, or choose the `vector` encoder for numbers")
    }
  }

  private func cut(
    _ content: Span<UInt8>, limit: Int, blockSize: Int,
    _ body: (Span<UInt8>) throws(EncoderError) -> Void
  ) throws(EncoderError) {
    guard content.count <= limit else { throw Self.tooLarge(name, content.count, limit) }
    var start = 0
    while start < content.count {
      let end = start + min(max(blockSize, 1), content.count - start)
      try body(content.extracting(start..<end))
      start = end
    }
  }

  private static func read(
    _ path: String, limit: Int, blockSize: Int,
    _ body: (Span<UInt8>) throws(EncoderError) -> Void
  ) throws(EncoderError) {
    let size = try fileSize(path)
    guard size <= limit else { throw tooLarge(path, size, limit) }
    guard let file = fopen(path, "re") else { throw unreadable(path) }
    defer { fclose(file) }
    // The blocks are the buffer.
    setvbuf(file, nil, _IONBF, 0)
    var block = [UInt8](repeating: 0, count: max(blockSize, 1))
    var total = 0
    while true {
      let count = fread(&block, 1, block.count, file)
      total += count
      guard ferror(file) == 0 else { throw unreadable(path) }
      guard total <= limit else { throw tooLarge(path, total, limit) }
      guard count > 0 else { return }
      try body(block.span.extracting(first: count))
    }
  }

  private static func unreadable(_ path: String) -> EncoderError {
    EncoderError(.unreadable, "cannot read \(path)", hint: "check the file's permissions")
  }
}
