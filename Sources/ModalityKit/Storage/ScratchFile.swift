import Foundation

/// A temporary file without a name, for what is too much for memory. It is gone when nobody holds it
/// and when the process ends, however it ends.
final class ScratchFile: Sendable {
  private let descriptor: Int32

  /// Where TMPDIR says, else /var/tmp, which is never a file system in memory.
  static var defaultFolder: String {
    let named = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return named.isEmpty ? "/var/tmp" : named
  }

  init(folder: String) throws(ScratchError) {
    // A name is taken for a moment only, but others may be at the same.
    for attempt in 0..<1000 {
      let path = "\(folder)/eau-\(getpid())-\(attempt)"
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 {
        unlink(path)
        self.descriptor = descriptor
        return
      }
      guard errno == EEXIST else { break }
    }
    throw ScratchError(folder, errno)
  }

  deinit {
    // The kernel takes a while to let a large file go: not while somebody waits.
    DispatchQueue.global(qos: .utility).async { [descriptor] in close(descriptor) }
  }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(ScratchError) {
    var done = 0
    while done < bytes.count, let start = bytes.baseAddress {
      let count = pwrite(descriptor, start + done, bytes.count - done, off_t(offset + done))
      guard count > 0 || errno == EINTR else {
        throw ScratchError("a temporary file", count < 0 ? errno : ENOSPC)
      }
      done += max(count, 0)
    }
  }

  /// Fills the buffer with what was written at `offset`.
  ///
  /// Nobody else has the file: a disk that does not give back what it took is like memory that fails,
  /// and ends the process.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) {
    var done = 0
    while done < buffer.count, let start = buffer.baseAddress {
      let count = pread(descriptor, start + done, buffer.count - done, off_t(offset + done))
      precondition(count > 0 || errno == EINTR, "the disk lost what was written to it")
      done += max(count, 0)
    }
  }
}

/// Why what is too much for memory cannot be kept on disk.
public struct ScratchError: ExplainedError, Equatable {
  public let code = "no-scratch-space"
  public let message: String
  public let hint =
    "free some space there, or let TMPDIR name a folder on a disk with a few gigabytes"

  init(_ place: String, _ number: Int32) {
    let reason = String(cString: strerror(number)).lowercased()
    message = "cannot keep on disk what is too much for memory: \(place): \(reason)"
  }
}
