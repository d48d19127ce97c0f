extension Tape {
  /// y = x W + b with x [B, in], W [in, out], b [1, out].
  ///
  /// W is stored [in, out] (the transpose of PyTorch's) so that dense and sparse inputs share it.
  @inlinable public func linear(
    _ x: Variable<Scalar>, _ weights: Variable<Scalar>, _ bias: Variable<Scalar>
  ) -> Variable<Scalar> {
    precondition(x.columns == weights.rows && bias.columns == weights.columns, "linear shapes")
    let output = result(rows: x.rows, columns: weights.columns)
    return record(output) {
      fillRows(output, with: bias)
      Scalar.multiply(
        x.value, transposed: false, weights.value, transposed: false, into: output.value,
        m: x.rows, n: weights.columns, k: x.columns, scale: 1, keep: 1)
    } backward: {
      guard let upstream = output.gradient else { return }
      if let gradient = weights.gradient {
        Scalar.multiply(
          x.value, transposed: true, upstream, transposed: false, into: gradient,
          m: x.columns, n: weights.columns, k: x.rows, scale: 1, keep: 1)
      }
      if let gradient = x.gradient {
        Scalar.multiply(
          upstream, transposed: false, weights.value, transposed: true, into: gradient,
          m: x.rows, n: x.columns, k: weights.columns, scale: 1, keep: 1)
      }
      addRowSums(of: output, to: bias)
    }
  }

  /// y = x W + b with sparse x [B, in]: costs the non-zeros, not the width.
  @inlinable public func linear(
    _ x: SparseInput<Scalar>, _ weights: Variable<Scalar>, _ bias: Variable<Scalar>
  ) -> Variable<Scalar> {
    precondition(x.rows.columns == weights.rows, "sparse linear shapes")
    let output = result(rows: x.rows.rows, columns: weights.columns)
    return record(output) {
      precondition(x.rows.rows == output.rows, "a replay keeps the batch size")
      fillRows(output, with: bias)
      Scalar.multiply(x.rows, weights.value, columns: weights.columns, addingTo: output.value)
    } backward: {
      guard let upstream = output.gradient else { return }
      if let gradient = weights.gradient {
        Scalar.multiplyTransposed(x.rows, upstream, columns: weights.columns, addingTo: gradient)
      }
      addRowSums(of: output, to: bias)
    }
  }
}

/// A sparse leaf of a tape: put new rows in before a replay.
public final class SparseInput<Scalar: Real> {
  public var rows: SparseRows<Scalar>

  public init(_ rows: SparseRows<Scalar>) { self.rows = rows }
}

@usableFromInline
func fillRows<Scalar>(_ output: Variable<Scalar>, with bias: Variable<Scalar>) {
  for row in 0..<output.rows {
    (output.value + row * output.columns).update(from: bias.value, count: output.columns)
  }
}

@usableFromInline
func addRowSums<Scalar>(of output: Variable<Scalar>, to bias: Variable<Scalar>) {
  guard let upstream = output.gradient, let gradient = bias.gradient else { return }
  for row in 0..<output.rows {
    Scalar.add(1, upstream + row * output.columns, to: gradient, count: output.columns)
  }
}
