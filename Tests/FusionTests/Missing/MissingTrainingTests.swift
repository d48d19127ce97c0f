import Autograd
import Fusion
import ModalityKit
import SeededRandom
import TestSupport
import Testing

/// Training with modalities missing: what is not there moves nothing.
@Suite struct MissingTrainingTests {
  private struct Run {
    let losses: LossValues
    /// By parameter, in the model's order.
    let gradients: [(name: String, values: [Double])]
  }

  /// One step's losses and gradients with every term on; `prepare` writes presence and inputs.
  private func run(
    modalities: Int, rule: FusionRule = .perDimension,
    _ prepare: (LossGraph<Double>) -> Void
  ) -> Run {
    var generator = SeededGenerator(seed: 21)
    let model = EAUModel<Double>(
      Architecture(
        inputs: (0..<modalities).map { .init(name: "m\($0)", features: 3, sparse: false) },
        classes: 3, hidden: 4, latent: 3, bottleneck: 2, rule: rule, unimodalClassifiers: true),
      seed: 6)
    let graph = LossGraph(
      model, rows: 5,
      settings: .init(
        weights: LossWeights(
          beta: 0.2, pair: 0.3, prior: 0.4, augmentation: 0.5, calibration: 0.6, unimodal: 0.7),
        form: .infoNCE, tau: 0.5, samples: 2, hiddenDropout: 0.2))
    for case .dense(let leaf) in graph.inputs.leaves { leaf.write(generator.normalMatrix(5, 3)) }
    for target in graph.targets { target.write(generator.normalMatrix(5, 3)) }
    graph.labels.values = [0, 1, 2, 1, 0]
    graph.drawNoise(&generator)
    prepare(graph)
    graph.run()
    return Run(
      losses: graph.losses,
      gradients: model.parameters.map { ($0.name, $0.variable.gradientMatrix.values) })
  }

  private func hide(_ rows: [Int], of modality: Int, in graph: LossGraph<Double>) {
    for row in rows { graph.inputs.presence[modality].value[row] = 0 }
  }

  private func fill(
    _ rows: [Int], of modality: Int, with value: Double, in graph: LossGraph<Double>
  ) {
    guard case .dense(let leaf) = graph.inputs.leaves[modality] else { return }
    for row in rows {
      for j in 0..<leaf.columns { leaf.value[row * leaf.columns + j] = value }
      for d in 0..<graph.targets[modality].columns {
        graph.targets[modality].value[row * graph.targets[modality].columns + d] = value
      }
    }
  }

  /// Whatever stands in the rows of a missing modality, losses and gradients are the same to the
  /// last bit: of its own parameters and of everyone else's.
  @Test(arguments: [1, 2, 3, 6, 12], FusionRule.allCases)
  func rowsOfAMissingModalityAreNotRead(modalities: Int, rule: FusionRule) {
    guard rule.accepts(modalities: modalities) else { return }
    func run(filling value: Double) -> Run {
      self.run(modalities: modalities, rule: rule) { graph in
        // Rows 1 and 3 lack the first modality, row 3 every other one too.
        hide([1, 3], of: 0, in: graph)
        fill([1, 3], of: 0, with: value, in: graph)
        for m in 1..<max(1, modalities) where m < modalities {
          hide([3], of: m, in: graph)
          fill([3], of: m, with: -value, in: graph)
        }
      }
    }
    let zeros = run(filling: 0)
    let garbage = run(filling: 1e6)
    #expect(zeros.losses == garbage.losses)
    for (a, b) in zip(zeros.gradients, garbage.gradients) {
      #expect(a.values == b.values, "\(a.name)")
      #expect(a.values.allSatisfy { $0.isFinite }, "\(a.name)")
    }
    // The comparison is not one of zeros.
    #expect(zeros.gradients.contains { $0.values.contains { $0 != 0 } })
  }

  /// A modality missing in the whole batch learns nothing; the others learn as if the model never
  /// had it.
  @Test(arguments: [2, 3, 6, 12]) func aModalityMissingThroughoutLearnsNothing(modalities: Int) {
    let last = modalities - 1
    let hidden = run(modalities: modalities) { hide([0, 1, 2, 3, 4], of: last, in: $0) }
    for (name, values) in hidden.gradients {
      let isOwn = name.hasPrefix("m\(last).")
      #expect(values.allSatisfy { $0 == 0 } == isOwn, "\(name)")
    }
    #expect(hidden.gradients.contains { $0.name.hasPrefix("m\(last).") })
  }

  /// Training rows without any modality are taken along and poison nothing.
  @Test(arguments: [1, 2, 3, 6, 12]) func samplesWithoutAnythingTrain(modalities: Int) throws {
    let none: Set<Int> = [0, 13, 25, 44]
    let data = try Toy.data(modalities: modalities, missing: modalities > 1, none: none)
    #expect(none.contains { data.dataset.samples[$0].split == .train })
    for preset in TrainingOptions.Preset.allCases {
      let outcome = try Trainer(try Toy.options(preset, epochs: 30)).train(data)
      let parameters = outcome.model.parameters.flatMap { $0.variable.matrix.values }
      #expect(parameters.allSatisfy { $0.isFinite })
      let test = data.indices(of: .test).filter { !none.contains($0) }
      let metrics = ClassificationMetrics(
        probabilities: Inference(outcome.model).predict(try data.tables(test)).probabilities,
        labels: data.labels(test))
      #expect(metrics.accuracy > 0.8, "\(preset)")
    }
  }
}
