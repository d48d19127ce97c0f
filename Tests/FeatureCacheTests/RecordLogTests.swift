import Foundation
import SeededRandom
import Testing

@testable import FeatureCache

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "eau-cache-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }
}

@Suite("record log")
struct RecordLogTests {
  private static let header = [UInt8]("test log 1\n".utf8)

  private func open(_ folder: TemporaryFolder) throws -> (log: RecordLog, found: [[UInt8]]) {
    let log = try RecordLog(path: folder.file("log"), header: Self.header)
    var found: [[UInt8]] = []
    try log.scan { found.append(Array($1)) }
    return (log, found)
  }

  private static let payloads: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 100), [9]]

  private func write(_ folder: TemporaryFolder) throws -> [UInt8] {
    _ = try open(folder).log.append(Self.payloads) { _, _ in }
    return Array(try Data(contentsOf: URL(filePath: folder.file("log"))))
  }

  @Test func whatWasAppendedIsFoundAndReadByOffset() throws {
    let folder = try TemporaryFolder()
    let first = try open(folder).log
    let offsets = try first.append(Self.payloads) { _, _ in }
    #expect(try offsets.map(first.payload) == Self.payloads)
    let (second, found) = try open(folder)
    #expect(found == Self.payloads)
    #expect(try offsets.map(second.payload) == Self.payloads)
  }

  /// An interruption may cut the file anywhere.
  @Test func aTornEndIsCutOffAndWrittenOver() throws {
    let folder = try TemporaryFolder()
    let whole = try write(folder)
    var ends = [Self.header.count]
    for payload in Self.payloads { ends.append((ends.last ?? 0) + 12 + payload.count) }
    for length in Self.header.count...whole.count {
      try Data(whole[..<length]).write(to: URL(filePath: folder.file("log")))
      let kept = ends.lastIndex { $0 <= length } ?? 0
      let (log, found) = try open(folder)
      #expect(found == Array(Self.payloads[..<kept]), "cut at \(length)")
      _ = try log.append([[42, 43]]) { _, _ in }
      #expect(try open(folder).found == Array(Self.payloads[..<kept]) + [[42, 43]])
    }
  }

  @Test func aChangedBitNeverGivesAnotherPayload() throws {
    let folder = try TemporaryFolder()
    let whole = try write(folder)
    for bit in 0..<8 * whole.count {
      var bytes = whole
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      try Data(bytes).write(to: URL(filePath: folder.file("log")))
      let found = try open(folder).found
      #expect(found == Array(Self.payloads[..<found.count]), "bit \(bit)")
      #expect(found.count < Self.payloads.count)
    }
  }

  @Test func aLogOfAnotherKindIsReplaced() throws {
    let folder = try TemporaryFolder()
    try Data("something else, and long enough".utf8).write(to: URL(filePath: folder.file("log")))
    #expect(try open(folder).found.isEmpty)
    #expect(try write(folder).starts(with: Self.header))
  }

  /// Two sessions with one log: neither loses what the other wrote.
  @Test func twoWritersSeeEachOther() throws {
    let folder = try TemporaryFolder()
    let (one, two) = (try open(folder).log, try open(folder).log)
    var seen: [[UInt8]] = []
    _ = try one.append([[1]]) { _, _ in }
    let offsets = try two.append([[2], [3]]) { seen.append(Array($1)) }
    _ = try one.append([[4]]) { seen.append(Array($1)) }
    #expect(seen == [[1], [2], [3]])
    #expect(try offsets.map(one.payload) == [[2], [3]])
    #expect(try open(folder).found == [[1], [2], [3], [4]])
  }

  @Test func recordsLargerThanABlockOfTheScanAreFound() throws {
    let folder = try TemporaryFolder()
    let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
    _ = try open(folder).log.append([[1], large, [2]]) { _, _ in }
    #expect(try open(folder).found == [[1], large, [2]])
  }

  @Test func aFolderThatCannotBeWrittenIsATypedError() {
    #expect(throws: CacheError.self) {
      try RecordLog(path: "/proc/no-such-folder/log", header: Self.header)
    }
  }
}
