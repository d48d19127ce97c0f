import Testing

@testable import EAURepl

/// What `transcript` records, `replay` runs again, and `replay --check` holds to it.
@Suite("transcript and replay", .enabled(if: EauProcess.isBuilt))
struct TranscriptSessionTests {
  private func run(_ commands: String, in workspace: Workspace) throws -> [JSONValue] {
    try EauProcess.run(["--json", "--keep-going", "-c", commands], in: workspace).lines()
  }

  /// A recorded session with an answer, an error and a chart.
  private func recorded() throws -> Workspace {
    let workspace = try Workspace()
    _ = try run(
      """
      transcript tour.txt
      open demo; train epochs=2
      sample 7; corrupt audio noise 6
      nonsense
      transcript off; weights
      """, in: workspace)
    return workspace
  }

  @Test func recordsWhatIsTypedAndAnswered() throws {
    let text = try recorded().text("tour.txt")
    let lines = text.components(separatedBy: "\n")
    #expect(lines[0] == "# eau 0.1.0, seed 1")
    #expect(
      lines.filter { $0.hasPrefix("eau> ") } == [
        "eau> open demo", "eau> train epochs=2", "eau> sample 7", "eau> corrupt audio noise 6",
        "eau> nonsense",
      ])
    #expect(text.contains("demo: 600 samples, 10 classes\n"))
    #expect(text.contains("error: unknown command \"nonsense\"\n  hint: "))
    #expect(text.contains("alpha (perDimension)\nimage ▕"))
  }

  @Test func replaysAndChecks() throws {
    let workspace = try recorded()
    let checked = try run("replay tour.txt --check\nweights", in: workspace)
    #expect(checked[0]["result"]?["commands"] == 5, "\(checked[0].indented())")
    #expect(checked[1]["error"]?["code"] == "no-model", "checking leaves the session alone")
    let replayed = try run("replay tour.txt\nweights", in: workspace)
    #expect(
      replayed.map { $0["command"] } == [
        "open", "train", "sample", "corrupt", "nonsense", "replay", "weights",
      ])
    #expect(replayed[5]["result"]?["failed"] == 1)
    #expect(replayed[6]["ok"] == true)
  }

  @Test(arguments: [
    ("600 samples", "599 samples", true), ("audio noise 6", "audio noise 5", true),
    ("demo: 600", "dema: 600", true), ("train epochs=2", "train epochs=1", true),
    (" epochs in ", " epochs in 1", false),
  ])
  func noticesWhatDiffers(_ old: String, _ new: String, _ differs: Bool) throws {
    let workspace = try recorded()
    let text = try workspace.text("tour.txt").replacing(old, with: new)
    try workspace.write(text, to: "other.txt")
    let answer = try #require(
      try run("replay other.txt --check --tolerance 0.001", in: workspace).first)
    #expect((answer["error"]?["code"] == "replay-differs") == differs, "\(answer.indented())")
  }

  @Test func refusesWhatItCannotRecordOrReplay() throws {
    let workspace = try recorded()
    try workspace.write("no commands\n", to: "empty.txt")
    try workspace.write("eau> replay self.txt --check\n", to: "self.txt")
    let codes = try run(
      """
      transcript tour.txt
      transcript nowhere/tour.txt
      transcript off
      replay empty.txt
      replay missing.txt
      replay tour.txt --check --tolerance 2
      replay self.txt --check
      """, in: workspace
    ).map { $0["error"]?["code"]?.string }
    #expect(
      codes == [
        "file-exists", "cannot-write", "no-transcript", "nothing-to-replay", "file-missing",
        "bad-value", "replay-differs",
      ])
  }

  @Test func addsToATranscriptWhenTold() throws {
    let workspace = try recorded()
    _ = try run("transcript tour.txt --append; open demo", in: workspace)
    let recorded = RecordedSession(try workspace.text("tour.txt"))
    #expect(recorded.count == 6)
    #expect(recorded.seed == 1)
  }

  @Test func aDocumentsBlocksAreSessionsOfTheirOwn() {
    let recorded = RecordedSession(
      """
      Text, eau> not this.
      ```console
      eau> help
      a
      …
      ```
      ```sh
      eau> nor this
      ```
      ```console
      eau> quit
      ```
      """)
    #expect(recorded.parts.map { $0.map(\.command) } == [["help"], ["quit"]])
    #expect(recorded.parts.first?.first?.answer == ["a", "…"])
    #expect(recorded.parts.last?.first?.line == 11)
  }
}
