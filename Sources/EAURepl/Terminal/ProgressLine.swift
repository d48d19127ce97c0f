import Foundation
import Synchronization

/// One line on stderr that tells how far a command is, and is gone when the command ends. On a
/// terminal that knows escape sequences it may carry charts above it, redrawn in place.
///
/// Nothing is written unless stderr is a terminal. The line is redrawn at most ten times a second,
/// so `update` may be called from the innermost loop, and from any thread.
final class ProgressLine: Sendable {
  private struct State {
    var lastDrawn: ContinuousClock.Instant?
    /// Columns on the screen now; 0 when the line is blank.
    var columns = 0
    /// Lines of charts above it.
    var rows = 0
  }

  private let style: TerminalStyle
  private let isActive: Bool
  private let showsCharts: Bool
  private let write: @Sendable (String) -> Void
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  static let interval = Duration.milliseconds(100)

  /// - Parameter showsCharts: whether the terminal knows escape sequences.
  convenience init(style: TerminalStyle, showsCharts: Bool = false) {
    self.init(
      style: style, isActive: isatty(STDERR_FILENO) == 1, showsCharts: showsCharts,
      write: { writeAll($0, to: STDERR_FILENO) }, now: { ContinuousClock.now })
  }

  /// With the terminal and the clock given.
  init(
    style: TerminalStyle, isActive: Bool, showsCharts: Bool = false,
    write: @escaping @Sendable (String) -> Void,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.style = style
    self.isActive = isActive
    self.showsCharts = showsCharts
    self.write = write
    self.now = now
  }

  deinit { finish() }

  /// - Parameters:
  ///   - text: what is being done; cut to the terminal's width.
  ///   - fraction: how much of it is done, 0...1; nil when nobody knows.
  ///   - charts: drawn above the line where there is room; asked for only when it is time to draw.
  func update(
    _ text: String, fraction: Double? = nil, above charts: @autoclosure () -> [CurveChart] = []
  ) {
    guard isActive else { return }
    state.withLock { state in
      let time = now()
      if let last = state.lastDrawn, last.duration(to: time) < Self.interval { return }
      state.lastDrawn = time
      let line = Self.line(text, fraction: fraction, style: style)
      let columns = displayWidth(line)
      let drawn = showsCharts ? LiveCharts.lines(charts(), style: style) : []
      if !drawn.isEmpty || state.rows > 0 {
        // Each line is cleared behind its end, not before: nothing flickers.
        let lines = drawn.map { $0 + "\u{1B}[K\r\n" }.joined()
        write(Self.up(state.rows) + lines + line + "\u{1B}[J")
        (state.columns, state.rows) = (columns, drawn.count)
        return
      }
      // Blanks over the rest of the old line: works on terminals that know no escape sequence.
      let rest = String(repeating: " ", count: max(0, state.columns - columns))
      write("\r" + line + rest + (rest.isEmpty ? "" : "\r" + line))
      state.columns = columns
    }
  }

  /// Erases the line. A later `update` begins a new one.
  func finish() {
    guard isActive else { return }
    state.withLock { state in
      guard state.columns > 0 else { return }
      if state.rows > 0 {
        write(Self.up(state.rows) + "\u{1B}[J")
        state = State()
        return
      }
      // Two more for the "^C" that the terminal echoes behind the line.
      let columns = min(state.columns + 2, style.width - 1)
      write("\r" + String(repeating: " ", count: columns) + "\r")
      state = State()
    }
  }

  /// To the beginning of the line so many lines above.
  private static func up(_ rows: Int) -> String { rows > 0 ? "\r\u{1B}[\(rows)A" : "\r" }

  /// `[#####     ]  50 % text`, one column short of the width: the last one would wrap.
  static func line(_ text: String, fraction: Double?, style: TerminalStyle) -> String {
    var line = ""
    if let fraction, fraction.isFinite {
      let sheet = Sheet(style: style)
      let share = min(max(fraction, 0), 1)
      let cells = min(20, style.width / 4)
      let percent = String(Int((share * 100).rounded(.down)))
      let glyphs = sheet.glyphs
      line += glyphs.barStart + sheet.partialBar(share * Double(cells), cells: cells)
      line += glyphs.barEnd + " " + percent.leftPadded(to: 3) + " % "
    }
    line += Sheet(style: style).clean(text)
    // Room for the terminal's echo of ctrl-C, which must not wrap: what wraps cannot be erased.
    return truncated(line, to: style.width - 3, ellipsis: style.unicode ? "…" : "...")
  }
}
