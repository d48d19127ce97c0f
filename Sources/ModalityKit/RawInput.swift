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
    let content: [UInt8]
    switch self {
    case .file(let path): content = try Self.read(path, limit: limit)
    case .bytes(let bytes, _): content = bytes
    case .deferred(_, let make): content = make()
    case .text(let text): content = Array(text.utf8)
    case .numbers:
      throw EncoderError(
        .wrongInput, "expected a file or text, found \(name)",
        hint: "give a path, or choose the `vector` encoder for numbers")
    }
    guard content.count <= limit else { throw Self.tooLarge(name, content.count, limit) }
    return content
  }

  private static func read(_ path: String, limit: Int) throws(EncoderError) -> [UInt8] {
    let size = try fileSize(path)
    guard size <= limit else { throw tooLarge(path, size, limit) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EncoderError(
        .unreadable, "cannot read \(path)", hint: "check the file's permissions")
    }
    return [UInt8](data)
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

  private static func tooLarge(_ name: String, _ size: Int, _ limit: Int) -> EncoderError {
    EncoderError(
      .tooLarge, "\(name) has \(size) bytes, the limit is \(limit)", hint: "use a smaller file")
  }
}
