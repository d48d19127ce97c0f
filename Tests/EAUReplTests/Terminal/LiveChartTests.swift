import Synchronization
import Testing

@testable import EAURepl

@Suite("live charts")
struct LiveChartTests {
  private static func losses(_ epochs: Int) -> CurveChart {
    CurveChart(
      title: "losses", xLabel: "epoch", x: (0..<epochs).map(Double.init),
      series: [.init("task", (0..<epochs).map { 5 - Double($0) / 4 })])
  }

  @Test func chartsLeaveTheLastColumnAndSomeLinesFree() {
    for style in [
      TerminalStyle(width: 40, height: 24), TerminalStyle(width: 200, height: 60, unicode: false),
      TerminalStyle(width: 80, height: 24, colour: .ansi256),
    ] {
      let lines = LiveCharts.lines([Self.losses(9)], style: style)
      #expect(lines.count > 6 && lines.count <= style.height - 6)
      #expect(lines.contains { $0.contains("losses") } && lines.contains { $0.contains("task") })
      if style.colour == .none {
        #expect(lines.allSatisfy { displayWidth($0) < style.width })
      }
    }
  }

  @Test func aLowTerminalOrOneEpochHasNone() {
    #expect(LiveCharts.lines([Self.losses(9)], style: TerminalStyle(height: 14)).isEmpty)
    #expect(LiveCharts.lines([Self.losses(1)], style: TerminalStyle()).isEmpty)
    #expect(LiveCharts.lines([], style: TerminalStyle()).isEmpty)
  }

  /// A screen of characters on which what is written is played.
  private struct Screen {
    var rows: [[Character]] = [[]]
    var (row, column) = (0, 0)

    mutating func play(_ text: String) {
      var rest = text.unicodeScalars[...]
      while let scalar = rest.popFirst() {
        switch scalar {
        case "\r": column = 0
        case "\n":
          row += 1
          if row == rows.count { rows.append([]) }
        case "\u{1B}":
          rest.removeFirst()
          let digits = rest.prefix { $0.properties.numericType != nil }
          rest = rest.dropFirst(digits.count)
          switch rest.removeFirst() {
          case "A": row -= Int(String(digits)) ?? 1
          case "K": rows[row] = Array(rows[row].prefix(column))
          default:
            rows[row] = Array(rows[row].prefix(column))
            rows.removeSubrange((row + 1)...)
          }
        default:
          while rows[row].count <= column { rows[row].append(" ") }
          rows[row][column] = Character(scalar)
          column += 1
        }
      }
    }

    var lines: [String] { rows.map { String($0) } }
  }

  @Test func theyAreRedrawnInPlaceAndGoneAtTheEnd() {
    let written = Mutex("")
    let time = Mutex(ContinuousClock.now)
    let style = TerminalStyle(width: 60, height: 30)
    let line = ProgressLine(
      style: style, isActive: true, showsCharts: true,
      write: { text in written.withLock { $0 += text } }, now: { time.withLock { $0 } })
    var screen = Screen()
    screen.play("eau> train\r\n")
    for epoch in 1...12 {
      // Work before the first epoch and between has no chart.
      if epoch == 1 || epoch == 7 {
        line.update("corrupting", fraction: 0.2)
      } else {
        line.update("epoch \(epoch)", fraction: 0.5, above: [Self.losses(epoch)])
      }
      screen.play(
        written.withLock { text in
          defer { text = "" }
          return text
        })
      time.withLock { $0 += .seconds(1) }
      #expect(screen.lines.first == "eau> train")
      let charts = screen.lines.count { $0 == "losses" }
      #expect(charts == (epoch == 1 || epoch == 7 ? 0 : 1), "\(screen.lines)")
      #expect(screen.lines.last?.hasPrefix("▕") == true)
    }
    line.finish()
    screen.play(written.withLock { $0 })
    #expect(screen.lines.filter { !$0.isEmpty } == ["eau> train"])
    #expect(screen.row == 1 && screen.column == 0)
  }

  @Test func withoutEscapeSequencesItStaysALine() {
    let written = Mutex("")
    let line = ProgressLine(
      style: TerminalStyle(), isActive: true,
      write: { text in written.withLock { $0 += text } }, now: { ContinuousClock.now })
    line.update("epoch 5", above: [Self.losses(5)])
    #expect(written.withLock { $0 } == "\repoch 5")
  }
}
