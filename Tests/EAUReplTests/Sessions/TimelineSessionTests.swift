import Testing

@testable import EAURepl

/// `undo` and `redo`, in whole sessions.
@Suite("undo and redo", .enabled(if: EauProcess.isBuilt))
struct TimelineSessionTests {
  private func run(_ commands: String) throws -> [JSONValue] {
    let run = try EauProcess.run(
      [
        "--json", "--keep-going", "-c", "restore '\(try DemoModel.trained().path)'", "-c", commands,
      ],
      in: Workspace())
    return Array(try run.lines().dropFirst())
  }

  private func alpha(_ answer: JSONValue) -> [Double?]? {
    answer["result"]?["modalities"]?.elements?.map { $0["alpha"]?.double }
  }

  @Test func takesBackWhatChangedAndDoesItAgain() throws {
    let answers = try run(
      """
      open demo; sample 5; weights
      corrupt image gaussian 9; drop text; weights
      undo 2; weights
      redo 2; weights
      """)
    let clean = alpha(answers[2])
    let spoiled = alpha(answers[5])
    #expect(clean != spoiled)
    #expect(answers[6]["result"]?["commands"] == ["drop text", "corrupt image gaussian 9"])
    #expect(alpha(answers[7]) == clean)
    #expect(answers[8]["result"]?["commands"] == ["corrupt image gaussian 9", "drop text"])
    #expect(alpha(answers[9]) == spoiled)
  }

  /// Looking is nothing to take back, nor is a command that failed.
  @Test func onlyChangesCount() throws {
    let answers = try run(
      "open demo; sample 5; weights; predict; inspect\ncorrupt image nothing 3\nundo; undo; undo; undo"
    )
    let undone = answers.suffix(4).map { $0["result"]?["commands"]?[0]?.string }
    #expect(undone.prefix(2) == ["sample 5", "open demo"])
    #expect(undone[2]?.hasPrefix("restore ") == true)
    #expect(answers.last?["error"]?["code"] == "nothing-to-undo")
  }

  @Test func aModelAndADataSetComeBack() throws {
    let answers = try run(
      """
      open demo; train epochs=1; sample 2; weights
      undo 2; weights; sample 2; weights
      undo 2; samples
      """)
    let trained = alpha(answers[3])
    #expect(answers[5]["error"]?["code"] == "no-sample")
    #expect(alpha(answers[7]) != trained, "the model of before")
    #expect(answers.last?["error"]?["code"] == "no-dataset")
  }

  @Test func aNewChangeEndsWhatCouldBeDoneAgain() throws {
    let answers = try run("open demo; sample 5; undo; sample 6\nredo\nundo 99\nundo x")
    #expect(answers[4]["error"]?["code"] == "nothing-to-redo")
    #expect(answers[5]["error"]?["code"] == "usage")
    #expect(answers[6]["error"]?["code"] == "usage")
  }

  @Test func theTimelineForgetsWhatIsLongAgo() {
    var session = Session(seed: 1)
    for number in 1...60 {
      let before = session
      session.sampleIndex = number
      session.timeline.note("step \(number)", before: before)
    }
    #expect(session.timeline.past.count == Timeline.longest)
    #expect(session.timeline.past.first?.command == "step 11")
  }
}
