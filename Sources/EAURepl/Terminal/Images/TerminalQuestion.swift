import Foundation

/// Asks the terminal itself, and keeps its answer away from whoever reads lines.
enum TerminalQuestion {
  /// How long an answer may take, in milliseconds.
  static let limit = 200
  /// No answer is longer.
  private static let longestAnswer = 4096

  /// - Parameters:
  ///   - question: escape sequences.
  ///   - isComplete: whether what has come is all.
  /// - Returns: what came within the time; nil when it could not be asked: stdin or stdout is no
  ///   terminal, is not ours now, or keys are waiting to be read.
  static func ask(_ question: String, until isComplete: (String) -> Bool) -> String? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
      tcgetpgrp(STDIN_FILENO) == getpgrp(), !waits(0)
    else { return nil }
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var raw = before
    // Ctrl-C stays a signal.
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON)
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { return nil }
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
    // What was typed before the change of mode is waiting now.
    guard !waits(0) else { return nil }
    writeAll(question, to: STDOUT_FILENO)
    return read(until: isComplete)
  }

  private static func read(until isComplete: (String) -> Bool) -> String {
    var answer: [UInt8] = []
    let start = ContinuousClock.now
    while answer.count < longestAnswer, !isComplete(String(decoding: answer, as: UTF8.self)) {
      let spent = (ContinuousClock.now - start) / .milliseconds(1)
      guard spent < Double(limit), waits(Int32(Double(limit) - spent)) else { break }
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = Foundation.read(STDIN_FILENO, &bytes, bytes.count)
      guard count > 0 else { break }
      answer += bytes.prefix(count)
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Whether something can be read within so many milliseconds.
  private static func waits(_ milliseconds: Int32) -> Bool {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0 && request.revents & Int16(POLLIN) != 0
  }
}
