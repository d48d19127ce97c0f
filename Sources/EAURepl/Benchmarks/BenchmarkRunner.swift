import Dispatch
import Fusion
import ModalityKit
import Synchronization

/// Runs a benchmark's trainings on all threads, keeps every score as soon as it is there, and goes
/// on where an earlier run stopped.
struct BenchmarkRunner {
  let suite: BenchmarkSuite
  let methods: [BenchmarkMethod]
  let protocols: [BenchmarkProtocol]
  let seeds: [UInt64]
  let judgesValidation: Bool
  let core: FusionCore
  /// What `use` chose; other modalities have their default.
  let chosen: [(modality: String, encoder: any ErasedEncoder)]
  let log: BenchmarkLog

  /// Data of one seed and fold, and the methods not scored on it yet.
  private struct Group {
    let seed: UInt64
    let fold: Int
    let methods: [BenchmarkMethod]
  }

  func run(_ console: Console) throws -> [BenchmarkRecord] {
    let groups = seeds.flatMap { seed in
      (0..<suite.folds).map { fold in
        Group(
          seed: seed, fold: fold,
          methods: methods.filter { !log.has($0, seed: seed, fold: fold, protocols) })
      }
    }.filter { !$0.methods.isEmpty }
    try console.monitored { monitor, line in
      let clock = BenchmarkClock(trainings: groups.reduce(0) { $0 + $1.methods.count }, line: line)
      let failure = Mutex<(any Error)?>(nil)
      let next = Atomic<Int>(0)
      let inner = WorkMonitor(threads: 1, shouldStop: monitor.shouldStop)
      let workers = max(1, min(monitor.threads, groups.count))
      DispatchQueue.concurrentPerform(iterations: workers) { _ in
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < groups.count, failure.withLock({ $0 == nil }), !monitor.shouldStop()
          else { return }
          do {
            try run(groups[index], inner, console, clock)
          } catch {
            failure.withLock { $0 = $0 ?? error }
          }
        }
      }
      if monitor.shouldStop() { throw CommandError.benchmarkStopped }
      if let error = failure.withLock({ $0 }) { throw error }
    }
    return log.records(of: methods, protocols)
  }

  private func run(
    _ group: Group, _ monitor: WorkMonitor, _ console: Console, _ clock: BenchmarkClock
  ) throws {
    let dataset = try suite.dataset(
      seed: group.seed, fold: group.fold, judgesValidation: judgesValidation, console)
    let encoders = try core.encoders(for: dataset, chosen: chosen)
    let data = try core.encode(dataset, encoders: encoders, monitor: monitor)
    let banks = CorruptionBanks()
    for method in group.methods {
      let task = BenchmarkTask(method: method, seed: group.seed, fold: group.fold)
      let records = try task.run(
        on: data, banks: banks, split: judgesValidation ? .validation : .test,
        protocols: protocols, monitor: monitor)
      try log.append(records, of: method)
      clock.finished("\(method.name), seed \(group.seed)")
    }
  }
}

extension CommandError {
  static let benchmarkStopped = CommandError(
    "stopped", "stopped", hint: "the same command goes on from here")
}

/// Progress and the time that is left.
private final class BenchmarkClock: Sendable {
  private let trainings: Int
  private let line: ProgressLine
  private let start = ContinuousClock.now
  private let done = Atomic<Int>(0)

  init(trainings: Int, line: ProgressLine) {
    self.trainings = trainings
    self.line = line
    line.update("0 of \(trainings) trainings", fraction: 0)
  }

  func finished(_ what: String) {
    let count = done.add(1, ordering: .relaxed).newValue
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let left = Int(elapsed / Double(count) * Double(trainings - count))
    let minutes = left >= 60 ? "\(left / 60) min " : ""
    line.update(
      "\(count) of \(trainings) trainings, \(minutes)\(left % 60) s left (\(what))",
      fraction: Double(count) / Double(max(1, trainings)))
  }
}
