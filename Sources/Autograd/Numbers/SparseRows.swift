/// Sparse rows in compressed form (CSR): row r holds entries `offsets[r]..<offsets[r + 1]`.
public struct SparseRows<Scalar: Real>: Sendable, Equatable {
  /// The number of columns of the matrix these rows belong to.
  public private(set) var columns: Int
  /// `rows + 1` ascending numbers, the first 0.
  public private(set) var offsets: [Int32] = [0]
  /// Column numbers, ascending within a row.
  public private(set) var indices: [Int32] = []
  public private(set) var values: [Scalar] = []

  @inlinable public var rows: Int { offsets.count - 1 }

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

  /// Appends row `row` of a matrix of Floats of the same width.
  @_specialize(where Scalar == Float)
  public mutating func append(row: Int, converting other: SparseRows<Float>) {
    let range = other.range(row)
    indices.append(contentsOf: other.indices[range])
    let start = values.count
    for _ in range { values.append(0) }
    values.withUnsafeMutableBufferPointer { own in
      other.values.withUnsafeBufferPointer { theirs in
        guard let target = own.baseAddress, let source = theirs.baseAddress else { return }
        Scalar.convert(source + range.lowerBound, into: target + start, count: range.count)
      }
    }
    offsets.append(Int32(indices.count))
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

  public func transposed() -> SparseRows {
    var result = SparseRows(columns: rows)
    result.becomeTranspose(of: self)
    return result
  }

  /// Becomes the transpose of other rows, by a counting sort:
  /// entries of a row are in ascending order. Asks for memory only to hold more than ever before.
  // Called once a step from code that is not made for one number type.
  @_specialize(where Scalar == Float)
  mutating func becomeTranspose(of original: SparseRows) {
    columns = original.rows
    resize(&offsets, to: original.columns + 1)
    resize(&indices, to: original.indices.count)
    resize(&values, to: original.values.count)
    for position in offsets.indices { offsets[position] = 0 }
    // offsets[j + 1] counts column j, then becomes where its entries begin, then where they end.
    for column in original.indices where Int(column) + 2 < offsets.count {
      offsets[Int(column) + 2] += 1
    }
    for position in offsets.indices.dropFirst() { offsets[position] += offsets[position - 1] }
    for row in 0..<original.rows {
      for entry in original.range(row) {
        let target = Int(original.indices[entry]) + 1
        let place = Int(offsets[target])
        indices[place] = Int32(row)
        values[place] = original.values[entry]
        offsets[target] += 1
      }
    }
  }

  /// out = Aᵀ A [columns, columns], A these rows.
  @_specialize(where Scalar == Float)
  @usableFromInline func columnProducts(into out: UnsafeMutablePointer<Scalar>) {
    Scalar.clear(out, columns * columns)
    for row in 0..<rows {
      let range = range(row)
      for first in range {
        let line = out + Int(indices[first]) * columns
        for second in range { line[Int(indices[second])] += values[first] * values[second] }
      }
    }
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

private func resize<Element: Numeric>(_ array: inout [Element], to count: Int) {
  if array.count > count { array.removeLast(array.count - count) }
  while array.count < count { array.append(0) }
}
