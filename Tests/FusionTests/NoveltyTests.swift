import Autograd
import SeededRandom
import TestSupport
import Testing

@testable import Fusion

/// The distance of a row to the training rows, on rows whose distribution is known.
@Suite struct NoveltyTests {
  private static let count = 400
  private static let half = 0.5.squareRoot()
  /// Standard deviations 0.9 and 0.6 along these, 0.03 along every axis: nothing is compressed.
  private static let directions: [[Double]] = [
    [half, half, 0, 0, 0, 0], [0, 0, half, -half, 0, 0],
  ]

  private static let rows: Matrix<Double> = {
    var generator = SeededGenerator(seed: 8)
    let values = (0..<count).flatMap { _ -> [Double] in
      let (a, b) = (0.9 * generator.normal(), 0.6 * generator.normal())
      return (0..<6).map {
        a * directions[0][$0] + b * directions[1][$0] + 0.03 * generator.normal()
      }
    }
    return Matrix(rows: count, columns: 6, values: values)
  }()

  private func learned() -> NoveltyReference<Double> {
    let reference = NoveltyReference<Double>(features: 6, rank: 2)
    reference.learn(Self.rows, sigma: 2, seed: 1)
    return reference
  }

  private func product(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func column(_ i: Int, of basis: Variable<Double>) -> [Double] {
    (0..<basis.rows).map { basis.matrix[$0, i] }
  }

  /// What sigma is multiplied by; mu is 7.
  private func factors(
    _ rows: Matrix<Double>, _ reference: NoveltyReference<Double>, sigma: Double = 2
  ) -> [Double] {
    func constant(_ value: Double) -> Variable<Double> {
      Variable(Matrix(rows: rows.rows, columns: 3, repeating: value), differentiable: false)
    }
    let raised = Tape<Double>().novelty(
      Gaussian(mu: constant(7), sigma: constant(sigma)),
      of: Variable(rows, differentiable: false), reference: reference)
    #expect(raised.mu.matrix.values.allSatisfy { $0 == 7 })
    return (0..<rows.rows).map { row in
      let found = raised.sigma.matrix.row(row)
      #expect(Set(found).count == 1)
      return found[found.startIndex] / sigma
    }
  }

  @Test func theBasisIsOrthonormalAndSpansTheDirections() {
    let basis = learned().basis
    let columns = [column(0, of: basis), column(1, of: basis)]
    for i in 0..<2 {
      for j in 0..<2 {
        #expect(abs(product(columns[i], columns[j]) - (i == j ? 1 : 0)) < 1e-12)
      }
    }
    for direction in Self.directions {
      let length = columns.reduce(0) { sum, column in
        let part = product(direction, column)
        return sum + part * part
      }
      #expect(length > 0.999 && length < 1 + 1e-12)
    }
  }

  @Test func theVariancesAreThoseOfTheRows() {
    let scale = learned().scale
    let variances = (0..<3).map { 1 / scale.value[$0] }
    for (found, expected) in zip(variances.sorted(), [0.0009, 0.36, 0.81]) {
      #expect(abs(found / expected - 1) < 0.2, "\(variances)")
    }
    #expect(abs(variances[2] / 0.0009 - 1) < 0.2, "beside the directions comes last")
  }

  /// d² written out, of a row as the encoder gave it.
  private func distance(_ x: [Double], _ reference: NoveltyReference<Double>) -> Double {
    let parts = (0..<2).map { product(x, column($0, of: reference.basis)) }
    let squares = parts.map { $0 * $0 }
    let beside = product(x, x) - squares[0] - squares[1]
    let scale = reference.scale.value
    return (squares[0] * scale[0] + squares[1] * scale[1] + beside * scale[2]) / 6
  }

  @Test func distancesAreTheFormula() {
    let reference = learned()
    let x = [Array(Self.rows.row(7)), [1, -2, 0.5, 3, 4, -4]]
    let found = Variable<Double>(rows: 2, columns: 1, differentiable: false)
    reference.squaredDistances(
      Variable(Matrix(rows: 2, columns: 6, values: x.flatMap { $0 }), differentiable: false),
      expanded: Variable(rows: 2, columns: 6, differentiable: false),
      coordinates: Variable(rows: 2, columns: 2, differentiable: false), into: found)
    for (i, row) in x.enumerated() {
      let expected = distance(row, reference)
      #expect(abs(found.value[i] / expected - 1) < 1e-9)
    }
  }

  /// q is learned from rows described by the others, so a few more than 5 % of them are novel.
  @Test func trainingRowsAreOrdinaryAndFarOnesAreNot() {
    let reference = learned()
    let ordinary = factors(Self.rows, reference)
    #expect((375...387).contains(ordinary.count { $0 == 1 }))
    let distances = (0..<Self.count).map { distance(Array(Self.rows.row($0)), reference) }
    let mean = distances.reduce(0, +) / Double(Self.count)
    #expect(abs(mean - 1) < 1e-6, "about 1 for a training row")
    for far in [3.0, 4] {
      let row = [0, 0, 0, 0, 0, far]
      let found = factors(Matrix(rows: 1, columns: 6, values: row), reference)
      let expected = (distance(row, reference) / reference.limit).squareRoot().squareRoot()
      #expect(expected > 3)
      #expect(abs(found[0] / expected - 1) < 1e-9)
    }
  }

  /// sigma is raised to where an ordinary one would be raised to, and never lowered.
  @Test func whatSigmaAlreadyTellsIsNotCountedTwice() {
    let reference = learned()
    let row = Matrix(rows: 1, columns: 6, values: [0, 0, 0, 0, 0, 4.0])
    let full = factors(row, reference)[0]
    #expect(abs(factors(row, reference, sigma: 0.5)[0] / full - 1) < 1e-12)
    #expect(abs(factors(row, reference, sigma: 4)[0] / (full / 2) - 1) < 1e-12)
    #expect(factors(row, reference, sigma: 2.1 * full) == [1])
  }

  /// With one row in each part nearly all of the description is the row's own: judged by itself it
  /// would look ordinary, judged by the others it is as far as any new one.
  @Test func theLimitIsThatOfRowsNotDescribed() {
    var generator = SeededGenerator(seed: 3)
    let few = generator.normalMatrix(30, 200)
    let reference = NoveltyReference<Double>(features: 200, rank: 20)
    reference.learn(few, sigma: 2, seed: 1)
    let new = factors(generator.normalMatrix(100, 200), reference)
    #expect(new.count { $0 > 1.1 } < 10, "\(new.max() ?? 0)")
    #expect(new.count { $0 == 1 } > 50)
  }

  /// Features stand compressed beyond four deviations; the distance is that of the feature itself.
  @Test func compressedFeaturesAreExpanded() {
    for x in [-1e6, -9, -4, -0.5, 0, 3, 4, 5, 1000] {
      let found = FeatureScaling.expanded(FeatureScaling.compressed(Float(x)))
      #expect(abs(found - Float(x)) <= abs(Float(x)) * 2e-6)
    }
    #expect(FeatureScaling.expanded(Float.greatestFiniteMagnitude).isFinite)
    let reference = learned()
    let compressed = 4 + Double.log(97)
    let found = factors(
      Matrix(rows: 1, columns: 6, values: [0, 0, 0, 0, 0, compressed]), reference)
    let expected = (distance([0, 0, 0, 0, 0, 100], reference) / reference.limit)
      .squareRoot().squareRoot()
    #expect(abs(found[0] / expected - 1) < 1e-9)
  }

  /// The directions are found up to what is left after so many iterations.
  @Test func theSeedHardlyMatters() {
    let other = NoveltyReference<Double>(features: 6, rank: 2)
    other.learn(Self.rows, sigma: 2, seed: 2)
    #expect(abs(other.limit / learned().limit - 1) < 1e-4)
  }

  /// The factor is a constant: mu and sigma get their gradients, the row none.
  @Test func gradientsOfMuAndSigma() {
    let reference = learned()
    var generator = SeededGenerator(seed: 4)
    let mu = Variable(generator.normalMatrix(3, 3), differentiable: true)
    let sigma = Variable(Matrix<Double>(rows: 3, columns: 3, repeating: 0.5), differentiable: true)
    // An ordinary row and two far ones.
    let rows = Self.rows.row(7) + [0, 0, 0, 0, 3, 3] + [6, 0, -7, 0, 0, 1]
    let x = Variable(Matrix(rows: 3, columns: 6, values: Array(rows)), differentiable: false)
    let tape = Tape<Double>()
    let raised = tape.novelty(Gaussian(mu: mu, sigma: sigma), of: x, reference: reference)
    let loss = tape.weightedSum([
      (1, tape.dot(raised.mu, generator.normalMatrix(3, 3))),
      (1, tape.dot(raised.sigma, generator.normalMatrix(3, 3))),
    ])
    tape.backward(from: loss)
    let worst = gradientDeviation([mu, sigma]) {
      tape.replay()
      return loss.scalar
    }
    #expect(worst < 1e-8)
  }

  /// As many rows as directions tell nothing of what lies beside them.
  @Test func tooFewRowsLeaveItUnlearnedAndHarmless() {
    for count in [0, 1, 2] {
      let reference = NoveltyReference<Double>(features: 6, rank: 2)
      let few = Self.rows.gathering(Array(0..<count))
      reference.learn(few, sigma: 2, seed: 1)
      #expect(reference.limit == 0)
      #expect(
        factors(Matrix(rows: 1, columns: 6, repeating: 1e6), reference) == [1], "\(count) rows")
    }
  }

  @Test func equalRowsGiveFiniteNumbers() {
    let reference = NoveltyReference<Double>(features: 6, rank: 2)
    let same = Matrix<Double>(rows: 9, columns: 6, repeating: 0.5)
    reference.learn(same, sigma: 2, seed: 1)
    let probe = Matrix<Double>(
      rows: 2, columns: 6,
      values: [Double](repeating: 0.5, count: 6)
        + [1, 2, 3, 4, 5, 6])
    #expect(factors(probe, reference).allSatisfy { $0.isFinite })
  }
}
