import Autograd
import SeededRandom
import TestSupport
import Testing

/// The regression losses against plain loops and their adjoints against central differences.
@Suite struct RegressionLossTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let passes: Int
    let rows: Int
    let outputs: Int
    var testDescription: String { "S\(passes) B\(rows) K\(outputs)" }
  }

  static let shapes = [
    Shape(passes: 1, rows: 1, outputs: 1), Shape(passes: 1, rows: 4, outputs: 1),
    Shape(passes: 1, rows: 3, outputs: 5), Shape(passes: 3, rows: 1, outputs: 2),
    Shape(passes: 4, rows: 5, outputs: 3),
  ]

  private func plain(_ error: RegressionError, _ y: [Double], _ t: [Double]) -> Double {
    let squares = zip(y, t).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let count = Double(y.count)
    return switch error {
    case .absolute: zip(y, t).reduce(0.0) { $0 + abs($1.0 - $1.1) } / count
    case .squared: squares / count
    case .halfSquared: squares / 2
    }
  }

  /// Values and adjoints; every third row has no target when `missing`.
  @Test(arguments: shapes, [false, true]) func lossAndAdjoint(shape: Shape, missing: Bool) {
    for error in RegressionError.allCases {
      var generator = SeededGenerator(seed: 11)
      let outputs = generator.normalMatrix(shape.passes * shape.rows, shape.outputs)
      let wanted = generator.normalMatrix(shape.rows, shape.outputs)
      let targets = Targets(wanted.values, rows: shape.rows)
      if missing {
        for row in 0..<shape.rows where row % 3 == 1 {
          targets.present[row] = false
          // Must never be looked at.
          for k in 0..<shape.outputs { targets.values[row * shape.outputs + k] = .nan }
        }
      }
      let counted = (0..<outputs.rows).filter { targets.present[$0 % shape.rows] }
      let expected =
        counted.reduce(0.0) {
          $0 + plain(error, Array(outputs.row($1)), Array(wanted.row($1 % shape.rows)))
        } / Double(counted.count)
      let tape = Tape<Double>()
      let found = tape.regressionLoss(
        Variable(outputs, differentiable: true), targets, error
      ).scalar
      #expect(deviation([found], [expected]) < 1e-12, "\(error)")
      let worst = gradientDeviation([outputs]) { tape, variables in
        tape.weightedSum([(0.7, tape.regressionLoss(variables[0], targets, error))])
      }
      #expect(worst < 1e-6, "\(error)")
    }
  }

  @Test func derivativeAtTheTargetIsZero() {
    for error in RegressionError.allCases {
      let outputs = Variable(
        Matrix<Double>(rows: 2, columns: 2, values: [1, 2, -3, 5]), differentiable: true)
      let tape = Tape<Double>()
      tape.backward(from: tape.regressionLoss(outputs, Targets([1, 2, -3, 4], rows: 2), error))
      let gradient = outputs.gradientMatrix.values
      #expect(gradient.prefix(3).allSatisfy { $0 == 0 })
      #expect(gradient[3] > 0)
    }
  }

  @Test func noTargetAtAllIsZeroWithoutGradient() {
    let outputs = Variable(
      Matrix<Double>(rows: 2, columns: 1, values: [1, 2]), differentiable: true)
    let targets = Targets([0.0, 0], rows: 2)
    targets.present = [false, false]
    let tape = Tape<Double>()
    let loss = tape.regressionLoss(outputs, targets, .absolute)
    tape.backward(from: loss)
    #expect(loss.scalar == 0)
    #expect(outputs.gradientMatrix.values == [0, 0])
  }

  @Test func replayReadsNewTargets() {
    let outputs = Variable(Matrix<Double>(rows: 1, columns: 1, values: [3]), differentiable: true)
    let targets = Targets([1.0], rows: 1)
    let tape = Tape<Double>()
    let loss = tape.regressionLoss(outputs, targets, .squared)
    #expect(loss.scalar == 4)
    targets.values = [5.5]
    tape.replay()
    #expect(loss.scalar == 6.25)
  }
}
