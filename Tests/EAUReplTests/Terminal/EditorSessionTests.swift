import Foundation
import Testing

@testable import EAURepl

/// The line editor in the program itself, under a pseudo-terminal.
@Suite("line editor", .enabled(if: PseudoTerminal.program != nil))
struct EditorSessionTests {
  /// Runs the steps between the first prompt and ctrl-D.
  /// - Returns: the result, and the history file's lines and permissions afterwards.
  private func session(
    _ steps: [JSONValue]
  ) throws -> (result: JSONValue, history: [String], mode: Int?) {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "eau-editor-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let history = folder.appending(path: "state/history")
    let result = try PseudoTerminal.run(
      [try #require(PseudoTerminal.program)],
      environment: [
        "TERM": "xterm-256color", "LANG": nil, "LC_ALL": nil, "LC_CTYPE": nil,
        "EAU_HISTORY": .string(history.path), "HOME": .string(folder.path),
      ],
      steps: [["expect": "eau> "]] + steps + [["key": "ctrl-d"], ["exit": 0]])
    let text = (try? String(contentsOf: history, encoding: .utf8)) ?? ""
    let attributes = try? FileManager.default.attributesOfItem(atPath: history.path)
    let mode = attributes?[.posixPermissions] as? Int
    // The first line is libedit's own mark.
    return (result, text.split(separator: "\n").dropFirst().map(String.init), mode)
  }

  @Test func controlCThrowsTheLineAwayAndTheSessionGoesOn() throws {
    let (result, history, _) = try session([
      ["send": "half a line"], ["key": "ctrl-c"], ["expect": "\\^C\\n+eau> "], ["line": "nosuch"],
      ["expect": "eau> "],
    ])
    #expect(result["ok"] == true, "\(result.text())")
    #expect(history == ["nosuch"])
  }

  @Test func historyIsKeptPrivatelyAndWithoutTraceOfBlankLines() throws {
    let (result, history, mode) = try session([
      ["line": "first"], ["expect": "eau> "], ["line": " second"], ["expect": "eau> "],
      ["line": ""], ["expect": "eau> "], ["line": "first"], ["expect": "eau> "],
      ["line": "third"], ["expect": "eau> "],
    ])
    #expect(result["ok"] == true, "\(result.text())")
    #expect(history == ["first", "third"])
    #expect(mode == 0o600)
  }

  @Test func tabCompletesTheVerb() throws {
    let (result, history, _) = try session([
      ["send": "weig"], ["key": "tab"], ["key": "enter"], ["expect": "eau> "],
    ])
    #expect(result["ok"] == true, "\(result.text())")
    // libedit writes the blank behind the word as \040.
    #expect(history == ["weights\\040"])
  }

  @Test func keysOfOtherScriptsArriveUnderTheCLocale() throws {
    let (result, history, _) = try session([
      ["line": "données日本"], ["expect": "eau> "], ["key": "up"], ["key": "home"], ["send": "x"],
      ["key": "end"], ["line": "!"], ["expect": "eau> "],
    ])
    #expect(result["ok"] == true, "\(result.text())")
    #expect(history == ["données日本", "xdonnées日本!"])
  }

  @Test func controlRFindsAnEarlierLine() throws {
    let (result, history, _) = try session([
      ["line": "alpha one"], ["expect": "eau> "], ["line": "beta two"], ["expect": "eau> "],
      ["key": "ctrl-r"], ["send": "pha"], ["key": "enter"], ["expect": "eau> "],
    ])
    #expect(result["ok"] == true, "\(result.text())")
    #expect(history == ["alpha\\040one", "beta\\040two", "alpha\\040one"])
  }

  @Test func aSignalFromOutsideEndsNothing() throws {
    let (result, history, _) = try session([
      ["send": "half"], ["pause": 0.1], ["signal": "INT"], ["expect": "eau> "],
      ["line": "after"], ["expect": "eau> "],
    ])
    #expect(result["ok"] == true, "\(result.text())")
    #expect(history == ["after"])
  }
}
