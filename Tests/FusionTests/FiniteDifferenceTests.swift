import Autograd
import Fusion
import SeededRandom
import TestSupport
import Testing

/// Every fused operation's adjoint against central differences, at random shapes.
@Suite struct FiniteDifferenceTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let b: Int
    let m: Int
    let d: Int
    var testDescription: String { "B\(b) M\(m) D\(d)" }
  }

  static let shapes = [
    Shape(b: 1, m: 1, d: 1), Shape(b: 1, m: 2, d: 4), Shape(b: 3, m: 2, d: 1),
    Shape(b: 4, m: 3, d: 5), Shape(b: 2, m: 6, d: 3), Shape(b: 2, m: 12, d: 2),
  ]

  /// mu and sigma of each modality, alternating.
  private func inputs(
    _ shape: Shape, _ generator: inout SeededGenerator, sigmaScale: Double = 0.5
  )
    -> [Matrix<Double>]
  {
    (0..<shape.m).flatMap { _ in
      [
        generator.normalMatrix(shape.b, shape.d),
        generator.positiveMatrix(shape.b, shape.d, scale: sigmaScale),
      ]
    }
  }

  private func gaussians(_ variables: [Variable<Double>]) -> [Gaussian<Double>] {
    stride(from: 0, to: variables.count, by: 2).map {
      Gaussian(mu: variables[$0], sigma: variables[$0 + 1])
    }
  }

  /// Random presence with at least one modality in every row.
  private func presence(_ shape: Shape, _ generator: inout SeededGenerator) -> [Variable<Double>] {
    let columns = (0..<shape.m).map { _ in
      Variable<Double>(rows: shape.b, columns: 1, differentiable: false)
    }
    for row in 0..<shape.b {
      let sure = generator.index(below: shape.m)
      for m in 0..<shape.m {
        columns[m].value[row] = m == sure || generator.uniform() < 0.6 ? 1 : 0
      }
    }
    return columns
  }

  @Test(arguments: shapes, [false, true]) func distributionLoss(shape: Shape, missing: Bool) {
    var generator = SeededGenerator(seed: 3)
    let values = inputs(shape, &generator)
    let presence = missing ? presence(shape, &generator) : nil
    let worst = gradientDeviation(values) { tape, variables in
      let all = gaussians(variables)
      return tape.weightedSum([
        (0.7, tape.pairLoss(all, presence: presence)),
        (1.3, tape.priorLoss(all, presence: presence)),
      ])
    }
    #expect(worst < 1e-6)
  }

  /// The O(M) form against the plain double loop over ordered pairs, modalities missing or not.
  @Test(arguments: shapes, [false, true]) func pairLossEqualsItsDefinition(
    shape: Shape, missing: Bool
  ) {
    var generator = SeededGenerator(seed: 4)
    // A common offset of mu, which the naive expansion would cancel against.
    let all = gaussians(
      inputs(shape, &generator).map { Variable($0, differentiable: true) })
    for gaussian in all { for i in 0..<gaussian.mu.count { gaussian.mu.value[i] += 1000 } }
    let presence = missing ? presence(shape, &generator) : nil
    var expected = 0.0
    for row in 0..<shape.b {
      for a in 0..<shape.m where presence.map({ $0[a].value[row] != 0 }) ?? true {
        for b in 0..<shape.m where b != a && presence.map({ $0[b].value[row] != 0 }) ?? true {
          for i in row * shape.d..<(row + 1) * shape.d {
            expected += klDivergence(
              mu1: all[a].mu.value[i], sigma1: all[a].sigma.value[i], mu2: all[b].mu.value[i],
              sigma2: all[b].sigma.value[i])
          }
        }
      }
    }
    let found = Tape<Double>().pairLoss(all, presence: presence).scalar
    #expect(deviation([found], [expected / Double(shape.b)]) < 1e-9)
  }

  @Test(arguments: shapes, FusionRule.allCases) func fusion(shape: Shape, rule: FusionRule) {
    guard rule.accepts(modalities: shape.m) else { return }
    var generator = SeededGenerator(seed: 5)
    let values = inputs(shape, &generator)
    let cotangent = generator.normalMatrix(shape.b, shape.d)
    let missing = presence(shape, &generator)
    for presence in [nil, missing] {
      let worst = gradientDeviation(values) { tape, variables in
        tape.dot(
          tape.fuse(gaussians(variables), rule: rule, presence: presence, sharpness: 1.7).fused,
          cotangent)
      }
      #expect(worst < 1e-6)
    }
  }

  @Test(arguments: shapes, FusionRule.allCases) func alphaSumsToOneOverThePresent(
    shape: Shape, rule: FusionRule
  ) {
    guard rule.accepts(modalities: shape.m) else { return }
    var generator = SeededGenerator(seed: 6)
    // Sigma from e^-18 to e^18: far beyond where e^{1/sigma} overflows.
    let all = gaussians(
      inputs(shape, &generator, sigmaScale: 9).map { Variable($0, differentiable: false) })
    let presence = presence(shape, &generator)
    let alpha = Tape<Double>(differentiates: false).fuse(all, rule: rule, presence: presence).alpha
    for i in 0..<alpha[0].count {
      let sum = alpha.reduce(0.0) { $0 + $1.value[i] }
      #expect(abs(sum - 1) < 1e-12)
      for m in 0..<shape.m where presence[m].value[i / alpha[m].columns] == 0 {
        #expect(alpha[m].value[i] == 0)
      }
    }
  }

  @Test(arguments: AugmentationForm.allCases, SimilarityMeasure.allCases)
  func augmentationLoss(form: AugmentationForm, similarity: SimilarityMeasure) throws {
    for batch in [1, 2, 5] where batch >= form.minimumBatch {
      var generator = SeededGenerator(seed: 7)
      let shape = Shape(b: batch, m: 1, d: 3)
      let values = inputs(shape, &generator)
      let noise = (0..<2).map { _ in
        Variable(generator.normalMatrix(batch, 3), differentiable: false)
      }
      let half = Variable<Double>(rows: batch, columns: 1, differentiable: false)
      for row in 0..<batch { half.value[row] = row % 3 == 1 ? 0 : 1 }
      for presence in [nil, half] {
        let worst = try gradientDeviation(values) { tape, variables in
          try tape.augmentationLoss(
            gaussians(variables)[0], anchorNoise: noise[0], augmentedNoise: noise[1], tau: 0.5,
            form: form, similarity: similarity, presence: presence)
        }
        #expect(worst < 1e-6)
      }
    }
  }

  /// The released form has no golden entry: its definition written out, row by row.
  @Test func releasedFormEqualsItsDefinition() throws {
    var generator = SeededGenerator(seed: 8)
    let (b, d) = (4, 3)
    let mu = generator.normalMatrix(b, d)
    let sigma = generator.positiveMatrix(b, d)
    let noise = [generator.normalMatrix(b, d), generator.normalMatrix(b, d)]
    let one = Gaussian(
      mu: Variable(mu, differentiable: true), sigma: Variable(sigma, differentiable: true))
    let found = try Tape<Double>().augmentationLoss(
      one, anchorNoise: Variable(noise[0], differentiable: false),
      augmentedNoise: Variable(noise[1], differentiable: false), tau: 0.5, form: .released
    ).scalar
    func sample(_ n: Int, _ row: Int) -> [Double] {
      (0..<d).map { mu[row, $0] + sigma[row, $0] * noise[n][row, $0] }
    }
    func cosine(_ x: [Double], _ y: [Double]) -> Double {
      func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
      return dot(x, y) / (dot(x, x) * dot(y, y)).squareRoot()
    }
    let s = (0..<b).map { i in (0..<b).map { cosine(sample(0, i), sample(1, $0)) / 0.5 } }
    var expected = 0.0
    for i in 0..<b {
      let row = (0..<b).reduce(0.0) { $0 + ($1 == i ? 1 : 2) * Double.exp(s[i][$1]) }
      let column = (0..<b).reduce(0.0) { $0 + ($1 == i ? 1 : 2) * Double.exp(s[$1][i]) }
      expected += 0.5 * (Double.log(row) + Double.log(column)) - s[i][i]
    }
    #expect(deviation([found], [expected / Double(b)]) < 1e-12)
  }

  @Test(arguments: [true, false]) func calibrationLoss(movesMu: Bool) {
    var generator = SeededGenerator(seed: 9)
    let (b, d) = (4, 3)
    let mu = generator.normalMatrix(b, d)
    let sigma = generator.positiveMatrix(b, d)
    let target = generator.normalMatrix(b, d)
    let leaf = Variable(target, differentiable: false)
    let tape = Tape<Double>()
    let one = Gaussian(
      mu: Variable(mu, differentiable: true), sigma: Variable(sigma, differentiable: true))
    let loss = tape.calibrationLoss(one, target: leaf, movesMu: movesMu)
    tape.backward(from: loss)
    let expected = (0..<b * d).reduce(0.0) { sum, i in
      let r = (mu.values[i] - target.values[i]) / sigma.values[i]
      return sum + 0.5 * (r * r + Double.log(sigma.values[i] * sigma.values[i]))
    }
    #expect(deviation([loss.scalar], [expected / Double(b * d)]) < 1e-12)
    if movesMu {
      let worst = gradientDeviation([mu, sigma]) { tape, variables in
        tape.calibrationLoss(gaussians(variables)[0], target: leaf, movesMu: true)
      }
      #expect(worst < 1e-6)
    } else {
      #expect(one.mu.gradientMatrix.values.allSatisfy { $0 == 0 })
      let worst = gradientDeviation([sigma]) { tape, variables in
        tape.calibrationLoss(
          Gaussian(mu: one.mu, sigma: variables[0]), target: leaf, movesMu: false)
      }
      #expect(worst < 1e-6)
    }
  }

  @Test func standardDeviationStopsWhereClamped() {
    let logvar = Variable(
      Matrix<Double>(rows: 1, columns: 4, values: [-20, -1, 1, 20]), differentiable: true)
    let tape = Tape<Double>()
    let sigma = tape.standardDeviation(logvar, range: .wide)
    tape.backward(from: tape.dot(sigma, Matrix(rows: 1, columns: 4, repeating: 1)))
    #expect(
      deviation(
        sigma.matrix.values,
        [Double.exp(-5), Double.exp(-0.5), Double.exp(0.5), Double.exp(5)]) < 1e-15)
    #expect(
      deviation(
        logvar.gradientMatrix.values, [0, 0.5 * Double.exp(-0.5), 0.5 * Double.exp(0.5), 0])
        < 1e-15)
  }

  @Test func samplingSeveralPasses() {
    var generator = SeededGenerator(seed: 10)
    let noise = Variable(generator.normalMatrix(6, 3), differentiable: false)
    let weights = generator.normalMatrix(6, 3)
    let worst = gradientDeviation(
      [generator.normalMatrix(2, 3), generator.positiveMatrix(2, 3)]
    ) { tape, variables in
      tape.dot(tape.sample(gaussians(variables)[0], noise: noise), weights)
    }
    #expect(worst < 1e-6)
  }
}
