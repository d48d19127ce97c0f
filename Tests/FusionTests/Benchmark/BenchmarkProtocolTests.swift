import Autograd
import ModalityKit
import Testing

@testable import Fusion

/// What a benchmark judges methods on.
@Suite struct BenchmarkProtocolTests {
  private let data: EncodedDataset
  private let rows: [Int]

  init() throws {
    data = try Toy.data(modalities: 4)
    rows = data.indices(of: .test)
  }

  private func values(_ table: FeatureTable, _ row: Int) -> [Float] {
    guard case .dense(let matrix) = table.storage else { return [] }
    return Array(matrix.row(row))
  }

  /// Marks and features agree: what is marked has changed, what is not is as it was.
  private func checkMarks(_ found: SpoiledRows) {
    for m in data.tables.indices {
      for (position, row) in rows.enumerated() {
        let same = values(found.tables[m], position) == values(data.tables[m], row)
        #expect(same == !found.spoiled[m][position], "modality \(m), row \(row)")
      }
    }
  }

  private func marksPerRow(_ found: SpoiledRows) -> [Int] {
    rows.indices.map { row in found.spoiled.count { $0[row] } }
  }

  @Test func cleanChangesNothing() throws {
    let found = try BenchmarkProtocol.clean.spoil(data, rows: rows, seed: 1)
    checkMarks(found)
    #expect(marksPerRow(found).allSatisfy { $0 == 0 })
  }

  @Test func noiseSpoilsHalfOfTheModalitiesOfHalfOfTheRows() throws {
    let found = try BenchmarkProtocol.noise(5).spoil(data, rows: rows, seed: 1)
    checkMarks(found)
    let marks = marksPerRow(found)
    #expect(rows.count == 36)
    #expect(marks.count { $0 == 2 } == 18)
    #expect(marks.count { $0 == 0 } == 18)
    for m in 0..<4 { #expect(found.spoiled[m].contains(true), "any modality") }
  }

  @Test func conflictPutsTheNextClassIntoOneModality() throws {
    let found = try BenchmarkProtocol.conflict.spoil(data, rows: rows, seed: 1)
    checkMarks(found)
    let replaced = rows.enumerated().map { position, row in
      // Samples 0, 1 and 2 are the first ones of their classes.
      let next = (data.dataset.samples[row].label + 1) % 3
      return data.tables.indices.count {
        values(found.tables[$0], position) == values(data.tables[$0], next)
      }
    }
    // 40 % of 36, and noise in up to three modalities of 10 %.
    #expect(replaced.count { $0 == 1 } == 14)
    #expect(replaced.count { $0 == 0 } == 22)
    let noisy = zip(marksPerRow(found), replaced).map { $0 - $1 }
    #expect(noisy.count { $0 > 0 } <= 3)
    #expect(noisy.allSatisfy { (0...3).contains($0) })
  }

  @Test func aSweepSpoilsOneModalityOfEveryRow() throws {
    let sweep = BenchmarkProtocol.sweep(modality: "view2", kind: "gaussian")
    let found = try sweep.spoil(data, rows: rows, seed: 1)
    checkMarks(found)
    #expect(found.spoiled.map { $0.count { $0 } } == [0, 0, 36, 0])
    #expect(sweep.applies(to: data))
    #expect(!sweep.applies(to: data.without(2)))
  }

  @Test(arguments: [BenchmarkProtocol.noise(5), .conflict])
  func theSeedDecides(_ spoiling: BenchmarkProtocol) throws {
    func features(_ seed: UInt64) throws -> ([[Bool]], [[Float]]) {
      let found = try spoiling.spoil(data, rows: rows, seed: seed)
      return (
        found.spoiled, found.tables.map { table in rows.indices.flatMap { values(table, $0) } }
      )
    }
    let (one, again, other) = (try features(1), try features(1), try features(2))
    #expect(one.0 == again.0 && one.1 == again.1)
    #expect(one.0 != other.0)
  }

  @Test func names() {
    let protocols: [BenchmarkProtocol] = [
      .clean, .noise(10), .conflict, .sweep(modality: "image", kind: "gaussian"),
    ]
    #expect(protocols.map(\.name) == ["clean", "noise10", "conflict", "image:gaussian"])
  }
}
