import Foundation

/// Files that are either whole or not there: written under a temporary name beside the target,
/// synced to disk, then renamed.
enum AtomicFile {
  /// - Parameter isSynced: whether it must outlive the machine's end, not only the program's.
  static func write(_ bytes: [UInt8], to path: String, isSynced: Bool = true) throws {
    let temporary = "\(path).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw refusal(path) }
    var position = 0
    var failed = false
    bytes.withUnsafeBytes { buffer in
      while position < buffer.count {
        let written = Foundation.write(
          descriptor, buffer.baseAddress?.advanced(by: position), buffer.count - position)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else {
          failed = true
          return
        }
        position += written
      }
    }
    if isSynced { failed = fsync(descriptor) != 0 || failed }
    failed = close(descriptor) != 0 || failed
    if failed || rename(temporary, path) != 0 {
      let error = refusal(path)
      unlink(temporary)
      throw error
    }
  }

  /// `cannot-write`, with what the system says just now.
  static func refusal(_ path: String) -> CommandError {
    let reason = String(cString: strerror(errno)).lowercased()
    return CommandError(
      "cannot-write", "cannot write \(path): \(reason)",
      hint: "choose a folder that exists and that you may write to")
  }
}
