import ModalityKit
import Synchronization

/// The rows of one feature space on disk, found by the digest of the content they were made of.
public final class FeatureShelf: Sendable {
  /// Where a row lies; valid as long as this shelf.
  public struct Place: Sendable, Hashable {
    let offset: Int
  }

  private let log: RecordLog
  private let places: Mutex<[ContentDigest: Place]>

  init(path: String, space: FeatureSpace) throws(CacheError) {
    log = try RecordLog(path: path, header: space.header())
    places = Mutex([:])
    try log.scan(note)
  }

  public func place(of content: ContentDigest) -> Place? {
    places.withLock { $0[content] }
  }

  /// Writes rows at once; an interruption leaves those before it.
  public func append(
    _ rows: [(content: ContentDigest, row: FeatureRow)]
  ) throws(CacheError) -> [Place] {
    let offsets = try log.append(
      rows.map { RowRecord.bytes($0.row, of: $0.content) }, others: note)
    let new = offsets.map(Place.init)
    places.withLock { places in
      for (row, place) in zip(rows, new) { places[row.content] = place }
    }
    return new
  }

  /// The row at a place. Its shape is what the file says; whoever uses it checks it.
  public func row(at place: Place) throws(CacheError) -> FeatureRow {
    guard let row = RowRecord.row(try log.payload(at: place.offset)) else {
      throw CacheError.damaged
    }
    return row
  }

  private func note(_ offset: Int, _ payload: UnsafeRawBufferPointer) {
    guard let content = RowRecord.content(payload) else { return }
    places.withLock { $0[content] = Place(offset: offset) }
  }
}

/// A row as bytes, little-endian: `[digest: 16] [stored values: UInt32] [sparse: UInt32]`, then for a
/// sparse row its columns as Int32, then the values as Float.
enum RowRecord {
  private static let prefix = ContentDigest.byteCount + 8

  static func bytes(_ row: FeatureRow, of content: ContentDigest) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(prefix + row.values.count * (row.indices == nil ? 4 : 8))
    func add(_ word: some FixedWidthInteger) {
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
    add(content.low)
    add(content.high)
    add(UInt32(row.values.count))
    add(UInt32(row.indices == nil ? 0 : 1))
    for index in row.indices ?? [] { add(index) }
    for value in row.values { add(value.bitPattern) }
    return bytes
  }

  static func content(_ bytes: UnsafeRawBufferPointer) -> ContentDigest? {
    guard bytes.count >= prefix else { return nil }
    return ContentDigest(
      low: UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)),
      high: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  /// nil for bytes that no row has.
  static func row(_ bytes: [UInt8]) -> FeatureRow? {
    guard bytes.count >= prefix else { return nil }
    return bytes.withUnsafeBytes { buffer in
      func word(_ position: Int) -> UInt32 {
        UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: position, as: UInt32.self))
      }
      let count = Int(word(16))
      let isSparse = word(20) == 1
      guard bytes.count == prefix + count * (isSparse ? 8 : 4) else { return nil }
      var row = FeatureRow()
      if isSparse {
        row.indices = (0..<count).map { Int32(bitPattern: word(prefix + 4 * $0)) }
      }
      let first = prefix + (isSparse ? 4 * count : 0)
      row.values = (0..<count).map { Float(bitPattern: word(first + 4 * $0)) }
      return row
    }
  }
}
