import Autograd
import Fusion
import SeededRandom
import TestSupport
import Testing

/// The fusion weights: adjoints against central differences, alpha against the softmax written out.
@Suite struct FusionAdjointTests {
  @Test(arguments: Shape.all, FusionRule.allCases) func fuse(shape: Shape, rule: FusionRule) {
    guard rule.accepts(modalities: shape.m) else { return }
    var generator = SeededGenerator(seed: 5)
    let values = shape.values(&generator)
    let cotangent = generator.normalMatrix(shape.b, shape.d)
    for presence in shape.presences(&generator) {
      for sharpness in [0.3, 1, 4] {
        let worst = gradientDeviation(values) { tape, variables in
          tape.dot(
            tape.fuse(
              gaussians(variables), rule: rule, presence: presence, sharpness: sharpness
            ).fused, cotangent)
        }
        #expect(worst < 1e-7, "sharpness \(sharpness)")
      }
    }
  }

  @Test(arguments: Shape.all, FusionRule.allCases) func alphaSumsToOneOverThePresent(
    shape: Shape, rule: FusionRule
  ) {
    guard rule.accepts(modalities: shape.m) else { return }
    var generator = SeededGenerator(seed: 6)
    // Sigma from e^-18 to e^18: far beyond where e^{1/sigma} overflows.
    let all = gaussians(leaves(shape.values(&generator, sigmaScale: 9)))
    for presence in shape.presences(&generator) {
      let fusion = Tape<Double>(differentiates: false).fuse(all, rule: rule, presence: presence)
      let alpha = fusion.alpha
      for i in 0..<alpha[0].count {
        let row = i / alpha[0].columns
        let here = (0..<shape.m).filter { presence?[$0].value[row] != 0 }
        let sum = alpha.reduce(0.0) { $0 + $1.value[i] }
        #expect(abs(sum - (here.isEmpty ? 0 : 1)) < 1e-12)
        #expect((0..<shape.m).allSatisfy { here.contains($0) || alpha[$0].value[i] == 0 })
      }
      #expect(fusion.fused.matrix.values.allSatisfy { $0.isFinite })
    }
  }

  /// Each rule's score as docs/METHOD.md has it, with nothing subtracted.
  @Test(arguments: [
    (FusionRule.perDimension, 3), (.perModality, 3), (.precision, 3), (.uniform, 3),
    (.varianceSwap, 2),
  ])
  func alphaIsTheSoftmaxOfItsScore(rule: FusionRule, modalities: Int) {
    var generator = SeededGenerator(seed: 7)
    let shape = Shape(b: 2, m: modalities, d: 3)
    let values = shape.values(&generator)
    let sharpness = 1.3
    func score(_ m: Int, _ row: Int, _ d: Int) -> Double {
      let sigma = values[2 * m + 1]
      return switch rule {
      case .perModality: sharpness / (sigma.row(row).reduce(0, +) / 3)
      case .precision: -Double.log(sigma[row, d] * sigma[row, d])
      case .uniform: 0
      case .varianceSwap: values[2 * (1 - m) + 1][row, d] * values[2 * (1 - m) + 1][row, d]
      default: sharpness / sigma[row, d]
      }
    }
    let found = Tape<Double>().fuse(
      gaussians(leaves(values)), rule: rule, sharpness: sharpness)
    for row in 0..<shape.b {
      for d in 0..<shape.d {
        let powers = (0..<modalities).map { Double.exp(score($0, row, d)) }
        let total = powers.reduce(0, +)
        var fused = 0.0
        for m in 0..<modalities {
          let alpha = found.alpha[m].matrix
          #expect(abs(alpha[row, rule == .perModality ? 0 : d] - powers[m] / total) < 1e-13)
          fused += powers[m] / total * values[2 * m][row, d]
        }
        #expect(abs(found.fused.matrix[row, d] - fused) < 1e-13)
      }
    }
  }
}
