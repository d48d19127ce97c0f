import Autograd
import Fusion
import ModalityKit
import Synchronization
import Testing

/// Training on a toy data set, through the same core as everything else.
@Suite struct TrainingTests {
  private func parameters(_ model: EAUModel<Float>) -> [Float] {
    model.parameters.flatMap { $0.variable.matrix.values }
  }

  @Test(arguments: [1, 2, 3, 6, 12], [false, true])
  func learnsWithAnyNumberOfModalities(modalities: Int, missing: Bool) throws {
    guard modalities > 1 || !missing else { return }
    let data = try Toy.data(modalities: modalities, missing: missing)
    let outcome = try Trainer(try Toy.options(epochs: 40)).train(data)
    let evaluation = try Evaluator(outcome.model, on: data).evaluate(split: .test)
    #expect(evaluation.metrics.accuracy > 0.9)
    #expect(evaluation.unimodal.count == modalities)
    #expect(outcome.epochs.count == 40)
    #expect(outcome.epochs.last?.losses.task ?? 9 < outcome.epochs.first?.losses.task ?? 0)
  }

  /// On any number of threads: large batches are shared by rows, smaller ones by columns; with 239
  /// the last batch of an epoch is a single row.
  @Test(arguments: [16, 40, 144, 239]) func aSeedReproducesARunBitForBit(batch: Int) throws {
    let data = try Toy.data(count: 400, missing: true)
    #expect(data.indices(of: .train).count == 240)
    func run(_ seed: UInt64, threads: Int) throws -> [Float] {
      var options = try Toy.options(
        epochs: 3, [("batch", "\(batch)"), ("hidden", "80"), ("latent", "48")])
      options.seed = seed
      return parameters(
        try Trainer(options).train(data, monitor: WorkMonitor(threads: threads)).model)
    }
    let first = try run(1, threads: 1)
    #expect(try run(1, threads: 2) == first)
    #expect(try run(1, threads: 5) == first)
    #expect(try run(2, threads: 1) != first)
  }

  @Test func stoppingKeepsTheModelSoFar() throws {
    let data = try Toy.data()
    let asked = Atomic<Int>(0)
    let monitor = WorkMonitor(
      threads: 1, shouldStop: { asked.add(1, ordering: .relaxed).newValue > 150 })
    let options = try Toy.options(epochs: 1000, [("corruptions", "off")])
    let outcome = try Trainer(options).train(data, monitor: monitor)
    #expect(outcome.stopped)
    #expect(outcome.epochs.count > 1 && outcome.epochs.count < 100)
    #expect(parameters(outcome.model).allSatisfy { $0.isFinite })
  }

  /// Corrupting a view of the toy data lowers its weight when trained with corruption pairs, and
  /// the others take it over.
  @Test func calibratedWeightsFollowTheDamage() throws {
    let data = try Toy.data(modalities: 3, count: 300)
    let outcome = try Trainer(try Toy.options(epochs: 60)).train(data)
    let sweep = try Evaluator(outcome.model, on: data).sweep(
      modality: 1, kind: "gaussian", split: .test)
    #expect(sweep.severities.count == 11)
    let alpha = sweep.alpha[1].values
    #expect(abs(sweep.area(under: sweep.severities) - 5) < 1e-12, "of a straight line its middle")
    #expect(sweep.area(under: [1, 2]) == 1, "of a curve of another length its beginning")
    #expect(alpha[10] < alpha[0] / 2)
    #expect(sweep.spearman ?? 0 > 0.7)
    for severity in 0...10 {
      let sum = sweep.alpha.reduce(0.0) { $0 + $1.values[severity] }
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test func everyRuleAndFormTrains() throws {
    let three = try Toy.data(count: 60)
    let two = try Toy.data(modalities: 2, count: 60)
    for rule in FusionRule.allCases {
      for form in AugmentationForm.allCases {
        // 36 training rows in batches of 35: the last batch has one row, where the literal form
        // is undefined and left out.
        let options = try Toy.options(
          .paper, epochs: 2,
          [("alpha", rule.rawValue), ("ura", form.rawValue), ("batch", "35")])
        let data = rule.accepts(modalities: 3) ? three : two
        let outcome = try Trainer(options).train(data)
        #expect(parameters(outcome.model).allSatisfy { $0.isFinite }, "\(rule) \(form)")
      }
    }
    let error = #expect(throws: FusionError.self) {
      try Trainer(try Toy.options(.paper, [("alpha", "varianceSwap")])).train(three)
    }
    #expect(error?.code == "bad-option")
  }

  @Test func missingModalitiesGetNoWeight() throws {
    let data = try Toy.data(missing: true)
    let outcome = try Trainer(try Toy.options(epochs: 3)).train(data)
    let prediction = Inference(outcome.model).predict(data.tables)
    for row in data.dataset.samples.indices {
      var sum = 0.0
      for m in 0..<3 {
        let alpha = prediction.meanAlpha(m)[row]
        #expect(data.tables[m].present[row] || alpha == 0)
        sum += alpha
      }
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test func aBatchPredictsWhatSinglesPredict() throws {
    let data = try Toy.data(missing: true)
    let model = try Trainer(try Toy.options(epochs: 2)).train(data).model
    let inference = Inference(model)
    let together = inference.predict(data.tables)
    for row in [0, 5, 77] {
      let alone = inference.predict(try data.tables([row]))
      for c in 0..<3 {
        #expect(abs(alone.probabilities[0, c] - together.probabilities[row, c]) < 1e-5)
      }
    }
  }

  @Test func tooFewSamples() throws {
    let error = #expect(throws: FusionError.self) { _ = try Toy.data(count: 3) }
    #expect(error?.code == "too-few-samples")
  }

  @Test func anUnreadableSampleIsNamed() throws {
    let dataset = Dataset(
      name: "bad", modalities: ["view"], classes: ["a", "b"],
      samples: (0..<8).map {
        .init(
          id: "s\($0)", label: $0 % 2, split: .train,
          inputs: [.numbers(Array(repeating: 1, count: $0 == 5 ? 3 : 4))])
      })
    let error = #expect(throws: FusionError.self) {
      try Toy.core.encode(dataset, encoders: [try Toy.core.defaultEncoder(for: "numbers")])
    }
    #expect(error?.message == "sample s5, view: expected 4 numbers")
    #expect(throws: FusionError.self) { _ = try Toy.core.defaultEncoder(for: "smell") }
  }
}
