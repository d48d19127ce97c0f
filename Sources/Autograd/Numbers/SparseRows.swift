/// Sparse rows in compressed form (CSR): row r holds entries `offsets[r]..<offsets[r + 1]`.
public struct SparseRows<Scalar: Real>: Sendable, Equatable {
  /// The number of columns of the matrix these rows belong to.
  public let columns: Int
  /// `rows + 1` ascending numbers, the first 0.
  public private(set) var offsets: [Int32] = [0]
  /// Column numbers, ascending within a row.
  public private(set) var indices: [Int32] = []
  public private(set) var values: [Scalar] = []

  public var rows: Int { offsets.count - 1 }

  public init(columns: Int) { self.columns = columns }

  /// Appends a row. Columns must be within `0..<columns`: checked, since rows may come from
  /// plugins.
  public mutating func append(indices newIndices: [Int32], values newValues: [Scalar]) {
    precondition(newIndices.count == newValues.count, "as many columns as values")
    precondition(newIndices.allSatisfy { $0 >= 0 && Int($0) < columns }, "column out of range")
    indices.append(contentsOf: newIndices)
    values.append(contentsOf: newValues)
    offsets.append(Int32(indices.count))
  }

  public mutating func removeAll() {
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    indices.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// Appends row `row` of another matrix of the same width.
  public mutating func append(row: Int, of other: SparseRows) {
    indices.append(contentsOf: other.indices[other.range(row)])
    values.append(contentsOf: other.values[other.range(row)])
    offsets.append(Int32(indices.count))
  }

  /// Where the stored entries of a row lie in `indices` and `values`.
  public func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  /// Changes the stored values, all rows' one after another.
  public mutating func withMutableValues(_ body: (UnsafeMutableBufferPointer<Scalar>) -> Void) {
    values.withUnsafeMutableBufferPointer { body($0) }
  }

  /// Multiplies every stored value; used for dropout on inputs.
  public mutating func mapValues(_ transform: (Scalar) -> Scalar) {
    for position in values.indices { values[position] = transform(values[position]) }
  }

  public func dense() -> Matrix<Scalar> {
    var result = Matrix<Scalar>(rows: rows, columns: columns)
    for row in 0..<rows {
      for entry in range(row) {
        result[row, Int(indices[entry])] = values[entry]
      }
    }
    return result
  }
}
