import Autograd
import Fusion
import SeededRandom
import TestSupport
import Testing

/// The whole training loss, every term on, against central differences in every parameter.
@Suite struct LossGraphAdjointTests {
  @Test(arguments: [1, 2, 3, 6, 12], [1, 3]) func total(modalities: Int, samples: Int) {
    for missing in [false, true] {
      for rule in FusionRule.allCases where rule.accepts(modalities: modalities) {
        let (model, graph) = build(
          modalities: modalities, samples: samples, rule: rule, missing: missing)
        graph.run()
        let worst = gradientDeviation(model.parameters.map { $0.variable }) {
          graph.run()
          return graph.losses.total
        }
        #expect(worst < 1e-7, "\(rule) missing: \(missing)")
      }
    }
  }

  /// The total is the weighted sum of the terms it reports.
  @Test func totalIsTheSumOfItsTerms() throws {
    let (_, graph) = build(modalities: 3, samples: 3, rule: .perDimension, missing: true)
    graph.run()
    let losses = graph.losses
    var expected = losses.task
    expected += 0.2 * losses.bottleneckKL + 0.3 * losses.pair + 0.4 * losses.prior
    expected += 0.5 * losses.augmentation
    expected += 0.6 * (try #require(losses.calibration)) + 0.7 * (try #require(losses.unimodal))
    #expect(deviation([losses.total], [expected]) < 1e-12)
  }

  /// Every logvar lies below its floor and every residual asks for more: `clamp` decides whether the
  /// head of sigma hears of it.
  @Test(arguments: ClampGradient.allCases) func theClampReachesTheHead(
    _ clamp: ClampGradient
  ) throws {
    let (model, graph) = build(
      modalities: 2, samples: 1, rule: .perDimension, missing: false,
      range: LogVarianceRange(low: 3, high: 9), clamp: clamp)
    for target in graph.targets { target.write(Matrix(rows: 5, columns: 2, repeating: 1000)) }
    graph.run()
    let gradient = try #require(model.parameter("m0.logvar.bias")).gradientMatrix.values
    switch clamp {
    case .zero: #expect(gradient == [0, 0])
    case .inward: #expect(gradient.allSatisfy { $0 < 0 }, "descent raises sigma")
    }
  }

  /// Five rows; when `missing`, row 1 has one modality alone, row 2 has none, row 3 lacks one.
  private func build(
    modalities: Int, samples: Int, rule: FusionRule, missing: Bool,
    range: LogVarianceRange = .wide, clamp: ClampGradient = .zero
  ) -> (EAUModel<Double>, LossGraph<Double>) {
    var generator = SeededGenerator(seed: 12)
    let architecture = Architecture(
      inputs: (0..<modalities).map { .init(name: "m\($0)", features: 2, sparse: false) },
      classes: 3, hidden: 3, activation: .tanh, latent: 2, bottleneck: 2,
      logvarRange: range, rule: rule, sharpness: 1.5, unimodalClassifiers: true)
    let model = EAUModel<Double>(architecture, seed: 3)
    let graph = LossGraph(
      model, rows: 5,
      settings: .init(
        weights: LossWeights(
          beta: 0.2, pair: 0.3, prior: 0.4, augmentation: 0.5, calibration: 0.6, unimodal: 0.7),
        form: .literal, tau: 0.5, samples: samples, hiddenDropout: 0.3, calibrationMovesMu: true,
        clamp: clamp))
    for case .dense(let leaf) in graph.inputs.leaves { leaf.write(generator.normalMatrix(5, 2)) }
    for target in graph.targets { target.write(generator.normalMatrix(5, 2)) }
    graph.labels.values = [0, 2, 1, 1, 0]
    graph.drawNoise(&generator)
    if missing {
      for m in 0..<modalities {
        let presence = graph.inputs.presence[m]
        presence.value[1] = m == modalities - 1 ? 1 : 0
        presence.value[2] = 0
        presence.value[3] = m == 0 ? 0 : 1
      }
    }
    return (model, graph)
  }
}
