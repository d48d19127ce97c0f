import Autograd
import SeededRandom
import TestSupport
import Testing

@testable import Fusion

/// The rule `consensus`: who disagrees with the others, and by how much sigma then rises.
@Suite struct ConsensusTests {
  private func median(_ values: [(Double, Double)]) -> Double {
    var values = values.map { (mu: $0.0, weight: $0.1) }
    return weightedMedian(&values)
  }

  @Test func weightedMedianIsWhereHalfOfTheWeightIsReached() {
    #expect(median([(7, 2)]) == 7)
    #expect(median([(3, 1), (1, 1), (2, 1)]) == 2)
    // Half of an even number of equal weights: the lower middle one.
    #expect(median([(4, 1), (3, 1), (1, 1), (2, 1)]) == 2)
    // Of 10, five are reached at 9.
    #expect(median([(9, 7), (1, 1), (2, 1), (3, 1)]) == 9)
    #expect(median([(1, 0.5), (2, 0.7), (3, 0.9)]) == 2)
    #expect(median([]) == 0)
  }

  /// Rows of mu in two dimensions, [modality][row][dimension]: of five, the last one lies.
  private static let mu: [[[Double]]] = [
    [[0, 0]], [[0.1, 0]], [[0.2, 0]], [[0.3, 0]], [[3, -2]],
  ]

  private func variable(_ rows: [[Double]], differentiable: Bool = false) -> Variable<Double> {
    Variable(
      Matrix(rows: rows.count, columns: rows[0].count, values: rows.flatMap { $0 }),
      differentiable: differentiable)
  }

  private func reference(threshold: Double = 2) -> ConsensusReference<Double> {
    let reference = ConsensusReference<Double>(modalities: 5, dimensions: 2)
    for m in 0..<5 {
      reference.scale[m].write(Matrix(rows: 1, columns: 2, values: [0.5, 2]))
      reference.threshold[m].value[0] = threshold
    }
    return reference
  }

  /// sigma′ over sigma, [modality][row · 2 + dimension].
  private func factors(
    _ mu: [[[Double]]], sigma: [Double] = [1, 1, 1, 1, 1], present: [[Double]]? = nil,
    _ reference: ConsensusReference<Double>
  ) -> [[Double]] {
    let gaussians = zip(mu, sigma).map { mu, sigma in
      Gaussian(mu: variable(mu), sigma: variable(mu.map { $0.map { _ in sigma } }))
    }
    let here = present ?? mu.map { $0.map { _ in 1 } }
    let raised = Tape<Double>().consensus(
      gaussians, reference: reference, presence: here.map { variable($0.map { [$0] }) })
    for (before, after) in zip(gaussians, raised) { #expect(after.mu === before.mu) }
    return zip(raised, sigma).map { raised, sigma in raised.sigma.matrix.values.map { $0 / sigma } }
  }

  /// The others' medians are 0.1 and 0: s = (2.9²/0.5 + 2²/2)/2 = 9.41.
  private static let lie = (9.41 / 2).squareRoot()

  @Test func onlySigmaOfTheOneThatLiesRises() {
    let found = factors(Self.mu, reference())
    for honest in found.dropLast() { #expect(honest == [1, 1]) }
    #expect(found[4].allSatisfy { abs($0 - Self.lie) < 1e-12 }, "\(found[4])")
    // Ordinary disagreement.
    #expect(factors(Self.mu, reference(threshold: 9.5)).allSatisfy { $0 == [1, 1] })
  }

  /// One of a hundredfold precision is the median alone: 2.7 instead of 2.9 from it.
  @Test func theConfidentOnesDecideWhereTheOthersAre() {
    let found = factors(Self.mu, sigma: [1, 1, 1, 0.1, 1], reference())
    let score = (2.7 * 2.7 / 0.5 + 2) / 2
    #expect(found[4].allSatisfy { abs($0 - (score / 2).squareRoot()) < 1e-12 }, "\(found[4])")
  }

  @Test func fewerThanFourAreLeftAsTheyAre() {
    let present: [[Double]] = [[0], [0], [1], [1], [1]]
    #expect(factors(Self.mu, present: present, reference()).allSatisfy { $0 == [1, 1] })
  }

  /// The missing one is absurd and sure of it: it would be everyone's median.
  @Test func aMissingOneNeitherJudgesNorIsJudged() {
    var mu = Self.mu
    mu[2] = [[100, 100]]
    let present: [[Double]] = [[1], [1], [0], [1], [1]]
    let found = factors(mu, sigma: [1, 1, 0.001, 1, 1], present: present, reference())
    for m in 0..<4 { #expect(found[m] == [1, 1], "\(m)") }
    // Of 0, 0.1 and 0.3 the middle one is 0.1 again.
    #expect(found[4].allSatisfy { abs($0 - Self.lie) < 1e-12 }, "\(found[4])")
  }

  @Test func nothingChangesBeforeItIsLearned() {
    let unlearned = ConsensusReference<Double>(modalities: 5, dimensions: 2)
    #expect(!unlearned.isLearned)
    #expect(factors(Self.mu, unlearned).allSatisfy { $0 == [1, 1] })
  }

  /// With the factor a constant, as it is where the median stays what it is.
  @Test func theGradientIsTheFactor() {
    var generator = SeededGenerator(seed: 3)
    let mu = Self.mu.map { variable($0, differentiable: true) }
    let sigmas = (0..<5).map { _ in generator.positiveMatrix(1, 2) }
    let cotangent = generator.normalMatrix(1, 2)
    let present = (0..<5).map { _ in variable([[1]]) }
    for m in 0..<5 {
      let worst = gradientDeviation(sigmas) { tape, sigmas in
        let gaussians = zip(mu, sigmas).map { Gaussian(mu: $0, sigma: $1) }
        let raised = tape.consensus(gaussians, reference: reference(), presence: present)
        return tape.dot(raised[m].sigma, cotangent)
      }
      #expect(worst < 1e-8, "modality \(m)")
      #expect(mu[m].gradientMatrix.values == [0, 0])
    }
  }

  /// Modality 0 is i beside three that are 0, in row i of forty: r² = i². Two more rows do not
  /// count: it is missing in one, and has only two beside it in the other.
  @Test func learnsScaleAndThresholdFromCleanRows() {
    let rows = (1...40).map(Double.init) + [1000, 1000]
    let zero = Matrix<Double>(rows: 42, columns: 2)
    let own = Matrix(rows: 42, columns: 2, values: rows.flatMap { [$0, 2] })
    let one = Matrix<Double>(rows: 42, columns: 2, repeating: 1)
    var present = [[Bool]](repeating: [Bool](repeating: true, count: 42), count: 5)
    present[0][40] = false
    present[1][41] = false
    present[2][41] = false
    let reference = ConsensusReference<Double>(modalities: 5, dimensions: 2)
    reference.learn(
      mu: [own, zero, zero, zero, zero], sigma: [one, one, one, one, one], present: present)
    #expect(reference.isLearned)
    // Σ i² = 40 · 41 · 81 / 6 = 22140.
    #expect(abs(reference.scale[0].value[0] - 553.5) < 1e-10)
    #expect(abs(reference.scale[0].value[1] - 4) < 1e-12)
    // The 95th percentile of forty is the second largest.
    #expect(abs(reference.threshold[0].value[0] - (39.0 * 39 / 553.5 + 1) / 2) < 1e-12)
    for m in 1..<5 { #expect(reference.threshold[m].value[0] == 0, "they agree") }
  }
}
