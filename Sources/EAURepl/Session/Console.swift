import Foundation
import Fusion

/// Where answers go and what the terminal can show.
///
/// Data go to stdout, messages to stderr. With `json`, stdout carries one object a command and
/// nothing else.
struct Console: Sendable {
  let environment: [String: String]
  let json: Bool
  let threads: Int
  private let colour: Bool

  init(environment: [String: String], json: Bool, colour: Bool, threads: Int) {
    self.environment = environment
    self.json = json
    self.colour = colour
    self.threads = threads
  }

  /// Asked anew for each answer: a terminal can be resized.
  func style(_ descriptor: Int32) -> TerminalStyle {
    var style = TerminalStyle.detect(descriptor: descriptor, environment: environment)
    if !colour { style.colour = .none }
    return style
  }

  func write(_ outcome: CommandOutcome) {
    if json {
      writeAll(outcome.json.text() + "\n", to: STDOUT_FILENO)
      return
    }
    switch outcome.result {
    case .success(let report):
      writeAll(
        TerminalRenderer(style: style(STDOUT_FILENO)).render(report), to: STDOUT_FILENO)
    case .failure(let failure):
      writeAll(failure.lines(style(STDERR_FILENO)), to: STDERR_FILENO)
    }
  }

  func message(_ text: String) {
    writeAll(printable(text) + "\n", to: STDERR_FILENO)
  }

  /// A monitor that draws a progress line on stderr and stops at ctrl-C.
  func monitored<Result>(_ work: (WorkMonitor, ProgressLine) throws -> Result) rethrows -> Result {
    let line = ProgressLine(style: style(STDERR_FILENO))
    defer { line.finish() }
    let monitor = WorkMonitor(
      threads: threads, report: { line.update($0, fraction: $1) },
      shouldStop: { Interrupt.isRequested })
    return try work(monitor, line)
  }
}
