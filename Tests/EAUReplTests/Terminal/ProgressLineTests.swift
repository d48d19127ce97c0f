import Synchronization
import Testing

@testable import EAURepl

@Suite("progress line")
struct ProgressLineTests {
  /// What was written, and a clock that goes only when it is told to.
  private final class Screen: Sendable {
    let written = Mutex<[String]>([])
    let time = Mutex(ContinuousClock.now)

    func line(_ style: TerminalStyle, isActive: Bool = true) -> ProgressLine {
      ProgressLine(
        style: style, isActive: isActive,
        write: { text in self.written.withLock { $0.append(text) } },
        now: { self.time.withLock { $0 } })
    }

    func pass(_ duration: Duration) { time.withLock { $0 += duration } }
    var texts: [String] { written.withLock { $0 } }
  }

  @Test func drawsAtMostTenTimesASecond() {
    let screen = Screen()
    let line = screen.line(TerminalStyle())
    for step in 0..<100 {
      line.update("step \(step)")
      screen.pass(.milliseconds(10))
    }
    #expect(screen.texts.count == 10)
    #expect(screen.texts.first == "\rstep 0")
    #expect(screen.texts.last == "\rstep 90")
  }

  @Test func erasesWhatItDrew() {
    let screen = Screen()
    let line = screen.line(TerminalStyle())
    line.update("long text")
    screen.pass(.seconds(1))
    line.update("short")
    line.finish()
    line.finish()
    #expect(
      screen.texts == [
        "\rlong text", "\rshort    \rshort", "\r" + String(repeating: " ", count: 7) + "\r",
      ])
  }

  @Test func isSilentWithoutATerminal() {
    let screen = Screen()
    let line = screen.line(TerminalStyle(), isActive: false)
    line.update("text", fraction: 0.5)
    line.finish()
    #expect(screen.texts.isEmpty)
  }

  @Test func showsTheFraction() {
    let wide = TerminalStyle(width: 80)
    #expect(
      ProgressLine.line("train", fraction: 0.525, style: wide)
        == "▕██████████▌         ▏  52 % train")
    let ascii = TerminalStyle(width: 80, unicode: false)
    #expect(
      ProgressLine.line("train", fraction: 2, style: ascii) == "|####################| 100 % train")
    #expect(ProgressLine.line("train", fraction: .nan, style: wide) == "train")
    let narrow = TerminalStyle(width: 20)
    let cut = ProgressLine.line(
      "a\u{1B}[2J" + String(repeating: "x", count: 90), fraction: 0, style: narrow)
    #expect(displayWidth(cut) == 17)
    #expect(cut == "▕     ▏   0 % a␛…")
  }
}
