import Foundation

/// What a person hands to an encoder: a file, bytes in memory, a sentence, or numbers.
public enum RawInput: Sendable {
  /// A path, absolute or relative to the working directory.
  case file(path: String)
  /// The content of a file that exists only in memory; `name` is used in messages.
  case bytes([UInt8], name: String)
  /// Bytes made when they are needed (the generated data set); `name` is used in messages.
  case deferred(name: String, make: @Sendable () -> [UInt8])
  case text(String)
  case numbers([Double])

  /// How messages call this input. Control characters are the renderer's to escape.
  public var name: String {
    switch self {
    case .file(let path): path
    case .bytes(_, let name), .deferred(let name, _): name
    case .text: "text"
    case .numbers(let values): "\(values.count) numbers"
    }
  }

  /// Whether it names a file.
  public var isFile: Bool {
    if case .file = self { true } else { false }
  }

  /// The whole content, at most `limit` bytes.
  ///
  /// - Throws: `fileMissing`, `notAFile` (directory, device, pipe), `unreadable`, `tooLarge`, or
  ///   `wrongInput` for numbers. An empty file is returned as such: whether emptiness is an error
  ///   is the encoder's to say.
  public func bytes(limit: Int) throws(EncoderError) -> [UInt8] {
    if case .bytes(let bytes, _) = self, bytes.count <= limit { return bytes }
    var content: [UInt8] = []
    if case .file(let path) = self {
      content.reserveCapacity(min(try Self.fileSize(path), limit))
    }
    try forEachBlock(limit: limit) { block throws(EncoderError) in
      block.withUnsafeBufferPointer { content.append(contentsOf: $0) }
    }
    return content
  }

  /// The size of a regular file in bytes; refuses everything that is not one, so that a pipe or a
  /// device named as a picture cannot block the session.
  public static func fileSize(_ path: String) throws(EncoderError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw EncoderError(
        .fileMissing, "no file at \(path)", hint: "check the spelling; TAB completes paths")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw EncoderError(
        .notAFile, "expected a file, found \(fileKind(status.st_mode)) at \(path)",
        hint: "name a single file inside it")
    }
    return Int(status.st_size)
  }

  private static func fileKind(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }

  static func tooLarge(_ name: String, _ size: Int, _ limit: Int) -> EncoderError {
    EncoderError(
      .tooLarge, "\(name) has \(size) bytes, the limit is \(limit)", hint: "use a smaller file")
  }
}
