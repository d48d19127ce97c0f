import Foundation
import Synchronization

/// The digests of files, so that a file that has not changed need not be read again to know it.
///
/// A file is taken for unchanged when device, inode, size and both its times are what they were, as
/// git's index does; the change time cannot be set by hand. A file that changed within the last two
/// seconds is not remembered: it might change again within the clock's grain.
final class FileDigests: Sendable {
  private struct Identity: Hashable {
    let words: [UInt64]

    static let byteCount = 7 * 8

    init(_ status: stat) {
      words = [
        UInt64(status.st_dev), UInt64(status.st_ino), UInt64(bitPattern: Int64(status.st_size)),
        UInt64(bitPattern: Int64(status.st_mtim.tv_sec)),
        UInt64(bitPattern: Int64(status.st_mtim.tv_nsec)),
        UInt64(bitPattern: Int64(status.st_ctim.tv_sec)),
        UInt64(bitPattern: Int64(status.st_ctim.tv_nsec)),
      ]
    }

    init(_ words: [UInt64]) { self.words = words }
  }

  private let log: RecordLog
  private let known: Mutex<[Identity: ContentDigest]> = Mutex([:])
  /// Found but not yet written.
  private let fresh: Mutex<[[UInt8]]> = Mutex([])

  init(path: String) throws(CacheError) {
    log = try RecordLog(path: path, header: [UInt8]("eau file digests 1\n".utf8))
    try log.scan(note)
  }

  /// The digest of a regular file's content; nil for what cannot be read, or changed while it was.
  func digest(path: String) -> ContentDigest? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let identity = Identity(status)
    if let digest = known.withLock({ $0[identity] }) { return digest }
    guard let digest = Self.digest(file), fstat(file, &status) == 0, Identity(status) == identity
    else { return nil }
    if Int(time(nil)) - Int(status.st_ctim.tv_sec) > 2 {
      known.withLock { $0[identity] = digest }
      fresh.withLock { $0.append(Self.record(identity, digest)) }
    }
    return digest
  }

  /// Writes what was found since the last call.
  func save() throws(CacheError) {
    let records = fresh.withLock { records in
      defer { records = [] }
      return records
    }
    _ = try log.append(records, others: note)
  }

  private static func digest(_ file: Int32) -> ContentDigest? {
    guard let stream = DigestStream() else { return nil }
    var block = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let got = block.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { return nil }
      if got == 0 { return stream.digest() }
      block.withUnsafeBytes { stream.update(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
    }
  }

  private static func record(_ identity: Identity, _ digest: ContentDigest) -> [UInt8] {
    var bytes: [UInt8] = []
    for word in identity.words + [digest.low, digest.high] {
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  private func note(_ offset: Int, _ payload: UnsafeRawBufferPointer) {
    guard payload.count == Identity.byteCount + ContentDigest.byteCount else { return }
    let words = (0..<9).map {
      UInt64(littleEndian: payload.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
    }
    known.withLock {
      $0[Identity(Array(words[..<7]))] = ContentDigest(low: words[7], high: words[8])
    }
  }
}
