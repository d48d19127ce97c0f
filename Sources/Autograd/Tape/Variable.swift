/// A matrix with room for its gradient: a parameter, an input, or the result of an operation.
///
/// Memory is asked for once and reused at every replay of the tape; it begins at a cache line.
/// Not thread-safe: threads of a team write to rows of their own.
public final class Variable<Scalar: Real> {
  public let rows: Int
  public let columns: Int
  @usableFromInline var valueMemory: UnsafeMutablePointer<Scalar>
  @usableFromInline let gradientMemory: UnsafeMutablePointer<Scalar>?
  /// `count` numbers, row by row.
  @inlinable public var value: UnsafeMutablePointer<Scalar> { valueMemory }

  /// Whether the gradient counts as zero whatever its memory holds.
  @usableFromInline var isDiscarded = false

  @inlinable public var count: Int { rows * columns }
  @inlinable public var differentiable: Bool { gradientMemory != nil }

  /// d(scalar the tape was differentiated from)/d(value), or nil where no gradient flows:
  /// inputs, noise, masks.
  @inlinable public var gradient: UnsafeMutablePointer<Scalar>? {
    if isDiscarded { zeroGradient() }
    return gradientMemory
  }

  /// All zeros.
  public init(rows: Int, columns: Int, differentiable: Bool) {
    self.rows = rows
    self.columns = columns
    valueMemory = Self.zeros(rows * columns)
    gradientMemory = differentiable ? Self.zeros(rows * columns) : nil
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Scalar> {
    let bytes = max(1, count) * MemoryLayout<Scalar>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return memory.bindMemory(to: Scalar.self, capacity: max(1, count))
  }

  public convenience init(_ matrix: Matrix<Scalar>, differentiable: Bool) {
    self.init(rows: matrix.rows, columns: matrix.columns, differentiable: differentiable)
    write(matrix)
  }

  deinit {
    valueMemory.deallocate()
    gradientMemory?.deallocate()
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

  /// Exchanges the values of two leaves of one shape, without copying: how prepared batches take
  /// turns on a tape. Not for results, whose address other steps may know.
  public func swapValues(with other: Variable) {
    precondition(rows == other.rows && columns == other.columns, "leaves of one shape")
    swap(&valueMemory, &other.valueMemory)
  }

  public func zeroGradient() {
    isDiscarded = false
    zeroGradient(part: 0, of: 1)
  }

  /// Zeroes a share of the gradient.
  func zeroGradient(part: Int, of parts: Int) {
    guard let gradientMemory else { return }
    let range = WorkerTeam.range(part, of: parts, rows: count)
    Scalar.clear(gradientMemory + range.lowerBound, range.count)
  }

  /// Makes the gradient zero without touching its memory: whoever writes it whole need not add, and
  /// it is cleared when it is asked for before that.
  public func discardGradient() { isDiscarded = differentiable }

  /// Whether the gradient counts as zero; afterwards its memory counts.
  func takeDiscarded() -> Bool {
    defer { isDiscarded = false }
    return isDiscarded
  }
}
