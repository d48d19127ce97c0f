import Foundation

/// The system calls under a `RecordLog`, with typed errors.
extension RecordLog {
  static func openFile(_ path: String) throws(CacheError) -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw CacheError.unusable(path, errno) }
    return file
  }

  /// Waits up to two seconds for other processes; one that was stopped with the lock in its hands
  /// must not stop this one.
  static func lock(_ file: Int32, _ kind: Int32, _ path: String) throws(CacheError) {
    for _ in 0..<200 {
      if flock(file, kind | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw CacheError.unusable(path, errno) }
      usleep(10_000)
    }
    throw CacheError.unusable(path, EWOULDBLOCK)
  }

  static func size(_ file: Int32) throws(CacheError) -> Int {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw CacheError.unusable("the cache", errno) }
    return Int(status.st_size)
  }

  /// Exactly `count` bytes.
  static func read(_ file: Int32, at offset: Int, count: Int) throws(CacheError) -> [UInt8] {
    var failure: CacheError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(
          file, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else {
          failure = got < 0 ? .unusable("the cache", errno) : .damaged
          return
        }
        filled += got
      }
    }
    if let failure { throw failure }
    return bytes
  }

  static func write(_ bytes: [UInt8], to file: Int32, at offset: Int) throws(CacheError) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        pwrite(
          file, $0.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw CacheError.unusable("the cache", errno) }
      done += written
    }
  }
}
