import Autograd
import SeededRandom
import TestSupport
import Testing

@testable import Fusion

/// The closed-form variance against drawing, and its calibration against known noise.
@Suite struct PredictiveVarianceTests {
  /// Every sample drawn through the network's own parameters by plain loops.
  @Test(arguments: FusionRule.allCases.filter { $0.accepts(modalities: 3) })
  func equalsTheVarianceOfDraws(rule: FusionRule) {
    let (rows, d, k) = (3, 4, 3)
    let architecture = Architecture(
      inputs: (0..<3).map { .init(name: "m\($0)", features: 5, sparse: false) }, classes: 1,
      hidden: 6, latent: d, bottleneck: k, rule: rule, task: .regression)
    let model = EAUModel<Double>(architecture, seed: 4)
    var generator = SeededGenerator(seed: 21)
    let inputs = ModelInputs<Double>(architecture.inputs, rows: rows)
    for case .dense(let leaf) in inputs.leaves {
      leaf.write(generator.normalMatrix(rows, 5, scale: 2))
    }
    // The last row lacks a modality.
    inputs.presence[1].value[rows - 1] = 0
    let tape = Tape<Double>(differentiates: false)
    let gaussians = model.recordGaussians(inputs, on: tape)
    let fusion = model.recordFusion(gaussians, presence: inputs.presence, on: tape)
    let batch = model.recordBottleneck(fusion.fused, on: tape)
    let found = PredictiveVariance(model.bottleneck)
      .variances(gaussians, fusion.alpha, batch.latent)
    let (a, c) = (model.bottleneck.mu.weights.matrix, model.bottleneck.mu.bias.matrix)
    let w = model.bottleneck.classifier.weights.matrix
    for row in 0..<rows {
      var numbers: [Double] = []
      for _ in 0..<40_000 {
        var fused = [Double](repeating: 0, count: d)
        for (gaussian, alpha) in zip(gaussians, fusion.alpha) {
          for j in 0..<d {
            let z =
              gaussian.mu.matrix.values[row * d + j]
              + gaussian.sigma.value[row * d + j] * generator.normal()
            fused[j] += alpha.value[row * alpha.columns + (alpha.columns == 1 ? 0 : j)] * z
          }
        }
        var number = 0.0
        for i in 0..<k {
          let mean = (0..<d).reduce(c[0, i]) { $0 + fused[$1] * a[$1, i] }
          number += w[i, 0] * (mean + batch.latent.sigma.value[row * k + i] * generator.normal())
        }
        numbers.append(number)
      }
      let drawn = VarianceDecomposition(
        means: Matrix(rows: numbers.count, columns: 1, values: numbers),
        variances: Matrix(rows: numbers.count, columns: 1, repeating: 0))
      // The standard error of a variance of n draws is √(2/n) = 0.7 %.
      #expect(abs(found[row] / drawn.epistemic[0] - 1) < 0.03)
    }
  }

  /// Laplace errors of variance 3 · var + 0.2 beside a known epistemic part.
  @Test func calibrationFindsTheNoise() {
    var generator = SeededGenerator(seed: 22)
    let variances = (0..<6000).map { _ in generator.uniform(0.01, 0.5) }
    let epistemic = variances.map { _ in generator.uniform(0, 0.1) }
    func laplace() -> Double {
      let u = generator.uniform() - 0.5
      return (u < 0 ? 1 : -1) * Double.log(max(1 - 2 * abs(u), 1e-300)) / 2.0.squareRoot()
    }
    let errors = zip(variances, epistemic).map {
      (3 * $0 + 0.2 + $1).squareRoot() * laplace()
    }
    let found = VarianceCalibration(variances: variances, epistemic: epistemic, errors: errors)
    #expect(abs(found.slope - 3) < 0.4)
    #expect(abs(found.offset - 0.2) < 0.06)
    // The best of its neighbours too, so a true maximum.
    for share in [0.5, 0.8, 0.95] {
      let inside = errors.indices.count {
        let deviation = (found.noise(variances[$0]) + epistemic[$0]).squareRoot()
        return abs(errors[$0]) <= VarianceCalibration.halfWidth(share) * deviation
      }
      #expect(abs(Double(inside) / 6000 - share) < 0.02)
    }
  }

  @Test func calibrationStaysInItsBounds() {
    // Errors that fall as the model's variance grows: the slope must not go below zero.
    let variances = (1...50).map { Double($0) / 50 }
    let errors = variances.map { 2 - $0 }
    let found = VarianceCalibration(
      variances: variances, epistemic: variances.map { _ in 0 }, errors: errors)
    #expect(found.slope >= 0 && found.slope < 1e-6)
    #expect(found.offset > 0)
    let none = VarianceCalibration(variances: [], epistemic: [], errors: [])
    #expect(none == VarianceCalibration(slope: 1, offset: 0))
    let exact = VarianceCalibration(variances: [1, 2], epistemic: [0, 0], errors: [0, 0])
    #expect(exact == VarianceCalibration(slope: 1, offset: 0))
  }

  @Test func targetsComeBackFromTheirScale() throws {
    let values = [3.0, 5, 10, -2]
    let scaling = try #require(TargetScaling(fitting: values))
    #expect(scaling.mean == 4)
    #expect(abs(scaling.deviation - (74.0 / 4).squareRoot()) < 1e-12)
    let standardised = scaling.standardised(values)
    #expect(abs(standardised.reduce(0, +)) < 1e-12)
    #expect(deviation(standardised.map(scaling.restored), values) < 1e-12)
    // Thirds of 0.1 do not add up to 0.1, so their variance is not quite zero.
    #expect(TargetScaling(fitting: [0.1, 0.1, 0.1]) == nil)
    #expect(TargetScaling(fitting: []) == nil)
  }
}
