import Foundation
import Testing

@testable import EAURepl

/// A session at a terminal outlives a crash.
@Suite("autosave and resume", .enabled(if: EauProcess.isBuilt))
struct AutosaveSessionTests {
  private static let prompt: JSONValue = ["expect": "eau> "]

  private func session(
    in workspace: Workspace, arguments: [String] = [], environment: [(String, JSONValue)] = [],
    steps: [JSONValue]
  ) throws -> JSONValue {
    let base: [(String, JSONValue)] = [
      ("TERM", "xterm"), ("LANG", "C.UTF-8"), ("HOME", .string(workspace.folder.path)),
      ("XDG_STATE_HOME", .string(workspace.path("state"))), ("XDG_CONFIG_HOME", nil),
      ("EAU_AUTOSAVE", nil), ("EAU_RC", nil), ("EAU_HISTORY", nil),
    ]
    return try PseudoTerminal.run(
      [try #require(PseudoTerminal.program)] + arguments,
      environment: .object(
        base.filter { b in !environment.contains { $0.0 == b.0 } } + environment),
      timeout: 120, steps: [Self.prompt] + steps)
  }

  private func say(_ line: String) -> [JSONValue] { [["line": .string(line)], Self.prompt] }

  private func kept(_ workspace: Workspace) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: workspace.path("state/eau/sessions")))
      ?? []
  }

  @Test func aKilledSessionComesBack() throws {
    let workspace = try Workspace()
    let model = try DemoModel.trained().path
    let killed = try session(
      in: workspace,
      steps: say("open demo") + say("restore '\(model)'") + say("sample 5")
        + say("corrupt image gaussian 7 --seed 3") + say("drop text") + say("weights")
        + [["signal": "KILL"], ["exit": -9]])
    #expect(killed["ok"] == true, "\(killed["failed"]?.text() ?? "")")
    #expect(kept(workspace).count == 1)
    let resumed = try session(
      in: workspace,
      steps: [["line": "resume"], ["expect": "resumed"], Self.prompt] + say("weights")
        + [["line": "quit"], ["exit": 0]])
    #expect(resumed["ok"] == true, "\(resumed["failed"]?.text() ?? "")")
    let (before, after) = (
      try #require(killed["transcript"]?.string), try #require(resumed["transcript"]?.string)
    )
    #expect(after.contains("A session ended without `quit`"))
    /// The bars of the last `weights`.
    func bars(_ text: String) -> [Substring] {
      Array(text.split(separator: "\n").filter { $0.contains("▏") }.suffix(3))
    }
    #expect(bars(before).count == 3)
    #expect(bars(before) == bars(after))
    #expect(kept(workspace).isEmpty, "what ended well is forgotten")
  }

  @Test func whatEndsWellOrStillRunsIsNotOffered() throws {
    let workspace = try Workspace()
    let ended = try session(
      in: workspace, steps: say("open demo") + [["key": "ctrl-d"], ["exit": 0]])
    #expect(ended["ok"] == true)
    #expect(kept(workspace).isEmpty)
    // Another one is running: its folder is held.
    let outer = try session(
      in: workspace,
      steps: say("open demo") + [
        ["line": "resume"], ["expect": "error: no session ended without `quit`"], Self.prompt,
      ] + say("resume list") + [["key": "ctrl-d"], ["exit": 0]])
    #expect(outer["ok"] == true, "\(outer["failed"]?.text() ?? "")")
  }

  @Test func whatHasMovedIsSaidAndTheRestComesBack() throws {
    let workspace = try Workspace()
    let rows = (0..<12).map { "s\($0),\($0 % 2 == 0 ? "x" : "y"),train,word\($0)\n" }
    try workspace.write("id,label,split,text\n" + rows.joined(), to: "m.csv")
    _ = try session(
      in: workspace,
      steps: say("open '\(workspace.path("m.csv"))' --split-seed 2") + say("load text 'it''s rain'")
        + [["signal": "KILL"], ["exit": -9]])
    try FileManager.default.removeItem(atPath: workspace.path("m.csv"))
    let resumed = try session(
      in: workspace,
      steps: [["line": "resume"], ["expect": "warning: open "], Self.prompt]
        + [["line": "history"], Self.prompt, ["key": "ctrl-d"], ["exit": 0]])
    #expect(resumed["ok"] == true, "\(resumed["failed"]?.text() ?? "")")
    #expect(kept(workspace).count == 1, "kept until all of it can come back")
    let forgotten = try session(
      in: workspace, steps: say("resume forget") + [["key": "ctrl-d"], ["exit": 0]])
    #expect(forgotten["ok"] == true)
    #expect(kept(workspace).isEmpty)
  }

  /// The sample is known by its id, wherever it stands now.
  @Test func theSameSampleComesBackFromAnotherPlace() throws {
    let workspace = try Workspace()
    let rows = (0..<12).map { "s\($0),\($0 % 2 == 0 ? "x" : "y"),train,word\($0)\n" }
    try workspace.write("id,label,split,text\n" + rows.joined(), to: "m.csv")
    let killed = try session(
      in: workspace,
      steps: say("open '\(workspace.path("m.csv"))'") + say("sample s2")
        + [["signal": "KILL"], ["exit": -9]])
    #expect(killed["ok"] == true)
    try workspace.write("id,label,split,text\n" + rows.reversed().joined(), to: "m.csv")
    let resumed = try session(
      in: workspace,
      steps: [
        ["line": "resume"], ["expect": "resumed"], Self.prompt, ["line": "corrupt text drop 0"],
        ["expect": "word2"], Self.prompt,
      ]
        + [["key": "ctrl-d"], ["exit": 0]])
    #expect(resumed["ok"] == true, "\(resumed["failed"]?.text() ?? "")")
  }

  @Test func nothingIsKeptWhenNotWanted() throws {
    let workspace = try Workspace()
    _ = try session(
      in: workspace, environment: [("EAU_AUTOSAVE", "off")],
      steps: say("open demo") + [["signal": "KILL"], ["exit": -9]])
    #expect(kept(workspace).isEmpty)
  }

  @Test func theStartFileRunsFirst() throws {
    let workspace = try Workspace()
    try workspace.write("open demo\nnonsense\n", to: "rc")
    let rc: [(String, JSONValue)] = [("EAU_RC", .string(workspace.path("rc")))]
    let result = try session(
      in: workspace, environment: rc,
      steps: [
        ["line": "samples --limit 1"], ["expect": "1 of 600"], Self.prompt, ["key": "ctrl-d"],
        ["exit": 0],
      ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    #expect(result["transcript"]?.string?.contains("rc:2: error: unknown command") == true)
    let without = try session(
      in: workspace, arguments: ["--no-rc"], environment: rc,
      steps: [
        ["line": "samples"], ["expect": "no data set is open"], Self.prompt, ["key": "ctrl-d"],
        ["exit": 0],
      ])
    #expect(without["ok"] == true)
  }

  /// A line goes on after a backslash and within a quote; ctrl-C gives it up.
  @Test func linesGoOn() throws {
    let workspace = try Workspace()
    let more: JSONValue = ["expect": "\\.\\.\\.> "]
    let result = try session(
      in: workspace,
      steps: [
        ["line": "load \\"], more, ["line": "text 'a small"], more, ["line": "grey cat'"],
        ["expect": "5 words|4 words"], Self.prompt, ["line": "load text \"half"], more,
        ["key": "ctrl-c"], Self.prompt, ["line": "history"],
        ["expect": "load text 'a small grey cat'"],
        Self.prompt, ["line": "load text 'open"], more, ["key": "ctrl-d"],
        ["expect": "is not closed"], Self.prompt, ["key": "ctrl-d"], ["exit": 0],
      ])
    #expect(
      result["ok"] == true,
      "\(result["failed"]?.text() ?? "") \(result["transcript"]?.string ?? "")")
  }
}
