extension Tape {
  /// ln(1 + e^x): positive, close to x for large x; the derivative is the logistic function.
  @inlinable public func softplus(_ x: Variable<Scalar>) -> Variable<Scalar> {
    let output = result(rows: x.rows, columns: x.columns)
    return record(output) {
      for i in 0..<x.count {
        output.value[i] = max(x.value[i], 0) + Scalar.log1p(Scalar.exp(-abs(x.value[i])))
      }
    } backward: {
      guard let upstream = output.gradient, let gradient = x.gradient else { return }
      for i in 0..<x.count {
        let small = Scalar.exp(-abs(x.value[i]))
        gradient[i] += upstream[i] * (x.value[i] > 0 ? 1 : small) / (1 + small)
      }
    }
  }
}
