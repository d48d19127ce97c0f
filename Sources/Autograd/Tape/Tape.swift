/// Reverse-mode automatic differentiation over matrices.
///
/// An operation computes its result when it is recorded and leaves two closures: how to compute the
/// result again from the current inputs, and how to carry its gradient to the inputs (the adjoint).
/// A training loop records the graph of one batch once and then, for every batch of that size,
/// writes new numbers into the inputs and calls `replay()` and `backward(from:)`: no memory is
/// asked for after the first step.
///
/// Operations are `@inlinable` so that other modules specialise their loops for Float and Double:
/// unspecialised, each arithmetic operation would be a call through a witness table.
public final class Tape<Scalar: Real> {
  private struct Step {
    let forward: () -> Void
    let backward: () -> Void
  }

  private var steps: [Step] = []
  private var results: [Variable<Scalar>] = []
  private let differentiates: Bool

  /// - Parameter differentiates: false for inference: results then have no room for gradients.
  public init(differentiates: Bool = true) { self.differentiates = differentiates }

  /// Room for an operation's result.
  public func result(rows: Int, columns: Int) -> Variable<Scalar> {
    Variable(rows: rows, columns: columns, differentiable: differentiates)
  }

  /// Records an operation.
  ///
  /// - Parameters:
  ///   - output: where the result lies. Adjoints of later operations add to its gradient.
  ///   - forward: writes `output.value` in full.
  ///   - backward: ADDS to the gradients of the inputs that have one. A non-differentiable output
  ///     records no adjoint.
  @discardableResult
  public func record(
    _ output: Variable<Scalar>, forward: @escaping () -> Void,
    backward: @escaping () -> Void
  ) -> Variable<Scalar> {
    forward()
    steps.append(
      Step(forward: forward, backward: output.gradient == nil ? {} : backward))
    results.append(output)
    return output
  }

  /// Computes every recorded result again, in order, from the inputs as they are now.
  public func replay() {
    for step in steps { step.forward() }
  }

  /// Differentiates a [1, 1] result: afterwards every variable that led to it holds its gradient.
  /// Parameters ADD to what they held (clear them with `zeroGradient`, or the optimizer does);
  /// results of this tape start from zero.
  public func backward(from loss: Variable<Scalar>) {
    precondition(loss.count == 1, "only a single number can be differentiated")
    for result in results { result.zeroGradient() }
    loss.gradient?[0] = 1
    for step in steps.reversed() { step.backward() }
  }
}
