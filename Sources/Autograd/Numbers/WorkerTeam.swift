import Kernels

/// Threads that share one piece of work after another: the rows of a batch, the blocks of a
/// parameter. Between two pieces they spin for some microseconds, then park.
///
/// Every number is computed whole by one thread, in the order one thread alone would take, so that no
/// bit of a result depends on how many there are. One piece at a time: a team belongs to one
/// training.
public final class WorkerTeam {
  let threads: Int
  private let team: OpaquePointer?

  /// - Parameter threads: the caller among them; a team of one has no threads of its own.
  public init(threads: Int = 1) {
    self.threads = max(1, threads)
    team = threads > 1 ? eau_team_create(threads) : nil
  }

  deinit { eau_team_destroy(team) }

  /// Rows that stay together: a cache line of numbers.
  private static let block = 16

  /// Into how many parts so many rows are cut.
  func parts(ofRows rows: Int) -> Int { min(threads, max(1, rows / Self.block)) }

  /// The rows of part `part` of `parts`.
  static func range(_ part: Int, of parts: Int, rows: Int) -> Range<Int> {
    func start(_ part: Int) -> Int {
      part == parts ? rows : rows * part / parts / block * block
    }
    return start(part)..<start(part + 1)
  }

  /// Calls `body` once for each of 0..<count, on any of the threads, and returns when all are done.
  public func run(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1, let team else {
      for part in 0..<count { body(part) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var call = body
      withUnsafeMutablePointer(to: &call) { context in
        eau_team_run(
          team, count,
          { context, part in
            context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(part)
          }, context)
      }
    }
  }
}
