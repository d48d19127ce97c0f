import Datasets
import Foundation
import ModalityKit
import Testing

/// Manifests that are read in several parts and whose cells do not stay in memory.
@Suite("large manifests") struct LargeManifestTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let count = 60_000

  /// Texts of some 500 bytes: 30 MB altogether.
  private func text(_ number: Int) -> String {
    "text \(number), \"quoted\"\nand on " + String(repeating: "word\(number % 97) ", count: 60)
  }

  private func csv(_ row: (Int) -> String) throws -> String {
    var manifest = "id,label,text\n"
    for number in 0..<Self.count { manifest += row(number) }
    return try folder.write("m.csv", manifest)
  }

  private func row(_ number: Int) -> String {
    "s\(number),\(number % 3),\"\(text(number).replacing("\"", with: "\"\""))\"\n"
  }

  @Test func everyRowIsRead() throws {
    let lines = (0..<Self.count).map { number in
      let escaped = text(number).replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      return "{\"id\":\"s\(number)\",\"label\":\(number % 3),\"text\":\"\(escaped)\"}\n"
    }.joined()
    let paths = [try csv(row), try folder.write("m.jsonl", lines)]
    let sets = try paths.map { try DatasetLoader.manifest(path: $0).dataset }
    for dataset in sets {
      #expect(dataset.samples.count == Self.count)
      #expect(dataset.samples.labels == (0..<Self.count).map { $0 % 3 })
      for number in stride(from: 0, to: Self.count, by: 997) {
        let sample = dataset.samples[number]
        #expect(sample.id == "s\(number)")
        #expect("\(sample.inputs)" == "\([RawInput?.some(.text(text(number)))])")
      }
    }
    #expect(sets[0].samples.splits == sets[1].samples.splits)
  }

  @Test func lateMistakesAreNamed() throws {
    // Each row takes two lines.
    let bad = Self.count - 2
    let twice = try csv { $0 == bad ? row(5) : row($0) }
    let error = #expect(throws: DatasetError.self) { try DatasetLoader.manifest(path: twice) }
    #expect(error?.kind == .duplicateIdentifier && error?.line == 2 * bad + 2)
    #expect(error?.message.contains("as in line 12") == true)
    let ragged = try csv { $0 == bad ? "s,x\n" : row($0) }
    let other = #expect(throws: DatasetError.self) { try DatasetLoader.manifest(path: ragged) }
    #expect(other?.kind == .raggedRow && other?.line == 2 * bad + 2)
  }

  @Test func itTellsHowFarItIsAndStopsWhenAsked() throws {
    let path = try csv(row)
    var told: [String: [Double]] = [:]
    _ = try DatasetLoader.manifest(path: path) { what, share in
      told[what, default: []].append(share)
      return true
    }
    #expect(told.count == 2)
    for shares in told.values {
      #expect(shares.count > 5 && shares == shares.sorted())
      #expect(shares.allSatisfy { (0...1).contains($0) } && shares[shares.count - 1] > 0.8)
    }
    for wanted in told.keys.sorted() {
      var asked = 0
      let error = #expect(throws: DatasetError.self) {
        _ = try DatasetLoader.manifest(path: path) { what, _ in
          asked += what == wanted ? 1 : 0
          return asked < 3
        }
      }
      #expect(error?.kind == .stopped && asked == 3)
    }
  }
}
