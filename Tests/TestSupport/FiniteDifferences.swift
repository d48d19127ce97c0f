import Autograd
import SeededRandom

/// The worst disagreement between the tape's gradient and central differences of fourth order,
/// relative to the largest gradient entry of its variable (at least 1).
///
/// - Parameter build: records a scalar from differentiable variables holding `inputs`. Leaves it
///   makes itself must be the same at each call.
public func gradientDeviation(
  _ inputs: [Matrix<Double>], step: Double = 1e-4,
  _ build: (Tape<Double>, [Variable<Double>]) throws -> Variable<Double>
) rethrows -> Double {
  let variables = inputs.map { Variable($0, differentiable: true) }
  let tape = Tape<Double>()
  let loss = try build(tape, variables)
  tape.backward(from: loss)
  let worst = gradientDeviation(variables, step: step) {
    tape.replay()
    return loss.scalar
  }
  tape.replay()
  return worst
}

/// The same for variables that hold their gradients already, as the parameters of a model do after
/// a backward pass.
///
/// - Parameter loss: computes the scalar anew from the variables as they are; it may overwrite
///   gradients.
public func gradientDeviation(
  _ variables: [Variable<Double>], step: Double = 1e-4, of loss: () -> Double
) -> Double {
  let gradients = variables.map { $0.gradientMatrix.values }
  var worst = 0.0
  for (variable, analytic) in zip(variables, gradients) {
    let scale = max(1, analytic.map(abs).max() ?? 0)
    for i in 0..<variable.count {
      let original = variable.value[i]
      let h = step * max(abs(original), 0.1)
      func at(_ steps: Double) -> Double {
        variable.value[i] = original + steps * h
        return loss()
      }
      // Four points: the error is h⁴, so h may be large enough for a loss of 1e4 to be resolved.
      let numeric = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
      variable.value[i] = original
      guard numeric.isFinite, analytic[i].isFinite else { return .infinity }
      worst = max(worst, abs(numeric - analytic[i]) / scale)
    }
  }
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
