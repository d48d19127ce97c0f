import Foundation
import Synchronization

/// How long work speaks to whoever waits for it: a place to report progress to, a way to stop, and
/// how many threads it may use.
public struct WorkMonitor: Sendable {
  /// Called now and then, from any thread, with what is being done and the share done.
  public let report: @Sendable (_ what: String, _ fraction: Double) -> Void
  /// Asked often; true ends the work with the error `stopped`, or training with the model so far.
  public let shouldStop: @Sendable () -> Bool
  public let threads: Int

  public init(
    threads: Int = ProcessInfo.processInfo.activeProcessorCount,
    report: @escaping @Sendable (String, Double) -> Void = { _, _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.threads = max(1, threads)
    self.report = report
    self.shouldStop = shouldStop
  }

  public static let silent = WorkMonitor()

  /// For work on `range` of `count` steps: reports the share of all of them.
  func part(_ range: Range<Int>, of count: Int) -> WorkMonitor {
    let (first, length, all) = (Double(range.lowerBound), Double(range.count), Double(count))
    let report = self.report
    return WorkMonitor(
      threads: threads, report: { report($0, (first + $1 * length) / all) },
      shouldStop: shouldStop)
  }

  /// The same threads and stop, reporting nothing: for work inside work that reports.
  public var quiet: WorkMonitor { WorkMonitor(threads: threads, shouldStop: shouldStop) }
}

/// `transform` of 0..<count on the monitor's threads, results in order: the same at any number of
/// threads. Of several errors the one with the smallest index that was met is thrown.
func parallelMap<Result: Sendable>(
  count: Int, _ what: String, monitor: WorkMonitor,
  _ transform: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
  let done = Mutex<[(index: Int, values: [Result])]>([])
  let failure = Mutex<(index: Int, error: any Error)?>(nil)
  let next = Atomic<Int>(0)
  // Blocks large enough to make locking rare, small enough to stop within a moment.
  let block = 8
  DispatchQueue.concurrentPerform(iterations: min(monitor.threads, max(1, count / block))) { _ in
    while true {
      let start = next.add(block, ordering: .relaxed).oldValue
      guard start < count, failure.withLock({ $0 == nil }), !monitor.shouldStop() else { return }
      monitor.report(what, Double(start) / Double(count))
      var values: [Result] = []
      values.reserveCapacity(block)
      for index in start..<min(start + block, count) {
        do {
          values.append(try transform(index))
        } catch {
          failure.withLock { if $0.map({ index < $0.index }) ?? true { $0 = (index, error) } }
          return
        }
      }
      done.withLock { $0.append((start, values)) }
    }
  }
  if let found = failure.withLock({ $0 }) { throw found.error }
  let results = done.withLock { $0.sorted { $0.index < $1.index }.flatMap(\.values) }
  guard results.count == count else { throw FusionError.stopped }
  return results
}

/// `transform` of 0..<count as `parallelMap` has it, some hundreds at a time, each of which are handed to
/// `body` in order and let go.
func forEachBlock<Result: Sendable>(
  count: Int, _ what: String, monitor: WorkMonitor,
  _ transform: @escaping @Sendable (Int) throws -> Result, body: ([Result]) throws -> Void
) throws {
  // Many enough that the threads seldom wait for each other.
  let size = 512
  for start in stride(from: 0, to: count, by: size) {
    let block = start..<min(start + size, count)
    try body(
      try parallelMap(count: block.count, what, monitor: monitor.part(block, of: count)) {
        try transform(block.lowerBound + $0)
      })
  }
}
