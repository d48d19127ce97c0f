import Foundation

/// This process's time and memory.
enum Clock {
  /// Seconds since some moment.
  static func wall() -> Double { now(CLOCK_MONOTONIC) }

  /// CPU seconds of this process, all threads together.
  static func own() -> Double { now(CLOCK_PROCESS_CPUTIME_ID) }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  static func secondsOnce(_ work: () throws -> Void) rethrows -> Double {
    let start = own()
    try work()
    return own() - start
  }

  /// CPU seconds of one of many repetitions: the median of seven stretches of a fifth of a second,
  /// after one that does not count.
  static func seconds(of work: () -> Void) -> Double {
    let stretches = (0..<8).map { _ in
      let start = own()
      var (count, elapsed) = (0.0, 0.0)
      repeat {
        work()
        count += 1
        elapsed = own() - start
      } while elapsed < 0.2
      return elapsed / count
    }
    return stretches.dropFirst().sorted()[3]
  }

  /// The most memory this process has held so far, MiB.
  static var peakMemory: Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
