/// One direction of a step: work on rows that a team's threads may share.
public struct Pass {
  /// What a row of the work needs of what the steps before computed.
  @usableFromInline enum Reach {
    /// The same row.
    case row
    /// Any row: all threads must be through with the steps before.
    case batch
    /// The same, and it is the result's columns that are shared: the threads must wait after it, too.
    case batchForColumns
  }

  @usableFromInline let rows: Int
  @usableFromInline let reach: Reach
  @usableFromInline let body: (Range<Int>) -> Void

  @inlinable init(rows: Int, reach: Reach, body: @escaping (Range<Int>) -> Void) {
    self.rows = rows
    self.reach = reach
    self.body = body
  }

  /// Row r of the result needs row r of the inputs only.
  @inlinable public static func eachRow(_ rows: Int, _ body: @escaping (Range<Int>) -> Void) -> Pass
  {
    Pass(rows: rows, reach: .row, body: body)
  }

  /// Rows are computed apart from each other, each from any rows of the inputs.
  @inlinable public static func eachRowFromAll(
    _ rows: Int, _ body: @escaping (Range<Int>) -> Void
  ) -> Pass {
    Pass(rows: rows, reach: .batch, body: body)
  }

  /// Columns are computed apart from each other, each from any rows and columns of the inputs.
  @inlinable public static func eachColumn(
    _ columns: Int, _ body: @escaping (Range<Int>) -> Void
  ) -> Pass {
    Pass(rows: columns, reach: .batchForColumns, body: body)
  }

  /// Not to be shared.
  @inlinable public static func whole(_ body: @escaping () -> Void) -> Pass {
    Pass(rows: 1, reach: .batch) { _ in body() }
  }
}

/// The gradient of a parameter: nothing on the tape needs it, so it is computed last.
public struct ParameterPass<Scalar: Real> {
  public typealias Body = (
    _ rows: Range<Int>, _ keep: Scalar, _ gradient: UnsafeMutablePointer<Scalar>
  ) -> Void

  let parameter: Variable<Scalar>
  let rows: Int
  let squaredNorm: (() -> Double)?
  private let body: Body
  /// Elements in each of `rows`.
  var width: Int { parameter.count / max(1, rows) }

  /// - Parameters:
  ///   - rows: what the work can be divided into: rows of the parameter, or its columns.
  ///   - squaredNorm: Σ of the squares of what the step adds, where that is cheaper than to write
  ///     it: the gradient may then be computed in pieces that an optimizer uses at once.
  ///   - body: gradient = keep · gradient + what the step adds, for the given rows, writing every
  ///     element of them. The gradient begins with the first of the rows.
  public init(
    _ parameter: Variable<Scalar>, rows: Int, squaredNorm: (() -> Double)? = nil,
    _ body: @escaping Body
  ) {
    self.parameter = parameter
    self.rows = rows
    self.squaredNorm = squaredNorm
    self.body = body
  }

  func write(_ rows: Range<Int>, keep: Scalar, into gradient: UnsafeMutablePointer<Scalar>) {
    body(rows, keep, gradient)
  }

  /// Writes or adds to the parameter's own memory.
  func write(_ rows: Range<Int>, keep: Scalar) {
    guard let gradient = parameter.gradientMemory else { return }
    body(rows, keep, gradient + rows.lowerBound * width)
  }
}

/// Passes that every thread may run one after another on its own rows.
struct PassGroup {
  let rows: Int
  private let isOfColumns: Bool
  private(set) var bodies: [(Range<Int>) -> Void]

  private init(_ pass: Pass) {
    rows = pass.rows
    isOfColumns = pass.reach == .batchForColumns
    bodies = [pass.body]
  }

  /// Passes in the order they are to run, cut wherever the threads must wait for each other.
  static func groups(_ passes: some Sequence<Pass>) -> [PassGroup] {
    var groups: [PassGroup] = []
    for pass in passes {
      if pass.reach == .row, let last = groups.indices.last, groups[last].rows == pass.rows,
        !groups[last].isOfColumns
      {
        groups[last].bodies.append(pass.body)
      } else {
        groups.append(PassGroup(pass))
      }
    }
    return groups
  }

  func run(_ team: WorkerTeam) {
    let parts = team.parts(ofRows: rows)
    guard parts > 1 else {
      for body in bodies { body(0..<rows) }
      return
    }
    team.run(parts) { part in
      let range = WorkerTeam.range(part, of: parts, rows: rows)
      for body in bodies { body(range) }
    }
  }
}
