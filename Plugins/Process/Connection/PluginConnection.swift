import Foundation
import ModalityKit
import Synchronization

/// The one way to a plugin in a process of its own, for all threads.
///
/// The process is started when it is first needed and again after it ended, hung or talked nonsense:
/// that costs the call during which it happened, and nothing else. What lives in the process is
/// known here by numbers that are never used twice, so that encoders and signals can be made anew.
final class PluginConnection: @unchecked Sendable {
  let name: String
  private let command: [String]
  private let limits: PluginLimits
  private let shouldStop: @Sendable () -> Bool
  private let lock = NSLock()
  private var running: RunningPlugin?
  private var kept: [String] = []
  private let lastNumber = Atomic<Int>(0)
  /// How often the process was ended during a call, and what that call was told last.
  private let failures = Atomic<Int>(0)
  private var lastFailure: EncoderError?
  /// With a lock of its own: an encoder or a signal may go while a conversation is held.
  private let unneeded = Mutex(Unneeded())

  private struct Unneeded {
    var encoders: [Int] = []
    var signals: [Int] = []
    /// Bytes the signals hold.
    var memory = 0

    /// Whether letting go is worth a conversation of its own.
    var isMuch: Bool { !encoders.isEmpty || signals.count >= 64 || memory >= 1 << 24 }
  }

  init(
    name: String, command: [String], limits: PluginLimits,
    shouldStop: @escaping @Sendable () -> Bool
  ) {
    self.name = name
    self.command = command
    self.limits = limits
    self.shouldStop = shouldStop
  }

  /// A name for something in the process.
  func number() -> Int { lastNumber.add(1, ordering: .relaxed).newValue }

  /// Lets an encoder go, before the next call.
  func forget(encoder: Int) { unneeded.withLock { $0.encoders.append(encoder) } }
  /// Lets a signal go, before one of the next calls.
  func forget(signal: Int, memory: Int) {
    unneeded.withLock {
      $0.signals.append(signal)
      $0.memory += memory
    }
  }

  /// What went wrong where no call could say so, each told once.
  func complaints() -> [String] {
    lock.withLock {
      defer { kept = [] }
      return kept
    }
  }

  /// Lets go what is not needed, so that faults in doing so are found now.
  func settle() { lock.withLock { letGo(all: true) } }

  /// A conversation that no other thread's comes between. An error that is not the plugin's own
  /// answer ends the process.
  func perform<Result>(
    _ body: (RunningPlugin) throws(EncoderError) -> Result
  ) throws(EncoderError) -> Result {
    let before = failures.load(ordering: .relaxed)
    lock.lock()
    defer { lock.unlock() }
    // Who waited for a call that failed need not wait as long for the next one to fail.
    if failures.load(ordering: .relaxed) != before, let lastFailure { throw lastFailure }
    if let running, !running.isAlive {
      kept.append("\(name) \(running.farewell) while it had nothing to do")
      self.running = nil
    }
    letGo()
    let plugin = try started()
    do throws(EncoderError) {
      return try body(plugin)
    } catch {
      if !plugin.isAlive {
        (running, lastFailure) = (nil, error)
        failures.add(1, ordering: .relaxed)
      }
      throw error
    }
  }

  private func started() throws(EncoderError) -> RunningPlugin {
    if let running { return running }
    let started = try RunningPlugin(
      name: name, command: command, limits: limits, shouldStop: shouldStop)
    running = started
    return started
  }

  /// In a conversation of its own, so that a fault in letting go is not blamed on what comes next.
  private func letGo(all: Bool = false) {
    let gone = unneeded.withLock { list in
      guard all || list.isMuch else { return Unneeded() }
      defer { list = Unneeded() }
      return list
    }
    guard let running else { return }
    do throws(EncoderError) {
      try running.release(gone.signals)
      for encoder in gone.encoders where running.encoders.contains(encoder) {
        try running.destroy(encoder)
      }
    } catch {
      kept.append("\(error.message), while it let go what was no longer needed")
    }
    if !running.isAlive { self.running = nil }
  }
}

/// What a plugin in a process of its own may use.
public struct PluginLimits: Sendable, Hashable {
  /// Seconds an answer may take; fitting, ten times that.
  public var seconds: Double
  /// Bytes of data the process may hold.
  public var memory: UInt64

  public init(seconds: Double = 20, memory: UInt64 = 4 << 30) {
    self.seconds = seconds
    self.memory = memory
  }
}
