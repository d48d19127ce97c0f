import Testing

@testable import EAURepl

@Suite("terminal style")
struct TerminalStyleTests {
  private func style(
    _ environment: [String: String], terminal: Bool = true, size: (Int, Int)? = (100, 40)
  ) -> TerminalStyle {
    TerminalStyle.detect(isTerminal: terminal, size: size, environment: environment)
  }

  @Test func size() {
    #expect(style([:]).width == 100)
    #expect(style([:]).height == 40)
    #expect(style([:], size: nil) == TerminalStyle(width: 80, height: 24, unicode: false))
    #expect(style(["COLUMNS": "132", "LINES": "50"]).width == 132)
    #expect(style(["COLUMNS": "132", "LINES": "50"]).height == 50)
    #expect(style(["COLUMNS": "x"]).width == 100)
    #expect(style(["COLUMNS": "-5"]).width == 100)
    #expect(style(["COLUMNS": "3"]).width == 20)
    #expect(style(["COLUMNS": "99999999"]).width == 1000)
  }

  @Test(
    arguments: [
      (["TERM": "xterm"], true, ColourLevel.ansi16),
      (["TERM": "xterm-256color"], true, .ansi256),
      (["TERM": "xterm-256color", "COLORTERM": "truecolor"], true, .trueColour),
      (["TERM": "xterm", "COLORTERM": "24bit"], true, .trueColour),
      (["TERM": "dumb", "COLORTERM": "truecolor"], true, .none),
      ([:], true, .none),
      (["TERM": "xterm-256color"], false, .none),
      (["TERM": "xterm", "NO_COLOR": "1"], true, .none),
      (["TERM": "xterm", "NO_COLOR": ""], true, .ansi16),
      (["TERM": "xterm", "CLICOLOR": "0"], true, .none),
      (["TERM": "xterm-256color", "CLICOLOR_FORCE": "1"], false, .ansi256),
      (["CLICOLOR_FORCE": "1"], false, .ansi16),
      (["TERM": "xterm", "CLICOLOR_FORCE": "0"], false, .none),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, .none),
    ])
  func colour(_ environment: [String: String], _ terminal: Bool, _ level: ColourLevel) {
    #expect(style(environment, terminal: terminal).colour == level)
  }

  @Test(
    arguments: [
      (["LANG": "en_US.UTF-8"], true), (["LANG": "C.utf8"], true), ([:], false),
      (["LANG": "C"], false), (["LC_ALL": "C", "LANG": "en_US.UTF-8"], false),
      (["LC_ALL": "", "LC_CTYPE": "de_DE.utf-8", "LANG": "C"], true),
    ])
  func unicode(_ environment: [String: String], _ expected: Bool) {
    #expect(style(environment).unicode == expected)
  }

  @Test func historyFile() {
    #expect(EditedLines.defaultHistoryFile(environment: ["EAU_HISTORY": "/x/h"]) == "/x/h")
    #expect(EditedLines.defaultHistoryFile(environment: ["EAU_HISTORY": "", "HOME": "/h"]) == nil)
    #expect(
      EditedLines.defaultHistoryFile(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"])
        == "/s/eau/history")
    #expect(
      EditedLines.defaultHistoryFile(environment: ["HOME": "/h"])
        == "/h/.local/state/eau/history")
    #expect(EditedLines.defaultHistoryFile(environment: [:]) == nil)
  }
}
