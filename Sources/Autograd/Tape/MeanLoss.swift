/// A loss that is a mean over the rows of a batch.
public struct MeanLoss<Scalar: Real> {
  @usableFromInline let rows: Int
  @usableFromInline let losses: (_ rows: Range<Int>, _ losses: UnsafeMutablePointer<Double>) -> Void
  @usableFromInline let needsAllRows: Bool
  @usableFromInline let count: () -> Int
  @usableFromInline let adjoint: (_ rows: Range<Int>, _ scale: Scalar) -> Void

  /// - Parameters:
  ///   - rows: of the batch.
  ///   - needsAllRows: whether the loss of a row needs other rows of the inputs.
  ///   - losses: writes losses[row] for the given rows; 0 for one that does not count.
  ///   - count: by what their sum is divided, at least 1.
  ///   - adjoint: ADDS scale · d(Σ losses) to the given rows of the gradients. It may look at any
  ///     row of what the forward pass left.
  @inlinable public init(
    rows: Int, needsAllRows: Bool = false,
    losses: @escaping (_ rows: Range<Int>, _ losses: UnsafeMutablePointer<Double>) -> Void,
    count: @escaping () -> Int,
    adjoint: @escaping (_ rows: Range<Int>, _ scale: Scalar) -> Void
  ) {
    self.rows = rows
    self.needsAllRows = needsAllRows
    self.losses = losses
    self.count = count
    self.adjoint = adjoint
  }
}

extension Tape {
  /// Records (Σ losses[row]) / count. Result [1, 1]; for `weightedSum`, since single numbers are
  /// computed last.
  @inlinable public func record(_ loss: MeanLoss<Scalar>) -> Variable<Scalar> {
    let output = result(rows: 1, columns: 1)
    let losses = Variable<Double>(rows: loss.rows, columns: 1, differentiable: false)
    let rows = loss.rows
    var (divisor, scale): (Scalar, Scalar) = (1, 0)
    append(
      forward: loss.needsAllRows
        ? .eachRowFromAll(rows) { loss.losses($0, losses.value) }
        : .eachRow(rows) { loss.losses($0, losses.value) },
      backward: [.eachRow(rows) { loss.adjoint($0, scale) }])
    return recordScalar(output) {
      divisor = Scalar(max(1, loss.count()))
      var sum = 0.0
      for row in 0..<rows { sum += losses.value[row] }
      output.value[0] = Scalar(sum) / divisor
    } backward: {
      scale = (output.gradient?[0] ?? 0) / divisor
    }
  }
}
