import Autograd
import Fusion
import ModalityKit
import Testing

/// Training, evaluating and saving a model of a number.
@Suite struct RegressionTests {
  private func parameters(_ model: EAUModel<Float>) -> [Float] {
    model.parameters.flatMap { $0.variable.matrix.values }
  }

  @Test(
    arguments: [(1, "absolute"), (3, "absolute"), (3, "squared")],
    [TrainingOptions.Preset.paper, .calibrated])
  func learns(_ view: (modalities: Int, loss: String), preset: TrainingOptions.Preset) throws {
    let (modalities, loss) = view
    let data = try Toy.regressionData(modalities: modalities, missing: modalities > 1)
    let options = try Toy.options(preset, epochs: 60, [("loss", loss)])
    let outcome = try Trainer(options).train(data)
    let regression = try #require(outcome.regression)
    #expect(regression.name == "level")
    #expect(outcome.epochs.last?.losses.task ?? 9 < outcome.epochs.first?.losses.task ?? 0)
    let evaluator = Evaluator(outcome.model, on: data, regression: regression)
    let found = try evaluator.evaluate(
      regression, dropout: options.hiddenDropout, split: .test)
    // Guessing the mean is off by 25.
    #expect(found.metrics.meanAbsoluteError < 8)
    #expect(found.metrics.correlation ?? 0 > 0.95)
    #expect((0.6...1).contains(found.metrics.intervals[1].coverage))
    #expect(found.unimodal.map { $0.name } == data.dataset.modalities)
    #expect(found.unimodal.allSatisfy { $0.absoluteError < 25 })
    #expect(
      try evaluator.absoluteError(regression, split: .test) == found.metrics.meanAbsoluteError)
  }

  @Test func theLossIsUsed() throws {
    let data = try Toy.regressionData(count: 60)
    func run(_ loss: String) throws -> [Float] {
      parameters(
        try Trainer(try Toy.options(.paper, epochs: 2, [("loss", loss)])).train(data).model)
    }
    #expect(try run("absolute") == run("absolute"))
    #expect(try run("absolute") != run("squared"))
    #expect(throws: EncoderError.self) { try Toy.options(.paper, [("loss", "cubic")]) }
  }

  @Test func aSeedReproducesARunBitForBit() throws {
    let data = try Toy.regressionData(missing: true)
    func run(_ seed: UInt64, threads: Int) throws -> Trainer.Outcome {
      var options = try Toy.options(epochs: 3, [("hiddenDropout", "0.2")])
      options.seed = seed
      return try Trainer(options).train(data, monitor: WorkMonitor(threads: threads))
    }
    let first = try run(1, threads: 1)
    let again = try run(1, threads: 2)
    #expect(parameters(again.model) == parameters(first.model))
    #expect(again.regression == first.regression)
    #expect(parameters(try run(2, threads: 1).model) != parameters(first.model))
  }

  @Test func severalSamplesOfTheBottleneckTrain() throws {
    let data = try Toy.regressionData(missing: true)
    let outcome = try Trainer(try Toy.options(epochs: 40, [("samples", "4")])).train(data)
    let regression = try #require(outcome.regression)
    let error = try Evaluator(outcome.model, on: data).absoluteError(regression, split: .test)
    #expect(try #require(error) < 8)
  }

  /// Sigma and the weights follow the damage as in classification, and the error grows with it.
  @Test func sweeping() throws {
    let data = try Toy.regressionData(count: 300)
    let options = try Toy.options(epochs: 60)
    let outcome = try Trainer(options).train(data)
    let regression = try #require(outcome.regression)
    let evaluator = Evaluator(outcome.model, on: data, regression: regression)
    let sweep = try evaluator.sweep(modality: 1, kind: "gaussian", split: .test)
    #expect(sweep.accuracy.isEmpty)
    #expect(sweep.absoluteError.count == 11)
    let clean = try #require(try evaluator.absoluteError(regression, split: .test))
    #expect(abs(sweep.absoluteError[0] - clean) < 1e-6)
    #expect(sweep.absoluteError[10] > clean)
    #expect(sweep.alpha[1].values[10] < sweep.alpha[1].values[0] / 2)
    let spoiled = try evaluator.evaluate(
      regression, dropout: options.hiddenDropout, split: .test,
      corruptions: [.init(modality: 1, kind: "gaussian", severity: 10)])
    #expect(abs(spoiled.metrics.meanAbsoluteError - sweep.absoluteError[10]) < 1e-6)
  }

  @Test func aConstantTargetIsRefused() throws {
    let data = try Toy.regressionData(constant: true)
    let error = #expect(throws: FusionError.self) {
      try Trainer(try Toy.options(epochs: 1)).train(data)
    }
    #expect(error?.code == "constant-target")
    #expect(error?.message.contains("level") == true)
  }

  /// What a row gets, noise and doubt included, does not depend on the rows it is asked with.
  @Test func aBatchSaysWhatSinglesSay() throws {
    let data = try Toy.regressionData(missing: true)
    let outcome = try Trainer(try Toy.options(epochs: 3)).train(data)
    let regression = try #require(outcome.regression)
    let together = regression.values(outcome.model, data.tables, dropout: 0.3, passes: 8)
    #expect(together.count == 200)
    for row in [0, 5, 177] {
      let alone = regression.values(outcome.model, try data.tables([row]), dropout: 0.3, passes: 8)
      let (found, expected) = (alone[0], together[row])
      #expect(abs(found.value - expected.value) < 1e-3)
      #expect(abs(found.aleatoric - expected.aleatoric) < 1e-3 * (1 + expected.aleatoric))
      #expect(abs(found.epistemic - expected.epistemic) < 1e-3 * (1 + expected.epistemic))
      #expect(expected.epistemic > 0)
      #expect(
        abs(expected.deviation * expected.deviation - expected.aleatoric - expected.epistemic)
          < 1e-9 * (1 + expected.aleatoric + expected.epistemic))
    }
    let plain = regression.values(outcome.model, try data.tables([0]), dropout: 0, passes: 8)
    #expect(plain[0].epistemic == 0)
  }
}
