extension Tape {
  /// max(x, 0); the derivative at 0 is 0, as PyTorch has it.
  @inlinable public func relu(_ x: Variable<Scalar>) -> Variable<Scalar> {
    let output = result(rows: x.rows, columns: x.columns)
    return record(output) {
      for i in 0..<x.count { output.value[i] = x.value[i] > 0 ? x.value[i] : 0 }
    } backward: {
      guard let upstream = output.gradient, let gradient = x.gradient else { return }
      for i in 0..<x.count where output.value[i] > 0 { gradient[i] += upstream[i] }
    }
  }

  @inlinable public func tanh(_ x: Variable<Scalar>) -> Variable<Scalar> {
    let output = result(rows: x.rows, columns: x.columns)
    return record(output) {
      for i in 0..<x.count { output.value[i] = Scalar.tanh(x.value[i]) }
    } backward: {
      guard let upstream = output.gradient, let gradient = x.gradient else { return }
      for i in 0..<x.count {
        gradient[i] += upstream[i] * (1 - output.value[i] * output.value[i])
      }
    }
  }

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

  /// x ⊙ mask, where the mask (a leaf) holds 0 or 1/(1−p): dropout with the mask drawn outside.
  @inlinable public func masked(
    _ x: Variable<Scalar>, by mask: Variable<Scalar>
  ) -> Variable<Scalar> {
    precondition(x.count == mask.count, "mask shape")
    let output = result(rows: x.rows, columns: x.columns)
    return record(output) {
      for i in 0..<x.count { output.value[i] = x.value[i] * mask.value[i] }
    } backward: {
      guard let upstream = output.gradient, let gradient = x.gradient else { return }
      Scalar.addProduct(upstream, mask.value, to: gradient, count: x.count)
    }
  }
}
