import Autograd
import ModalityKit
import SeededRandom
import Synchronization
import Testing

@testable import Fusion

/// Every method trained on the toy data, by the door the benchmark uses.
@Suite struct BaselineTrainingTests {
  @Test(arguments: Baseline.allCases, [1, 3])
  func learns(baseline: Baseline, modalities: Int) throws {
    let data = try Toy.data(modalities: modalities)
    let model = try baseline.train(CleanRows(data), options: Toy.baselineOptions())
    #expect(Toy.accuracy(model, data) > 0.9)
  }

  @Test(arguments: Baseline.allCases)
  func aSeedReproducesARunBitForBit(baseline: Baseline) throws {
    let data = try Toy.data(missing: true)
    func run(_ seed: UInt64) throws -> Matrix<Float> {
      try baseline.train(CleanRows(data), options: Toy.baselineOptions(epochs: 4, seed: seed))
        .probabilities(data.tables)
    }
    let first = try run(1)
    #expect(try run(1) == first)
    // Logistic regression has one minimum and draws nothing.
    #expect(try (run(2) == first) == (baseline == .logistic))
  }

  /// QMF's regulariser does what it is for: with a strong one, the third of the samples that the
  /// classifier finds hardest is less confident than the easiest third by a wider gap.
  @Test func rankingTermPartsEasyFromHard() throws {
    let data = try Toy.data(count: 300)
    func gap(ranking: Double) throws -> Double {
      var options = Toy.baselineOptions(epochs: 20)
      options.ranking = ranking
      let rows = try CleanRows(data)
      var builder = NetworkBuilder(inputs: rows.inputs, classes: 3, options: options)
      let network = QMFNetwork<Float>(&builder)
      try NetworkTraining(network, rows, options).run("", monitor: .silent) { _, _ in }
      let inputs = ModelInputs<Float>(rows.inputs, rows: rows.labels.count)
      inputs.begin()
      var generator = SeededGenerator(seed: 1)
      rows.write(Array(rows.labels.indices), into: inputs, &generator)
      let tape = Tape<Float>(differentiates: false)
      let batch = network.record(inputs, masks: nil, on: tape)
      let shares = softmaxRows(batch.logits[0].matrix)
      let hardestFirst = rows.labels.indices.sorted {
        shares[$0, rows.labels[$0]] < shares[$1, rows.labels[$1]]
      }
      func mean(_ positions: ArraySlice<Int>) -> Double {
        positions.reduce(0.0) { $0 + Double(batch.confidence[0].value[$1]) }
          / Double(positions.count)
      }
      let third = hardestFirst.count / 3
      return mean(hardestFirst.suffix(third)) - mean(hardestFirst.prefix(third))
    }
    let (without, with) = (try gap(ranking: 0), try gap(ranking: 20))
    #expect(with > without * 1.2, "\(with) against \(without)")
  }

  @Test(arguments: Baseline.allCases)
  func stoppingThrows(baseline: Baseline) throws {
    let data = try Toy.data()
    let asked = Atomic<Int>(0)
    let monitor = WorkMonitor(
      threads: 1, shouldStop: { asked.add(1, ordering: .relaxed).newValue > 3 })
    let error = #expect(throws: FusionError.self) {
      _ = try baseline.train(
        CleanRows(data), options: Toy.baselineOptions(epochs: 1000), monitor: monitor)
    }
    #expect(error?.code == "stopped")
    #expect(asked.load(ordering: .relaxed) < 10)
  }

  @Test func epochsAreReportedAndLossFalls() throws {
    let data = try Toy.data()
    var losses: [Double] = []
    var numbers: [Int] = []
    _ = try Baseline.late.train(CleanRows(data), options: Toy.baselineOptions(epochs: 5)) {
      numbers.append($0)
      losses.append($1)
    }
    #expect(numbers == [1, 2, 3, 4, 5])
    #expect(losses[4] < losses[0])
    let error = #expect(throws: FusionError.self) {
      _ = try Baseline.late.train(CleanRows(data, indices: [0, 1, 2]))
    }
    #expect(error?.code == "too-few-samples")
  }
}
