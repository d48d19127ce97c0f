import Autograd
import Fusion
import SeededRandom
import TestSupport
import Testing

/// L_URA in every form: adjoints against central differences, and the released form, which has no
/// golden entry, against its definition.
@Suite struct AugmentationAdjointTests {
  @Test(arguments: Shape.single, AugmentationForm.allCases)
  func augmentationLoss(shape: Shape, form: AugmentationForm) throws {
    guard shape.b >= form.minimumBatch else { return }
    for similarity in SimilarityMeasure.allCases {
      var generator = SeededGenerator(seed: 7)
      let values = shape.values(&generator)
      let noise = leaves((0..<2).map { _ in generator.normalMatrix(shape.b, shape.d) })
      for presence in shape.presences(&generator) {
        let worst = try gradientDeviation(values) { tape, variables in
          try tape.augmentationLoss(
            gaussians(variables)[0], anchorNoise: noise[0], augmentedNoise: noise[1], tau: 0.5,
            form: form, similarity: similarity, presence: presence?[0])
        }
        #expect(worst < 1e-7, "\(similarity)")
      }
    }
  }

  /// Rows of a missing modality are neither anchors nor negatives: the loss is that of the batch
  /// without them.
  @Test(arguments: AugmentationForm.allCases, SimilarityMeasure.allCases)
  func missingRowsMightAsWellNotBeThere(
    form: AugmentationForm, similarity: SimilarityMeasure
  ) throws {
    var generator = SeededGenerator(seed: 8)
    let shape = Shape(b: 5, m: 1, d: 3)
    let all =
      shape.values(&generator) + [generator.normalMatrix(5, 3), generator.normalMatrix(5, 3)]
    let presence = Variable<Double>(rows: 5, columns: 1, differentiable: false)
    let kept = [0, 2, 3]
    for row in kept { presence.value[row] = 1 }
    func loss(_ values: [Matrix<Double>], _ presence: Variable<Double>?) throws -> Double {
      let variables = leaves(values)
      return try Tape<Double>().augmentationLoss(
        Gaussian(mu: variables[0], sigma: variables[1]), anchorNoise: variables[2],
        augmentedNoise: variables[3], tau: 0.5, form: form, similarity: similarity,
        presence: presence
      ).scalar
    }
    let found = try loss(all, presence)
    #expect(deviation([found], [try loss(all.map { $0.gathering(kept) }, nil)]) < 1e-12)
  }

  @Test(arguments: [1, 2, 5]) func releasedFormEqualsItsDefinition(b: Int) throws {
    var generator = SeededGenerator(seed: 9)
    let shape = Shape(b: b, m: 1, d: 3)
    let values = shape.values(&generator)
    let noise = [generator.normalMatrix(b, 3), generator.normalMatrix(b, 3)]
    let noiseLeaves = leaves(noise)
    let found = try Tape<Double>().augmentationLoss(
      gaussians(leaves(values))[0], anchorNoise: noiseLeaves[0], augmentedNoise: noiseLeaves[1],
      tau: 0.5, form: .released
    ).scalar
    func sample(_ n: Int, _ row: Int) -> [Double] {
      (0..<3).map { values[0][row, $0] + values[1][row, $0] * noise[n][row, $0] }
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
}
