extension Tape {
  /// Each row divided by its Euclidean length (at least 1e-12, as PyTorch clamps it).
  @inlinable public func rowsNormalised(_ x: Variable<Scalar>) -> Variable<Scalar> {
    let output = result(rows: x.rows, columns: x.columns)
    let lengths = Variable<Scalar>(rows: x.rows, columns: 1, differentiable: false)
    let columns = x.columns
    return record(
      output,
      forward: .eachRow(x.rows) { rows in
        let start = rows.lowerBound * columns
        Scalar.normaliseRows(
          x.value + start, into: output.value + start, lengths: lengths.value + rows.lowerBound,
          rows: rows.count, columns: columns)
      },
      backward: [
        .eachRow(x.rows) { rows in
          guard let upstream = output.gradient, let gradient = x.gradient else { return }
          let start = rows.lowerBound * columns
          Scalar.normaliseRowsAdjoint(
            output.value + start, lengths: lengths.value + rows.lowerBound, upstream + start,
            addingTo: gradient + start, rows: rows.count, columns: columns)
        }
      ])
  }
}
