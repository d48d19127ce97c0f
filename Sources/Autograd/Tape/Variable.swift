/// A matrix with room for its gradient: a parameter, an input, or the result of an operation.
///
/// Memory is asked for once and reused at every replay of the tape, so a handle keeps its address.
/// Not thread-safe; one training step runs on one thread.
public final class Variable<Scalar: Real> {
  public let rows: Int
  public let columns: Int
  public let value: UnsafeMutablePointer<Scalar>
  /// d(scalar the tape was differentiated from)/d(value), or nil where no gradient flows:
  /// inputs, noise, masks.
  public let gradient: UnsafeMutablePointer<Scalar>?

  public var count: Int { rows * columns }

  /// All zeros.
  public init(rows: Int, columns: Int, differentiable: Bool) {
    self.rows = rows
    self.columns = columns
    let count = max(1, rows * columns)
    value = .allocate(capacity: count)
    value.initialize(repeating: 0, count: count)
    if differentiable {
      let memory = UnsafeMutablePointer<Scalar>.allocate(capacity: count)
      memory.initialize(repeating: 0, count: count)
      gradient = memory
    } else {
      gradient = nil
    }
  }

  public convenience init(_ matrix: Matrix<Scalar>, differentiable: Bool) {
    self.init(rows: matrix.rows, columns: matrix.columns, differentiable: differentiable)
    write(matrix)
  }

  deinit {
    value.deallocate()
    gradient?.deallocate()
  }

  /// Copies the value out.
  public var matrix: Matrix<Scalar> {
    Matrix(
      rows: rows, columns: columns,
      values: Array(UnsafeBufferPointer(start: value, count: count)))
  }

  /// Copies the gradient out; zeros where there is none.
  public var gradientMatrix: Matrix<Scalar> {
    guard let gradient else { return Matrix(rows: rows, columns: columns) }
    return Matrix(
      rows: rows, columns: columns,
      values: Array(UnsafeBufferPointer(start: gradient, count: count)))
  }

  /// The single number of a [1, 1] variable: a loss.
  public var scalar: Scalar { value[0] }

  public func write(_ matrix: Matrix<Scalar>) {
    precondition(
      matrix.rows == rows && matrix.columns == columns,
      "[\(matrix.rows), \(matrix.columns)] into [\(rows), \(columns)]")
    matrix.values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { value.update(from: base, count: count) }
    }
  }

  public func zeroGradient() {
    // Zero bits are the number zero; `update(repeating:)` would go through a witness table from
    // other modules.
    guard let gradient else { return }
    UnsafeMutableRawPointer(gradient).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Scalar>.stride)
  }
}
