extension Tape {
  /// Matrices of B rows side by side: [B, Σ columns].
  ///
  /// - Parameter presence: one [B, 1] column of 0 and 1 a part; a row whose part is missing holds
  ///   zeros there, whatever the part says. Nil when all are there.
  @inlinable public func joined(
    _ parts: [Variable<Scalar>], presence: [Variable<Scalar>]? = nil
  ) -> Variable<Scalar> {
    let rows = parts.first?.rows ?? 0
    let columns = parts.reduce(0) { $0 + $1.columns }
    precondition(parts.allSatisfy { $0.rows == rows }, "parts of the same rows")
    let output = result(rows: rows, columns: columns)
    return record(output) {
      var start = 0
      for (m, part) in parts.enumerated() {
        for row in 0..<rows {
          let target = output.value + row * columns + start
          if presence.map({ $0[m].value[row] != 0 }) ?? true {
            target.update(from: part.value + row * part.columns, count: part.columns)
          } else {
            target.update(repeating: 0, count: part.columns)
          }
        }
        start += part.columns
      }
    } backward: {
      guard let upstream = output.gradient else { return }
      var start = 0
      for (m, part) in parts.enumerated() {
        if let gradient = part.gradient {
          for row in 0..<rows where presence.map({ $0[m].value[row] != 0 }) ?? true {
            Scalar.add(
              1, upstream + row * columns + start, to: gradient + row * part.columns,
              count: part.columns)
          }
        }
        start += part.columns
      }
    }
  }
}
