extension Tape {
  /// Each row divided by its Euclidean length (at least 1e-12, as PyTorch clamps it).
  @inlinable public func rowsNormalised(_ x: Variable<Scalar>) -> Variable<Scalar> {
    let output = result(rows: x.rows, columns: x.columns)
    let lengths = Variable<Scalar>(rows: x.rows, columns: 1, differentiable: false)
    let columns = x.columns
    return record(output) {
      for row in 0..<x.rows {
        let source = x.value + row * columns
        let squared = Scalar(Scalar.sumOfSquares(source, count: columns))
        let length = max(squared.squareRoot(), Scalar(1e-12))
        lengths.value[row] = length
        for j in 0..<columns { output.value[row * columns + j] = source[j] / length }
      }
    } backward: {
      // d(x/|x|) = (g − y (y·g)) / |x|
      guard let upstream = output.gradient, let gradient = x.gradient else { return }
      for row in 0..<x.rows {
        let start = row * columns
        var along: Scalar = 0
        for j in start..<start + columns { along += upstream[j] * output.value[j] }
        for j in start..<start + columns {
          gradient[j] += (upstream[j] - along * output.value[j]) / lengths.value[row]
        }
      }
    }
  }

  /// scale · A Bᵀ with A [m, k], B [n, k].
  @inlinable public func products(
    _ a: Variable<Scalar>, _ b: Variable<Scalar>, scale: Scalar
  ) -> Variable<Scalar> {
    precondition(a.columns == b.columns, "products shapes")
    let output = result(rows: a.rows, columns: b.rows)
    return record(output) {
      Scalar.multiply(
        a.value, transposed: false, b.value, transposed: true, into: output.value,
        m: a.rows, n: b.rows, k: a.columns, scale: scale, keep: 0)
    } backward: {
      guard let upstream = output.gradient else { return }
      if let gradient = a.gradient {
        Scalar.multiply(
          upstream, transposed: false, b.value, transposed: false, into: gradient,
          m: a.rows, n: a.columns, k: b.rows, scale: scale, keep: 1)
      }
      if let gradient = b.gradient {
        Scalar.multiply(
          upstream, transposed: true, a.value, transposed: false, into: gradient,
          m: b.rows, n: b.columns, k: a.rows, scale: scale, keep: 1)
      }
    }
  }
}
