import Datasets
import Foundation
import Fusion
import ModalityKit
import SeededRandom
import Synchronization

/// A benchmark's scores on disk, one JSON line a score. An interrupted run finds its own here.
///
/// A line belongs to a run when its setup is the same: the program file, the suite, the judged
/// split, the encoders that `use` chose, and the method with all its options. A damaged line (the
/// last one of a run that was killed) is passed over.
final class BenchmarkLog: Sendable {
  private struct Line: Codable {
    let setup: String
    let record: BenchmarkRecord
  }

  private let path: String
  private let base: String
  private let lines: Mutex<[Line]>

  /// - Parameters:
  ///   - chosen: the encoders of modalities that do not have their default.
  ///   - fresh: forget what is there.
  init(
    suite: BenchmarkSuite, judgesValidation: Bool,
    chosen: [(modality: String, encoder: any ErasedEncoder)], environment: [String: String],
    fresh: Bool
  ) throws {
    let folder = try Self.folder(environment)
    path = "\(folder)/\(suite.rawValue).jsonl"
    let own = chosen.map { modality, encoder in
      " \(modality)=\(encoder.descriptor.identifier) \(encoder.descriptor.version) "
        + String(decoding: encoder.configurationJSON, as: UTF8.self)
    }.sorted().joined()
    base =
      "\(Version.text) \(ProgramIdentity.text) \(suite.rawValue) \(judgesValidation)" + own
    if fresh { try? FileManager.default.removeItem(atPath: path) }
    let content = FileManager.default.contents(atPath: path) ?? Data()
    let decoder = JSONDecoder()
    lines = Mutex(
      content.split(separator: UInt8(ascii: "\n")).compactMap {
        try? decoder.decode(Line.self, from: Data($0))
      })
  }

  func has(
    _ method: BenchmarkMethod, seed: UInt64, fold: Int, _ protocols: [BenchmarkProtocol]
  ) -> Bool {
    let setup = setup(method)
    return lines.withLock { lines in
      protocols.allSatisfy { wanted in
        lines.contains {
          $0.setup == setup && $0.record.seed == seed && $0.record.fold == fold
            && $0.record.protocolName == wanted.name
        }
      }
    }
  }

  func records(of methods: [BenchmarkMethod], _ protocols: [BenchmarkProtocol]) -> [BenchmarkRecord]
  {
    let setups = methods.map(setup)
    var seen: Set<String> = []
    // A training repeated for the protocol it lacked scored all of them again: the last one counts.
    let found = lines.withLock { $0 }.reversed().filter {
      let record = $0.record
      return setups.contains($0.setup)
        && seen.insert("\($0.setup) \(record.seed) \(record.fold) \(record.protocolName)").inserted
    }.map(\.record)
    return found.sorted { ($0.seed, $0.fold) < ($1.seed, $1.fold) }
  }

  func append(_ records: [BenchmarkRecord], of method: BenchmarkMethod) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let new = records.map { Line(setup: setup(method), record: $0) }
    var bytes = Data()
    for line in new { bytes += try encoder.encode(line) + [UInt8(ascii: "\n")] }
    try lines.withLock { lines in
      lines += new
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
      }
      guard let file = FileHandle(forUpdatingAtPath: path) else {
        throw CommandError(
          "cannot-write", "cannot write \(path)", hint: "XDG_CACHE_HOME names another folder")
      }
      defer { try? file.close() }
      let end = try file.seekToEnd()
      let newline = Data([UInt8(ascii: "\n")])
      if end > 0 {
        // A line cut off in the middle must not take the first new one with it.
        try file.seek(toOffset: end - 1)
        if try file.read(upToCount: 1) != newline { bytes = newline + bytes }
      }
      try file.write(contentsOf: bytes)
    }
  }

  private func setup(_ method: BenchmarkMethod) -> String {
    String(stableHash("\(base) \(method)"), radix: 16)
  }

  private static func folder(_ environment: [String: String]) throws -> String {
    let folder = "\(CacheFolder.path(environment))/benchmarks"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CommandError(
        "cannot-write", "cannot make the folder \(folder)",
        hint: "XDG_CACHE_HOME names another place")
    }
    return folder
  }
}
