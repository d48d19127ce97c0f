import Autograd
import SeededRandom
import TestSupport
import Testing

/// The operations the baselines brought.
@Suite struct BaselineOperationTests {
  @Test func joinedPutsPartsSideBySide() {
    var generator = SeededGenerator(seed: 11)
    let a = Matrix<Double>(rows: 2, columns: 2, values: [1, 2, 3, 4])
    let b = Matrix<Double>(rows: 2, columns: 1, values: [5, 6])
    let presence = [
      Variable<Double>(Matrix(rows: 2, columns: 1, values: [1, 0]), differentiable: false),
      Variable<Double>(Matrix(rows: 2, columns: 1, values: [1, 1]), differentiable: false),
    ]
    let tape = Tape<Double>()
    let parts = [a, b].map { Variable($0, differentiable: true) }
    #expect(tape.joined(parts).matrix.values == [1, 2, 5, 3, 4, 6])
    #expect(tape.joined(parts, presence: presence).matrix.values == [1, 2, 5, 0, 0, 6])
    let cotangent = generator.normalMatrix(2, 3)
    for columns in [nil, presence] {
      let worst = gradientDeviation([a, b]) { tape, variables in
        tape.dot(tape.joined(variables, presence: columns), cotangent)
      }
      #expect(worst < 1e-8)
    }
  }

  @Test func softplus() {
    var generator = SeededGenerator(seed: 12)
    let x = generator.normalMatrix(3, 4, scale: 5)
    let cotangent = generator.normalMatrix(3, 4)
    let worst = gradientDeviation([x]) { tape, variables in
      tape.dot(tape.softplus(variables[0]), cotangent)
    }
    #expect(worst < 1e-7)
    let extremes = Variable<Float>(
      Matrix(rows: 1, columns: 4, values: [0, 500, -500, 1]), differentiable: true)
    // ln 2 and ln(1 + e).
    let found = Tape<Float>().softplus(extremes).matrix.values
    for (value, expected) in zip(found, [0.693_147_2, 500, 0, 1.313_261_7]) {
      #expect(abs(value - Float(expected)) < 1e-6)
    }
  }
}
