extension Tape {
  /// Σ weightᵢ · termᵢ over [1, 1] terms: a total loss.
  @inlinable public func weightedSum(
    _ terms: [(weight: Scalar, term: Variable<Scalar>)]
  ) -> Variable<Scalar> {
    let output = result(rows: 1, columns: 1)
    return recordScalar(output) {
      output.value[0] = terms.reduce(0) { $0 + $1.weight * $1.term.scalar }
    } backward: {
      guard let upstream = output.gradient else { return }
      for (weight, term) in terms { term.gradient?[0] += weight * upstream[0] }
    }
  }

  /// Σ x ⊙ weights with constant weights: a linear functional, for tests of adjoints.
  @inlinable public func dot(_ x: Variable<Scalar>, _ weights: Matrix<Scalar>) -> Variable<Scalar> {
    precondition(x.count == weights.values.count, "dot shape")
    let output = result(rows: 1, columns: 1)
    return record(output) {
      var sum: Scalar = 0
      for i in 0..<x.count { sum += x.value[i] * weights.values[i] }
      output.value[0] = sum
    } backward: {
      guard let upstream = output.gradient, let gradient = x.gradient else { return }
      for i in 0..<x.count { gradient[i] += upstream[0] * weights.values[i] }
    }
  }
}
