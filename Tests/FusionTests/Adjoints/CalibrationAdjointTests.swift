import Autograd
import Fusion
import SeededRandom
import TestSupport
import Testing

/// L_cal: its definition, and its adjoint both ways.
@Suite struct CalibrationAdjointTests {
  @Test(arguments: Shape.single, [true, false])
  func calibrationLoss(shape: Shape, movesMu: Bool) {
    var generator = SeededGenerator(seed: 9)
    let values = shape.values(&generator)
    let target = generator.normalMatrix(shape.b, shape.d)
    let leaf = Variable(target, differentiable: false)
    for columns in shape.presences(&generator) {
      let presence = columns?[0]
      let one = gaussians(values.map { Variable($0, differentiable: true) })[0]
      let tape = Tape<Double>()
      let loss = tape.calibrationLoss(one, target: leaf, movesMu: movesMu, presence: presence)
      tape.backward(from: loss)
      let rows = (0..<shape.b).filter { presence?.value[$0] != 0 }
      let expected = rows.flatMap { row in
        (0..<shape.d).map { d in
          let r = (values[0][row, d] - target[row, d]) / values[1][row, d]
          return 0.5 * (r * r + Double.log(values[1][row, d] * values[1][row, d]))
        }
      }
      let mean = expected.reduce(0, +) / Double(max(1, expected.count))
      #expect(deviation([loss.scalar], [mean]) < 1e-12)
      // With mu held still sigma's gradient is the same, and mu's is zero.
      let moved = movesMu ? [one.mu, one.sigma] : [one.sigma]
      let worst = gradientDeviation(moved) {
        tape.replay()
        return loss.scalar
      }
      #expect(worst < 1e-7)
      #expect(movesMu || one.mu.gradientMatrix.values.allSatisfy { $0 == 0 })
      #expect(leaf.gradient == nil)
    }
  }
}
