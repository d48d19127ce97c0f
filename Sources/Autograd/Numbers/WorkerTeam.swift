import Kernels

/// Threads that share one piece of work after another: the rows of a batch, the blocks of a
/// parameter. Between two pieces they spin for some microseconds, then park.
///
/// Every number is computed whole by one thread, in the order one thread alone would take, so the
/// team's size changes no result by more than what BLAS makes of blocks of another size. One piece
/// at a time: a team belongs to one training.
public final class WorkerTeam {
  /// The caller among them.
  public let threads: Int
  private let team: OpaquePointer?

  /// - Parameter threads: at least 1; a team of one has no threads of its own.
  public init(threads: Int = 1) {
    self.threads = max(1, threads)
    team = threads > 1 ? eau_team_create(threads) : nil
  }

  deinit { eau_team_destroy(team) }

  /// Into how many parts so many rows are cut: a part of less than eight rows is not worth a thread.
  func parts(ofRows rows: Int) -> Int { min(threads, max(1, rows / 8)) }

  /// The rows of part `part` of `parts`.
  static func range(_ part: Int, of parts: Int, rows: Int) -> Range<Int> {
    rows * part / parts..<rows * (part + 1) / parts
  }

  /// Calls `body` once for each of 0..<count, on any of the threads, and returns when all are done.
  func run(_ count: Int, _ body: (Int) -> Void) {
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
