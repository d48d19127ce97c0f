import Autograd
import SeededRandom

/// The worst disagreement between the tape's gradient and central differences, relative to the
/// largest gradient entry (at least 1).
///
/// - Parameter build: records a scalar from differentiable variables holding `inputs`. Leaves it
///   makes itself must be the same at each call.
public func gradientDeviation(
  _ inputs: [Matrix<Double>], step: Double = 1e-6,
  _ build: (Tape<Double>, [Variable<Double>]) throws -> Variable<Double>
) rethrows -> Double {
  let variables = inputs.map { Variable($0, differentiable: true) }
  let tape = Tape<Double>()
  let loss = try build(tape, variables)
  tape.backward(from: loss)
  var worst = 0.0
  for variable in variables {
    let analytic = variable.gradientMatrix.values
    let scale = max(1, analytic.map(abs).max() ?? 0)
    for i in 0..<variable.count {
      let original = variable.value[i]
      let h = step * max(abs(original), 1e-3)
      variable.value[i] = original + h
      tape.replay()
      let above = loss.scalar
      variable.value[i] = original - h
      tape.replay()
      let below = loss.scalar
      variable.value[i] = original
      let numeric = (above - below) / (2 * h)
      guard numeric.isFinite, analytic[i].isFinite else { return .infinity }
      worst = max(worst, abs(numeric - analytic[i]) / scale)
    }
  }
  tape.replay()
  return worst
}

extension SeededGenerator {
  /// Standard normal entries times `scale`.
  public mutating func normalMatrix(
    _ rows: Int, _ columns: Int, scale: Double = 1
  )
    -> Matrix<Double>
  {
    Matrix(
      rows: rows, columns: columns, values: (0..<rows * columns).map { _ in scale * normal() })
  }

  /// exp(scale · normal): positive entries around 1.
  public mutating func positiveMatrix(
    _ rows: Int, _ columns: Int, scale: Double = 0.5
  )
    -> Matrix<Double>
  {
    Matrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { _ in Double.exp(scale * normal()) })
  }
}
