import Foundation

/// Files that are either whole or not there: written under a temporary name beside the target,
/// synced to disk, then renamed. Links are followed, a file that was there keeps its permissions, and
/// what is no file (a device, a pipe) is written into and never replaced.
enum AtomicFile {
  /// - Parameter isSynced: whether it must outlive the machine's end, not only the program's.
  static func write(_ bytes: [UInt8], to path: String, isSynced: Bool = true) throws {
    try write(to: path, isSynced: isSynced) { file in try file.append(bytes) }
  }

  /// A file that is too large for memory, piece by piece. What the body throws leaves no file.
  static func write(
    to path: String, isSynced: Bool = true, _ body: (inout FileAppender) throws -> Void
  ) throws {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG { return try writeInto(path, body) }
    if exists, access(path, W_OK) != 0 { throw refusal(path) }
    // The file itself where the path is a link to it.
    let target = exists ? URL(filePath: path).resolvingSymlinksInPath().path : path
    let temporary = "\(target).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw refusal(path) }
    if exists { fchmod(descriptor, status.st_mode & 0o7777) }
    var file = FileAppender(descriptor)
    do {
      try body(&file)
      try file.flush()
      if isSynced, fsync(descriptor) != 0 { throw FileAppender.Failure() }
    } catch {
      let explained = error is FileAppender.Failure ? refusal(path) : error
      close(descriptor)
      unlink(temporary)
      throw explained
    }
    if close(descriptor) != 0 || rename(temporary, target) != 0 {
      let error = refusal(path)
      unlink(temporary)
      throw error
    }
  }

  private static func writeInto(
    _ path: String, _ body: (inout FileAppender) throws -> Void
  ) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw refusal(path) }
    defer { close(descriptor) }
    var file = FileAppender(descriptor)
    do {
      try body(&file)
      try file.flush()
    } catch is FileAppender.Failure { throw refusal(path) }
  }

  /// `cannot-write`, with what the system says just now.
  static func refusal(_ path: String) -> CommandError {
    let number = errno
    let reason = String(cString: strerror(number)).lowercased()
    return CommandError(
      "cannot-write", "cannot write \(path): \(reason)",
      hint: number == ENOSPC
        ? "make room, or choose another place"
        : "choose a folder that exists and that you may write to")
  }
}

/// The end of a file that is being written.
struct FileAppender {
  /// `errno` says why.
  struct Failure: Error {}

  private let descriptor: Int32
  private var pending: [UInt8] = []
  private static let block = 1 << 20

  fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }

  mutating func append(_ bytes: some Sequence<UInt8>) throws {
    pending.append(contentsOf: bytes)
    if pending.count >= Self.block { try flush() }
  }

  /// Numbers as they lie in memory: little-endian on every supported system.
  mutating func append<Number: BitwiseCopyable>(numbers: [Number]) throws {
    try numbers.withUnsafeBytes { try append($0) }
  }

  fileprivate mutating func flush() throws {
    try pending.withUnsafeBytes { buffer in
      var position = 0
      while position < buffer.count {
        let written = Foundation.write(
          descriptor, buffer.baseAddress?.advanced(by: position), buffer.count - position)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { throw Failure() }
        position += written
      }
    }
    pending.removeAll(keepingCapacity: true)
  }
}
