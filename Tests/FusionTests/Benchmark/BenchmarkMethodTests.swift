import ModalityKit
import Testing

@testable import Fusion

/// How scores become a table, and what its rows are.
@Suite struct BenchmarkTableTests {
  private func record(
    _ method: String, _ name: String, accuracy: Double, alpha: (Double, Double)? = nil
  ) -> BenchmarkRecord {
    BenchmarkRecord(
      method: method, protocolName: name, seed: 1, fold: 0, n: 10, accuracy: accuracy,
      nll: accuracy / 100, brier: 0.5, ece: 0.1, aurc: 0.2, alphaSpoiled: alpha?.0,
      alphaBefore: alpha?.1, spearman: nil, spearmanRealised: nil)
  }

  @Test func meanAndDeviationWithOneLess() throws {
    let rows = BenchmarkRow.table(
      of: [
        record("b", "clean", accuracy: 50), record("a", "clean", accuracy: 90),
        record("a", "noise5", accuracy: 70, alpha: (0.1, 0.4)),
        record("a", "clean", accuracy: 93), record("a", "clean", accuracy: 99),
        record("a", "noise5", accuracy: 80, alpha: (0.3, 0.4)),
        record("c", "clean", accuracy: 1),
      ], methods: ["a", "b"], protocols: ["clean", "noise5", "conflict"])
    #expect(
      rows.map { "\($0.method) \($0.protocolName) \($0.n)" }
        == ["a clean 3", "a noise5 2", "b clean 1"])
    try #require(rows.count == 3)
    // 94; the squares 16, 1 and 25 over 2.
    #expect(abs(rows[0].accuracy.mean - 94) < 1e-12)
    #expect(abs(rows[0].accuracy.deviation - 21.0.squareRoot()) < 1e-12)
    #expect(abs(rows[0].nll.mean - 0.94) < 1e-12)
    #expect(rows[0].alphaRatio == nil && rows[0].spearman == nil)
    // 0.25 and 0.75.
    #expect(abs(try #require(rows[1].alphaRatio).mean - 0.5) < 1e-12)
    #expect(rows[2].accuracy.mean == 50 && rows[2].accuracy.deviation == 0)
  }
}

@Suite struct BenchmarkMethodTests {
  /// With every part there is.
  private func whole() throws -> TrainingOptions {
    try Toy.options(
      .calibrated, epochs: 15, [("novelty", "2"), ("damage", "0.3"), ("alpha", "consensus")])
  }

  private func method(_ name: String) throws -> BenchmarkMethod? {
    BenchmarkMethod(name: name, calibrated: try whole())
  }

  private func options(_ name: String) throws -> TrainingOptions {
    guard case .eau(let options) = try #require(try method(name)).kind else {
      Issue.record("\(name) is one of ours")
      return try whole()
    }
    return options
  }

  @Test func everyNameOfTheTablesIsKnown() throws {
    for name in BenchmarkMethod.standard + BenchmarkMethod.ablations + BaselineSet.names {
      let method = try #require(try method(name), "\(name)")
      #expect(method.name == name)
      #expect(!method.summary.isEmpty)
    }
    for baseline in Baseline.allCases {
      guard case .baseline(baseline, _, _) = try method(baseline.rawValue)?.kind else {
        Issue.record("\(baseline) is a baseline")
        continue
      }
    }
    for name in ["", "nope", "Calibrated", "without"] { #expect(try method(name) == nil) }
  }

  /// An ablation that changes nothing would be a row of the table that lies.
  @Test func everyAblationDiffersFromTheWhole() throws {
    let whole = try options("calibrated")
    for name in BenchmarkMethod.ablations where name != "calibrated" {
      #expect(try options(name) != whole, "\(name)")
    }
    #expect(try options("no-ura").lambda == 0)
    #expect(try options("paper").corruptions && !(try options("paper-clean").corruptions))
    #expect(try options("uniform").alpha == .uniform)
  }

  /// What is withheld is withheld from every method that trains on pairs.
  @Test func withheldFromAll() throws {
    var calibrated = try whole()
    calibrated.withheld = ["view 1:gaussian"]
    for name in BenchmarkMethod.standard where !name.hasSuffix("-clean") {
      switch try #require(BenchmarkMethod(name: name, calibrated: calibrated)).kind {
      case .eau(let options), .baseline(_, _, pairs: let options):
        #expect(options.withholds("gaussian", of: "view 1"), "\(name)")
        #expect(!options.withholds("gaussian", of: "view 2"), "\(name)")
      }
    }
  }

  @Test func oneModalityLess() throws {
    let method = try #require(try method("without-view 1"))
    #expect(method.without == "view 1")
    #expect(try options("without-view 1") == (try options("calibrated")))
  }

  @Test func epochsReachBothKinds() throws {
    for name in ["calibrated", "late"] {
      switch try #require(try method(name)).taking(epochs: 7).kind {
      case .eau(let options): #expect(options.epochs == 7)
      case .baseline(_, let options, _): #expect(options.epochs == 7)
      }
    }
  }
}
