import Foundation
import Testing

@testable import EAURepl

/// `eau` as a job of a shell, and in a window that changes its size.
@Suite("within a shell", .enabled(if: EauProcess.isBuilt))
struct ShellSessionTests {
  private func run(
    _ command: [String], in workspace: Workspace, environment: [(String, JSONValue)] = [],
    steps: [JSONValue]
  ) throws -> JSONValue {
    try PseudoTerminal.run(
      command,
      environment: .object(
        [
          ("TERM", "xterm"), ("LANG", "C.UTF-8"), ("PS1", "shell> "), ("EAU_AUTOSAVE", "off"),
          ("EAU_HISTORY", ""), ("HOME", .string(workspace.folder.path)), ("COLUMNS", nil),
          ("LINES", nil),
        ] + environment), timeout: 60, steps: steps)
  }

  /// Ctrl-Z suspends at the prompt and during a command; `fg` goes on where it was.
  @Test func controlZSuspendsAndTheSessionGoesOn() throws {
    let program = try #require(PseudoTerminal.program)
    let workspace = try Workspace()
    let result = try run(
      ["/bin/bash", "--norc", "--noprofile", "-i"], in: workspace,
      steps: [
        ["expect": "shell> "], ["line": .string("'\(program)' --no-rc")], ["expect": "eau> "],
        ["line": "open demo"], ["expect": "eau> "], ["send": "samples --lim"], ["key": "ctrl-z"],
        ["expect": "Stopped"], ["expect": "shell> "], ["line": "fg"], ["expect": "eau"],
        ["line": "it 1"], ["expect": "1 of 600"], ["expect": "eau> "],
        ["line": "train epochs=100000"], ["expect": "epoch \\d+ of"], ["key": "ctrl-z"],
        ["expect": "Stopped"], ["expect": "shell> "], ["line": "fg"], ["expect": "epoch \\d+ of"],
        ["key": "ctrl-c"], ["expect": "stopped early"], ["expect": "eau> "], ["key": "ctrl-d"],
        ["expect": "shell> "], ["line": "exit"], ["exit": 0],
      ])
    #expect(
      result["ok"] == true,
      "\(result["failed"]?.text() ?? "") \(result["transcript"]?.string?.suffix(300) ?? "")")
  }

  /// Answers are as wide as the window is then, and a line goes on being edited.
  @Test func answersFollowTheWindow() throws {
    let program = try #require(PseudoTerminal.program)
    let result = try run(
      [program, "--no-rc"], in: Workspace(),
      steps: [
        ["expect": "eau> "], ["resize": [24, 44]], ["line": "help all"], ["expect": "leave"],
        ["expect": "eau> "], ["send": "help cor"], ["resize": [40, 120]], ["key": "tab"],
        ["line": ""], ["expect": "another seed than the session's"], ["expect": "eau> "],
        ["key": "ctrl-d"], ["exit": 0],
      ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    let text = try #require(result["transcript"]?.string)
    let narrow = text.components(separatedBy: "eau> ").first { $0.contains("help all") } ?? ""
    #expect(narrow.split(separator: "\n").dropFirst().allSatisfy { displayWidth(String($0)) <= 44 })
    #expect(narrow.split(separator: "\n").count > Commands.all.count, "the summaries are wrapped")
  }
}
