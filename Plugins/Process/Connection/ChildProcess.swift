import Foundation
import ProcessSpawn

/// A program in a process and a process group of its own. Its standard input and output are one
/// socket; what it writes to standard error is kept for error messages.
///
/// Used under its owner's lock.
final class ChildProcess {
  enum Ending: Error, Equatable {
    /// "ended with status 3", "was ended by signal 11 (Segmentation fault)".
    case ended(String)
    case tookTooLong
    case stopped
    case notStarted(String)
    /// It wrote something that is no answer.
    case babbled(MessageBuffer.Fault?)
  }

  private let pid: pid_t
  private let socket: Int32
  private let errors: Int32
  private var tail: [UInt8] = []
  private var isReaped = false
  /// How it ended; nil before that is known.
  private(set) var ending: String?
  private var isClosed = false

  private static let tailLimit = 4096

  /// - Parameters:
  ///   - command: the program, looked for in PATH if its name has no slash, and its arguments.
  ///   - memory: bytes of data it may hold.
  init(_ command: [String], memory: UInt64) throws(Ending) {
    var (started, socket, errors): (pid_t, Int32, Int32) = (0, -1, -1)
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let status = eau_process_spawn(&arguments, memory, &started, &socket, &errors)
    guard status == 0 else {
      throw .notStarted("\(command.first ?? ""): \(String(cString: strerror(status)))")
    }
    (pid, self.socket, self.errors) = (started, socket, errors)
  }

  deinit { end() }

  /// Whether it still runs; what it left behind is collected.
  var isRunning: Bool { !isReaped && reap(WNOHANG) == nil }

  /// Sends all of `bytes`. One that does not listen any more may have left an answer: that is for
  /// `receive` to find out.
  func send(_ bytes: [UInt8], until deadline: Deadline) throws(Ending) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        eau_process_send(socket, $0.baseAddress.map { $0 + sent }, bytes.count - sent)
      }
      if count > 0 {
        sent += count
      } else if count < 0, errno == EAGAIN {
        try wait(for: Int16(POLLOUT), until: deadline)
      } else if count < 0, errno != EINTR {
        return
      }
    }
  }

  /// Receives what is there, at least one byte.
  func receive(into buffer: inout MessageBuffer, until deadline: Deadline) throws(Ending) {
    while true {
      let room = 1 << 16
      let count = withUnsafeTemporaryAllocation(byteCount: room, alignment: 16) { place in
        let count = eau_process_receive_soon(socket, place.baseAddress, room)
        if count > 0 { buffer.append(UnsafeRawBufferPointer(rebasing: place[..<count])) }
        return count
      }
      if count > 0 { return }
      if count == 0 { throw ended() }
      switch errno {
      case EAGAIN: try wait(for: Int16(POLLIN), until: deadline)
      case EINTR: break
      default: throw ended()
      }
    }
  }

  /// Waits until the socket is ready, and meanwhile takes what comes on standard error.
  private func wait(for events: Int16, until deadline: Deadline) throws(Ending) {
    while true {
      var polled = [
        pollfd(fd: socket, events: events, revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      ]
      // Short, so that a wish to stop is seen.
      let ready = poll(&polled, 2, 50)
      if polled[1].revents & Int16(POLLIN) != 0 { drainErrors() }
      if ready > 0, polled[0].revents != 0 { return }
      // The other end of standard error may be closed for good: no reason to spin.
      if ready > 0, polled[1].revents & Int16(POLLIN) == 0 { usleep(1000) }
      if deadline.shouldStop() { throw .stopped }
      if deadline.isPast { throw .tookTooLong }
    }
  }

  private func drainErrors() {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { place in
      // Bounded: one that never stops writing must not hold us here.
      for _ in 0..<64 {
        let count = read(errors, place.baseAddress, 4096)
        guard count > 0 else { return }
        tail.append(contentsOf: place[..<count])
        if tail.count > Self.tailLimit { tail.removeFirst(tail.count - Self.tailLimit) }
      }
    }
  }

  /// The last line it wrote to standard error, if any.
  var lastWords: String? {
    drainErrors()
    return String(decoding: tail, as: UTF8.self).split(whereSeparator: \.isNewline)
      .last { !$0.allSatisfy(\.isWhitespace) }.map { String($0.prefix(200)) }
  }

  /// It closed its end: how it ended, once it has.
  private func ended() -> Ending {
    for _ in 0..<100 {
      if let text = reap(WNOHANG) { return .ended(text) }
      usleep(2000)
    }
    end()
    return .ended("closed its output")
  }

  /// How it ended; nil while it runs. Collected once, after all it started was ended: until then its
  /// number cannot be another's.
  private func reap(_ options: Int32) -> String? {
    guard !isReaped else { return ending }
    var info = siginfo_t()
    let found = waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT | options)
    guard found != 0 || info.si_signo == SIGCHLD else { return nil }
    kill(-pid, SIGKILL)
    var status: Int32 = 0
    _ = waitpid(pid, &status, 0)
    isReaped = true
    let signal = status & 0x7F
    ending =
      signal == 0
      ? "ended with status \(status >> 8 & 0xFF)"
      : "was ended by signal \(signal) (\(strsignal(signal).map { String(cString: $0) } ?? "?"))"
    return ending
  }

  /// Ends it and all it started, at once.
  func end() {
    guard !isClosed else { return }
    isClosed = true
    if !isReaped {
      kill(-pid, SIGKILL)
      kill(pid, SIGKILL)
      _ = reap(0)
    }
    close(socket)
    close(errors)
  }
}

/// Until when an answer is waited for.
struct Deadline {
  private let instant: ContinuousClock.Instant
  let shouldStop: @Sendable () -> Bool

  init(seconds: Double, shouldStop: @escaping @Sendable () -> Bool) {
    instant = .now + .seconds(seconds)
    self.shouldStop = shouldStop
  }

  var isPast: Bool { ContinuousClock.now > instant }
}
