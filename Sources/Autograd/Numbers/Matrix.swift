/// A row-major matrix as a value: how numbers enter and leave tapes and models.
public struct Matrix<Scalar: Real>: Sendable, Equatable {
  public let rows: Int
  public let columns: Int
  /// `rows * columns` numbers.
  public var values: [Scalar]

  public init(rows: Int, columns: Int, values: [Scalar]) {
    precondition(values.count == rows * columns, "\(values.count) values for [\(rows), \(columns)]")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
    self.init(rows: rows, columns: columns, values: Array(repeating: value, count: rows * columns))
  }

  public subscript(row: Int, column: Int) -> Scalar {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  public func row(_ index: Int) -> ArraySlice<Scalar> {
    values[index * columns..<(index + 1) * columns]
  }

  /// The rows with the given numbers, in that order.
  public func gathering(_ wanted: some Sequence<Int>) -> Matrix {
    var result: [Scalar] = []
    for index in wanted { result.append(contentsOf: row(index)) }
    return Matrix(rows: columns == 0 ? 0 : result.count / columns, columns: columns, values: result)
  }
}
