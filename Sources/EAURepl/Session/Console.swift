import Foundation
import Fusion

/// Where answers go and what the terminal can show.
///
/// Data go to stdout, messages to stderr.
struct Console: Sendable {
  let environment: [String: String]
  let threads: Int
  private let colour: Bool
  let images: ImageSupport

  init(environment: [String: String], colour: Bool, threads: Int) {
    self.environment = environment
    self.colour = colour
    self.threads = threads
    images = ImageSupport(environment: environment)
  }

  /// Asked anew for each answer: a terminal can be resized.
  func style(_ descriptor: Int32) -> TerminalStyle {
    var style = TerminalStyle.detect(descriptor: descriptor, environment: environment)
    if !colour { style.colour = .none }
    return style
  }

  /// - Parameter isFirst: no blank line then sets it off from an answer before.
  /// - Returns: an error when stdout takes no more.
  func write(
    _ outcome: CommandOutcome, _ mode: OutputMode, isFirst: Bool = true
  ) -> CommandError? {
    func show(_ report: Report) -> Bool {
      let style = style(STDOUT_FILENO)
      var text =
        mode == .table
        ? TerminalRenderer(style: style).text(report)
        : mode.text(of: report, command: outcome.command, style: style)
      if mode.isSetOff && !isFirst && !text.isEmpty { text = "\n" + text }
      return writeAll(isatty(STDOUT_FILENO) == 1 ? mode.harmless(text) : text, to: STDOUT_FILENO)
    }
    var isWritten = true
    switch outcome.result {
    case .success(let report): isWritten = show(report)
    case .failure where mode.isJSON:
      let json = outcome.json
      isWritten = writeAll(
        (mode == .json ? json.indented() : json.text()) + "\n", to: STDOUT_FILENO)
    case .failure(let failure):
      if let report = failure.report { isWritten = show(report) }
      self.show(failure)
    }
    return isWritten ? nil : AtomicFile.refusal("the answer to stdout")
  }

  /// On stderr.
  func show(_ failure: Failure) {
    writeAll(failure.lines(style(STDERR_FILENO)), to: STDERR_FILENO)
  }

  func message(_ text: String) {
    writeAll(printable(text) + "\n", to: STDERR_FILENO)
  }

  /// A monitor that draws a progress line on stderr and stops at ctrl-C.
  func monitored<Result>(_ work: (WorkMonitor, ProgressLine) throws -> Result) rethrows -> Result {
    let terminal = environment["TERM"] ?? ""
    let line = ProgressLine(
      style: style(STDERR_FILENO), showsCharts: !terminal.isEmpty && terminal != "dumb")
    defer { line.finish() }
    let monitor = WorkMonitor(
      threads: threads, report: { line.update($0, fraction: $1) },
      shouldStop: { Interrupt.isRequested })
    return try work(monitor, line)
  }
}
