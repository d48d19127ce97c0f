import Testing

@testable import EAURepl

/// What was typed: shown, written as a script, run again.
@Suite("history, source and last", .enabled(if: EauProcess.isBuilt))
struct HistorySessionTests {
  private func run(
    _ commands: String, in workspace: Workspace, arguments: [String] = ["--json", "--keep-going"]
  ) throws -> EauProcess.Output {
    try EauProcess.run(arguments + ["-c", commands], in: workspace)
  }

  @Test func listsAndWritesWhatWasTyped() throws {
    let workspace = try Workspace()
    let lines = try run(
      "open demo; nonsense\nsample 3\nhistory\nhistory 2-3\nhistory 3- --save tour.eau\nhistory 9-8",
      in: workspace
    ).lines()
    let all = lines[3]["result"]?["commands"]?.elements
    #expect(all?.map { $0["command"] } == ["open demo", "nonsense", "sample 3"])
    #expect(all?.map { $0["ok"] } == [true, false, true])
    #expect(lines[4]["result"]?["commands"]?.elements?.map { $0["number"] } == [2, 3])
    #expect(lines[6]["error"]?["code"] == "empty-range")
    let script = try workspace.text("tour.eau")
    #expect(script == "sample 3\n")
  }

  /// What a script did until its error stays done; the place of the error is the script's line.
  @Test func aScriptRunsWithinTheSession() throws {
    let workspace = try Workspace()
    try workspace.write("open demo # here\nsample \\\n  4\nnonsense\nsample 5\n", to: "a.eau")
    let lines = try run("source a.eau\nundo", in: workspace).lines()
    #expect(lines.map { $0["command"] } == ["open", "sample", "nonsense", "source", "undo"])
    #expect(lines[1]["result"]?["title"] == "#4 bell-02" || lines[1]["ok"] == true)
    #expect(lines[2]["error"]?["line"] == 4)
    #expect(lines[3]["error"]?["code"] == "script-failed")
    #expect(lines[4]["result"]?["commands"] == ["sample   4"])
  }

  @Test func aScriptThatCallsItselfIsRefused() throws {
    let workspace = try Workspace()
    try workspace.write("source a.eau\n", to: "a.eau")
    let lines = try run("source a.eau\nhistory", in: workspace).lines()
    #expect(lines.first?["error"]?["code"] == "too-deep")
    #expect(lines.last?["result"]?["commands"]?.elements?.count == 1)
  }

  @Test func sampleLastGoesBack() throws {
    let lines = try run(
      "open demo; sample 3; sample last\nsample 7; sample last; sample last", in: Workspace()
    ).lines()
    #expect(lines[2]["error"]?["code"] == "unknown-sample")
    #expect(lines[3...].map { $0["result"]?["number"] } == [7, 3, 7])
  }

  @Test func anAliasStandsForCommands() throws {
    let lines = try run(
      "alias begin 'open demo; sample 3'\nbegin\nalias pick sample; pick 4\nalias open x\nalias pick ''\npick 4\nalias 'x' '\"open'\nalias",
      in: Workspace()
    ).lines()
    #expect(
      lines.map { $0["command"] } == [
        "alias", "open", "sample", "alias", "sample", "alias", "alias", "pick", "alias", "alias",
      ])
    #expect(lines[4]["result"]?["title"]?.string?.hasPrefix("#4 ") == true)
    #expect(lines[5]["error"]?["code"] == "alias-taken")
    #expect(lines[7]["error"]?["code"] == "unknown-command")
    #expect(lines[8]["error"]?["code"] == "unterminated-quote")
    #expect(lines[9]["result"]?["aliases"]?.elements?.map { $0["name"] } == ["begin"])
  }

  @Test func theLastResultComesAgainAndIntoFiles() throws {
    let workspace = try Workspace()
    let lines = try run(
      "last\nopen demo; samples --limit 2; last\nlast a.csv; last a.md; last a.json; last a.jsonl; last a.txt\nlast a.pdf",
      in: workspace
    ).lines()
    #expect(lines[0]["error"]?["code"] == "no-result")
    #expect(lines[3]["result"]?["of"] == "samples")
    #expect(lines[3]["result"]?["result"] == lines[2]["result"])
    #expect(lines.last?["error"]?["code"] == "usage")
    #expect(try workspace.text("a.csv").contains("number,id,label,split\n1,"))
    #expect(
      try workspace.text("a.md").contains(
        "| number | id | label | split |  |\n|--:|---|---|---|---|\n"))
    #expect(try JSONValue.parse(workspace.text("a.json"))["result"] == lines[2]["result"])
    #expect(try workspace.text("a.jsonl").split(separator: "\n").count == 1)
    #expect(try workspace.text("a.txt").hasPrefix("number  id"))
  }
}
