import Foundation
import Testing

@testable import EAURepl

/// docs/lessons/writing-a-lesson.md: its lesson runs as printed, and its table is what there is.
@Suite("the guide to lessons", .enabled(if: EauProcess.isBuilt))
struct LessonGuideTests {
  private static let text =
    (try? String(
      contentsOf: DocumentationTests.root.appending(path: "docs/lessons/writing-a-lesson.md"),
      encoding: .utf8)) ?? ""

  private static func block(_ beginning: String) -> String {
    let parts = text.components(separatedBy: "```\(beginning)\n")
    return parts.count > 1 ? parts[1].components(separatedBy: "\n```")[0] : ""
  }

  @Test func theExampleIsWhatIsPrinted() throws {
    let workspace = try Workspace()
    try workspace.write(Self.block("lesson trust.lesson"), to: "trust.lesson")
    try workspace.write("```console\n\(Self.block("console"))\n```\n", to: "guide.md")
    let run = try EauProcess.run(
      ["--json", "-c", "replay guide.md --check --tolerance 0.02"], in: workspace)
    let answer = try #require(try run.lines().first)
    #expect(answer["ok"] == true, "\(answer.indented())")
    #expect(answer["result"]?["commands"]?.integer ?? 0 >= 4)
  }

  @Test func theExampleCanBePlayed() throws {
    let workspace = try Workspace()
    try workspace.write(Self.block("lesson trust.lesson"), to: "trust.lesson")
    var play = try Playground("lesson '\(workspace.path("trust.lesson"))'")
    try play.run("open demo; train epochs=20; sample 12; lesson next; corrupt image gaussian 8")
    let weights = try #require(try play.run("lesson next; weights").modality("image"))
    let ratio = try weights.number("alpha") / weights.number("alphaClean")
    let alpha = try weights.number("alpha")
    #expect(
      try play.run("lesson answer \(alpha)")["said"]?.string?.hasPrefix("That is its") == true)
    #expect(try play.run("lesson answer \(ratio)")["correct"]?.bool == true)
    #expect(try play.run("lesson next")["finished"]?.bool == true)
  }

  @Test func theTableHasEveryFunction() {
    for function in SessionFunctions.all {
      let row = "| `\(function.usage)` | \(function.summary) |"
      #expect(Self.text.contains(row), "\(row)")
    }
  }

  /// Every key that the reader knows is explained.
  @Test(arguments: [
    "lesson", "title", "about", "end", "step", "text", "do", "check", "question", "choices",
    "answer", "tolerance", "mistake", "hint", "right", "remember", "needs",
  ])
  func keysAreExplained(_ key: String) {
    #expect(Self.text.contains("`\(key)`") || Self.text.contains("`\(key): "))
  }
}
