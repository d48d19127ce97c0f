import Autograd
import SeededRandom
import TestSupport
import Testing

@testable import Fusion

/// The distance of a row to the training rows, on rows whose distribution is known.
@Suite struct NoveltyTests {
  private static let count = 400
  private static let half = 0.5.squareRoot()
  /// Standard deviations 3 and 2 along these, 0.1 along every axis.
  private static let directions: [[Double]] = [
    [half, half, 0, 0, 0, 0], [0, 0, half, -half, 0, 0],
  ]

  private static let rows: Matrix<Double> = {
    var generator = SeededGenerator(seed: 8)
    let values = (0..<count).flatMap { _ -> [Double] in
      let (a, b) = (3 * generator.normal(), 2 * generator.normal())
      return (0..<6).map {
        a * directions[0][$0] + b * directions[1][$0] + 0.1 * generator.normal()
      }
    }
    return Matrix(rows: count, columns: 6, values: values)
  }()

  private func learned() -> NoveltyReference<Double> {
    let reference = NoveltyReference<Double>(features: 6, rank: 2, dimensions: 3)
    reference.learn(Variable(Self.rows, differentiable: false), seed: 1)
    return reference
  }

  private func product(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func column(_ i: Int, of basis: Variable<Double>) -> [Double] {
    (0..<basis.rows).map { basis.matrix[$0, i] }
  }

  /// novelty(x) where gain is 1 and logvar 0.
  private func novelty(_ rows: Matrix<Double>, _ reference: NoveltyReference<Double>) -> [Double] {
    let zero = Variable<Double>(rows: rows.rows, columns: 3, differentiable: false)
    let output = Tape<Double>().addNovelty(
      zero, of: Variable(rows, differentiable: false), reference: reference)
    return (0..<rows.rows).map { output.matrix[$0, 0] }
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
    for (found, expected) in zip(variances.sorted(), [0.01, 4, 9]) {
      #expect(abs(found / expected - 1) < 0.2, "\(variances)")
    }
    #expect(abs(variances[2] / 0.01 - 1) < 0.2, "beside the directions comes last")
  }

  /// d² written out, once for a training row and once for a far one.
  private func distance(_ x: [Double], _ reference: NoveltyReference<Double>) -> Double {
    let parts = (0..<2).map { product(x, column($0, of: reference.basis)) }
    let squares = parts.map { $0 * $0 }
    let beside = product(x, x) - squares[0] - squares[1]
    let scale = reference.scale.value
    return (squares[0] * scale[0] + squares[1] * scale[1] + beside * scale[2]) / 6
  }

  @Test func distancesAreTheFormula() {
    let reference = learned()
    let x = [Array(Self.rows.row(7)), [1, -2, 0.5, 3, 20, -4]]
    let found = Variable<Double>(rows: 2, columns: 1, differentiable: false)
    reference.squaredDistances(
      Variable(Matrix(rows: 2, columns: 6, values: x.flatMap { $0 }), differentiable: false),
      coordinates: Variable(rows: 2, columns: 2, differentiable: false), into: found)
    for (i, row) in x.enumerated() {
      let expected = distance(row, reference)
      #expect(abs(found.value[i] / expected - 1) < 1e-9)
    }
  }

  @Test func trainingRowsAreOrdinaryAndFarOnesAreNot() {
    let reference = learned()
    let ordinary = novelty(Self.rows, reference)
    // q is the value of rank 380 of 400, counted from 0.
    #expect(ordinary.count { $0 == 0 } == 381)
    let distances = (0..<Self.count).map { distance(Array(Self.rows.row($0)), reference) }.sorted()
    #expect(abs(reference.limit / distances[380] - 1) < 1e-9)
    let mean = distances.reduce(0, +) / Double(Self.count)
    #expect(abs(mean - 1) < 1e-6, "about 1 for a training row")
    for far in [10.0, 1000] {
      let row = [0, 0, 0, 0, 0, far]
      let found = novelty(Matrix(rows: 1, columns: 6, values: row), reference)
      let expected = 0.5 * Double.log(distance(row, reference) / reference.limit)
      #expect(expected > 3)
      #expect(abs(found[0] - expected) < 1e-9)
    }
  }

  /// The directions are found up to what is left after so many iterations.
  @Test func theSeedHardlyMatters() {
    let other = NoveltyReference<Double>(features: 6, rank: 2, dimensions: 3)
    other.learn(Variable(Self.rows, differentiable: false), seed: 2)
    #expect(abs(other.limit / learned().limit - 1) < 1e-4)
  }

  @Test func gradientsOfLogVarianceAndGain() {
    let reference = learned()
    var generator = SeededGenerator(seed: 4)
    reference.gain.write(generator.normalMatrix(1, 3))
    let logvar = Variable(generator.normalMatrix(3, 3), differentiable: true)
    // An ordinary row and two far ones.
    let rows = Self.rows.row(7) + [0, 0, 0, 0, 5, 5] + [50, 0, -30, 0, 0, 1]
    let x = Variable(Matrix(rows: 3, columns: 6, values: Array(rows)), differentiable: false)
    let tape = Tape<Double>()
    let loss = tape.dot(
      tape.addNovelty(logvar, of: x, reference: reference), generator.normalMatrix(3, 3))
    tape.backward(from: loss)
    #expect(reference.gain.gradientMatrix.values.allSatisfy { $0 != 0 })
    let worst = gradientDeviation([logvar, reference.gain]) {
      tape.replay()
      return loss.scalar
    }
    #expect(worst < 1e-8)
  }

  /// As many rows as directions tell nothing of what lies beside them.
  @Test func tooFewRowsLeaveItUnlearnedAndHarmless() {
    for count in [0, 1, 2] {
      let reference = NoveltyReference<Double>(features: 6, rank: 2, dimensions: 3)
      let few = Self.rows.gathering(Array(0..<count))
      reference.learn(Variable(few, differentiable: false), seed: 1)
      #expect(reference.limit == 0)
      #expect(
        novelty(Matrix(rows: 1, columns: 6, repeating: 1e6), reference) == [0], "\(count) rows")
    }
  }

  @Test func equalRowsGiveFiniteNumbers() {
    let reference = NoveltyReference<Double>(features: 6, rank: 2, dimensions: 3)
    let same = Matrix<Double>(rows: 9, columns: 6, repeating: 0.5)
    reference.learn(Variable(same, differentiable: false), seed: 1)
    let probe = Matrix<Double>(
      rows: 2, columns: 6,
      values: [Double](repeating: 0.5, count: 6)
        + [1, 2, 3, 4, 5, 6])
    #expect(novelty(probe, reference).allSatisfy { $0.isFinite })
  }
}
