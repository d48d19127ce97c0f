import Foundation
import Synchronization

/// An append-only file of checksummed records: what was written before an interruption is kept,
/// what an interruption tore is cut off, and several processes may read and append at once.
///
/// Layout, little-endian: the header the log was made with, then records of
/// `[payload length: UInt32] [XXH3 of the payload: UInt64] [payload]`. Readers hold a shared lock
/// while they scan, writers an exclusive one while they append; a record read later is read by
/// offset and checked again, without a lock, since records never move.
final class RecordLog: Sendable {
  static let recordLimit = 256 << 20
  private static let prefix = 12

  private let file: Int32
  private let headerSize: Int
  /// Up to here the file is known to hold whole records.
  private let end: Mutex<Int>

  /// Opens or creates the log; a file that begins otherwise is replaced.
  ///
  /// - Throws: `CacheError` when the file cannot be used.
  init(path: String, header: [UInt8]) throws(CacheError) {
    var file = try Self.openFile(path)
    headerSize = header.count
    do throws(CacheError) {
      try Self.lock(file, LOCK_EX, path)
      let size = try Self.size(file)
      if size < header.count {
        guard ftruncate(file, 0) == 0 else { throw CacheError.unusable(path, errno) }
        try Self.write(header, to: file, at: 0)
      } else if try Self.read(file, at: 0, count: header.count) != header {
        // Whoever has the old file open goes on reading it.
        close(file)
        unlink(path)
        file = try Self.openFile(path)
        try Self.lock(file, LOCK_EX, path)
        try Self.write(header, to: file, at: 0)
      }
    } catch {
      close(file)
      throw error
    }
    flock(file, LOCK_UN)
    self.file = file
    end = Mutex(header.count)
  }

  deinit { close(file) }

  /// Visits the records that this log has not visited yet, its own and other processes'.
  func scan(_ visit: (_ offset: Int, _ payload: UnsafeRawBufferPointer) -> Void) throws(CacheError)
  {
    try Self.lock(file, LOCK_SH, "the cache")
    defer { flock(file, LOCK_UN) }
    try scanLocked(visit)
  }

  /// Appends payloads in one write and gives the offset of each. Records that other processes
  /// appended meanwhile are visited first.
  func append(
    _ payloads: [[UInt8]],
    others visit: (_ offset: Int, _ payload: UnsafeRawBufferPointer) -> Void
  ) throws(CacheError) -> [Int] {
    guard !payloads.isEmpty else { return [] }
    try Self.lock(file, LOCK_EX, "the cache")
    defer { flock(file, LOCK_UN) }
    try scanLocked(visit)
    var start = end.withLock { $0 }
    if try Self.size(file) > start {
      guard ftruncate(file, off_t(start)) == 0 else {
        throw CacheError.unusable("the cache", errno)
      }
    }
    var offsets: [Int] = []
    var bytes: [UInt8] = []
    bytes.reserveCapacity(payloads.reduce(0) { $0 + $1.count + Self.prefix })
    let first = start
    for payload in payloads {
      offsets.append(start)
      withUnsafeBytes(of: UInt32(payload.count).littleEndian) { bytes.append(contentsOf: $0) }
      let sum = payload.withUnsafeBytes(checksum)
      withUnsafeBytes(of: sum.littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: payload)
      start = first + bytes.count
    }
    do throws(CacheError) {
      try Self.write(bytes, to: file, at: first)
    } catch {
      // A full disk: what got there is torn, and goes.
      ftruncate(file, off_t(first))
      throw error
    }
    end.withLock { $0 = start }
    return offsets
  }

  /// The payload of the record at an offset that `scan` or `append` gave.
  func payload(at offset: Int) throws(CacheError) -> [UInt8] {
    let prefix = try Self.read(file, at: offset, count: Self.prefix)
    let (length, sum) = prefix.withUnsafeBytes(Self.parse)
    guard length <= Self.recordLimit else { throw CacheError.damaged }
    let payload = try Self.read(file, at: offset + Self.prefix, count: length)
    guard payload.withUnsafeBytes(checksum) == sum else { throw CacheError.damaged }
    return payload
  }

  /// Reads on from `end` in blocks, as far as the records are whole.
  private func scanLocked(
    _ visit: (_ offset: Int, _ payload: UnsafeRawBufferPointer) -> Void
  ) throws(CacheError) {
    let size = try Self.size(file)
    var start = end.withLock { $0 }
    var wanted = 1 << 20
    while start + Self.prefix <= size {
      let block = try Self.read(file, at: start, count: min(wanted, size - start))
      let used = block.withUnsafeBytes { bytes -> (count: Int, next: Int?) in
        var position = 0
        while position + Self.prefix <= bytes.count {
          let (length, sum) = Self.parse(UnsafeRawBufferPointer(rebasing: bytes[position...]))
          guard length <= Self.recordLimit else { return (position, nil) }
          let payloadEnd = position + Self.prefix + length
          guard payloadEnd <= bytes.count else {
            return (position, start + payloadEnd <= size ? length + Self.prefix : nil)
          }
          let payload = UnsafeRawBufferPointer(
            rebasing: bytes[(position + Self.prefix)..<payloadEnd])
          guard checksum(payload) == sum else { return (position, nil) }
          visit(start + position, payload)
          position = payloadEnd
        }
        return (position, Self.prefix)
      }
      start += used.count
      guard let next = used.next else { break }
      wanted = max(1 << 20, next)
    }
    end.withLock { $0 = start }
  }

  private static func parse(_ bytes: UnsafeRawBufferPointer) -> (length: Int, sum: UInt64) {
    (
      Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))),
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
    )
  }
}
