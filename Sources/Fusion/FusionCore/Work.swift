import Foundation
import Synchronization

/// How long work speaks to whoever waits for it: a place to report progress to, and a way to stop.
public struct WorkMonitor: Sendable {
  /// Called now and then, from the calling thread, with what is being done and the share done.
  public let report: @Sendable (_ what: String, _ fraction: Double) -> Void
  /// Asked often; true ends the work with the error `stopped`, or training with the model so far.
  public let shouldStop: @Sendable () -> Bool

  public init(
    report: @escaping @Sendable (String, Double) -> Void = { _, _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.report = report
    self.shouldStop = shouldStop
  }

  public static let silent = WorkMonitor()
}

/// `transform` of 0..<count on all cores, results in order.
///
/// The first error (by index) is thrown after the running pieces end.
func parallelMap<Result: Sendable>(
  count: Int, _ what: String, monitor: WorkMonitor,
  _ transform: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
  // Blocks large enough to make locking rare, small enough to stop within a moment.
  let block = 8
  let blocks = (count + block - 1) / block
  let results = Mutex<[(index: Int, values: [Result])]>([])
  let failure = Mutex<(index: Int, error: any Error)?>(nil)
  let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
  for wave in stride(from: 0, to: blocks, by: width * 2) {
    if monitor.shouldStop() { throw FusionError.stopped }
    monitor.report(what, Double(wave * block) / Double(max(1, count)))
    DispatchQueue.concurrentPerform(iterations: min(width * 2, blocks - wave)) { piece in
      let start = (wave + piece) * block
      var values: [Result] = []
      for index in start..<min(start + block, count) {
        do {
          values.append(try transform(index))
        } catch {
          failure.withLock { if $0.map({ index < $0.index }) ?? true { $0 = (index, error) } }
          return
        }
      }
      results.withLock { $0.append((start, values)) }
    }
    if let found = failure.withLock({ $0 }) { throw found.error }
  }
  return results.withLock { $0.sorted { $0.index < $1.index }.flatMap(\.values) }
}
