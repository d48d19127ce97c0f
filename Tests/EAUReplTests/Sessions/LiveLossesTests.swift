import Foundation
import Testing

@testable import EAURepl

/// The losses of a training that goes on, at a terminal.
@Suite("live losses", .enabled(if: EauProcess.isBuilt))
struct LiveLossesTests {
  private func train(_ terminal: String, stopping: Bool = false) throws -> String {
    let workspace = try Workspace()
    let training: [JSONValue] =
      stopping
      ? [
        ["line": "train epochs=2000"], ["expect": "loss terms"], ["key": "ctrl-c"],
        ["expect": "stopped early"],
      ] : [["line": "train epochs=300"], ["expect": "trained calibrated"]]
    let result = try PseudoTerminal.run(
      [try #require(PseudoTerminal.program), "--open", "demo"],
      environment: [
        "TERM": .string(terminal), "LANG": "C.UTF-8", "LC_ALL": nil, "COLUMNS": nil,
        "LINES": nil, "NO_COLOR": "1", "HOME": .string(workspace.folder.path), "EAU_HISTORY": "",
      ], size: (40, 80), timeout: 60,
      steps: [["expect": "eau> "]] + training
        + [["expect": "eau> "], ["line": "plot losses"], ["expect": "epochs"], ["expect": "eau> "]]
        + [["key": "ctrl-d"], ["exit": 0]])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    return try #require(result["raw"]?.string)
  }

  /// `ESC [ n A`: up, to draw over what stands there.
  private static func redraws(_ raw: String) -> Int {
    raw.matches(of: #/\x1B\[[0-9]+A/#).count
  }

  @Test func aChartIsRedrawnInPlaceAndErased() throws {
    let raw = try train("xterm-256color")
    #expect(Self.redraws(raw) > 1)
    // The last move up to the chart's first line, before judging and the answer, is for erasing it.
    let end = try #require(raw.range(of: "trained calibrated"))
    let moves = raw[..<end.lowerBound].matches(of: #/\x1B\[[0-9]+A(\x1B\[J)?/#)
    #expect(try #require(moves.last).1 != nil)
  }

  @Test func controlCStopsAtOnceAndErasesToo() throws {
    let raw = try train("xterm-256color", stopping: true)
    let end = try #require(raw.range(of: "trained calibrated"))
    #expect(raw[..<end.lowerBound].hasSuffix("A\u{1B}[J"))
  }

  @Test func aTerminalWithoutEscapeSequencesKeepsTheLine() throws {
    let raw = try train("dumb")
    #expect(Self.redraws(raw) == 0)
    #expect(raw.contains("epoch") && !raw.contains("\u{1B}[J"))
  }
}
