import ModalityKit
import Testing

@testable import Fusion

/// One training and its judgement, of ours and of a baseline.
@Suite struct BenchmarkTaskTests {
  private static let protocols: [BenchmarkProtocol] = [
    .clean, .noise(5), .conflict, .sweep(modality: "view1", kind: "gaussian"),
  ]

  private func run(_ name: String) throws -> [BenchmarkRecord] {
    let options = try Toy.options(
      .calibrated, epochs: 15,
      [
        ("novelty", "2"), ("damage", "0.3"), ("alpha", "consensus"), ("sharpness", "3"),
      ])
    let method = try #require(BenchmarkMethod(name: name, calibrated: options))
    return try BenchmarkTask(method: method.taking(epochs: 15), seed: 2).run(
      on: try Toy.data(modalities: 4), banks: CorruptionBanks(), split: .test,
      protocols: Self.protocols, monitor: .silent)
  }

  @Test(arguments: ["calibrated", "late"])
  func aRecordForEveryProtocolAndTheSameAgain(_ name: String) throws {
    let records = try run(name)
    #expect(records.map(\.protocolName) == Self.protocols.map(\.name))
    for record in records {
      #expect(record.method == name && record.seed == 2 && record.fold == 0 && record.n == 36)
      #expect((0...100).contains(record.accuracy))
      let numbers = [record.nll, record.brier, record.ece, record.aurc]
      #expect(numbers.allSatisfy { $0.isFinite && $0 >= 0 })
    }
    #expect(try run(name) == records)
    try #require(records.count == 4)
    #expect(records[1].nll > records[0].nll, "noise hurts")
    #expect(records[0].alphaSpoiled == nil, "nothing is spoiled")
    if name == "calibrated" {
      for record in records.dropFirst() {
        let (after, before) = (
          try #require(record.alphaSpoiled), try #require(record.alphaBefore)
        )
        #expect((0...1).contains(after) && (0...1).contains(before) && after != before)
      }
    }
    // Only EAU has a sigma to follow.
    #expect(records.map { $0.spearman != nil } == [false, false, false, name == "calibrated"])
  }

  /// Without its bottleneck a model still learns the task.
  @Test func everyAblationLearns() throws {
    for name in BenchmarkMethod.ablations {
      let records = try run(name)
      #expect(try #require(records.first).accuracy > 80, "\(name): \(records.first?.accuracy ?? 0)")
    }
  }

  @Test func withoutAModalityItsSweepIsLeftOut() throws {
    #expect(try run("without-view1").map(\.protocolName) == ["clean", "noise5", "conflict"])
    #expect(try run("without-view3").count == 4)
  }
}
