import Testing

@testable import EAURepl

/// Lessons that are left, skipped and begun again.
@Suite("coming back to a lesson", .serialized)
struct LessonReturnTests {
  private func state(_ play: inout Playground, _ number: Int) throws -> String? {
    let lesson = try #require(try play.run("lesson")["lessons"]?.elements?[number - 1])
    #expect(lesson["done"]?.bool == (lesson["state"]?.string == "done"))
    return lesson["state"]?.string
  }

  @Test func skippedIsNotDone() throws {
    var play = try Playground("lesson gaussian")
    var last = Report()
    while play.session.desk.lesson != nil { last = try play.report("lesson skip") }
    #expect(last.result["finished"]?.bool == false && last.result["solved"]?.integer == 0)
    let drawn = TerminalRenderer(style: TerminalStyle()).render(last)
    #expect(drawn.contains("seen, 0 of 7 steps solved"), "\(drawn)")
    #expect(play.session.desk.finishedLessons.isEmpty)
    #expect(try state(&play, 1) == "seen, 0 of 7 steps solved")
    try play.run("open demo; train epochs=1; sample 3")
    // Begun again it leads to what was skipped.
    let again = try play.run("lesson gaussian")
    #expect(again["step"]?.integer == 1 && again["done"]?.bool == true)
    #expect(try play.run("lesson next")["done"]?.bool == true)
  }

  @Test func whereItWasLeft() throws {
    var play = try Playground("open demo; train epochs=1; sample 3", "lesson 1; lesson next")
    #expect(try play.run("lesson next")["step"]?.integer == 3)
    try play.run("lesson stop")
    #expect(try state(&play, 1) == "left at step 3 of 7")
    let back = try play.report("lesson 1")
    #expect(back.result["step"]?.integer == 3 && back.result["continued"]?.bool == true)
    #expect(back.result["solved"]?.integer == 2)
    let drawn = TerminalRenderer(style: TerminalStyle()).render(back)
    #expect(drawn.contains("`lesson 1 --fresh` starts over"), "\(drawn)")
    // Another lesson between leaves it there, too.
    #expect(try play.run("lesson sigma")["lesson"]?.string == "sigma")
    #expect(try play.run("lesson gaussian")["step"]?.integer == 3)
    let fresh = try play.run("lesson gaussian --fresh")
    #expect(fresh["step"]?.integer == 1 && fresh["continued"] == nil)
    #expect(try state(&play, 1) == "open, step 1 of 7")
  }

  @Test func aSolvedStepStaysSolved() throws {
    var play = try Playground("open demo; train epochs=1; sample 3", "lesson gaussian")
    play.skip(to: 3)
    let open = try #require(play.session.desk.lesson)
    let answer = try #require(open.step.question?.answers.first)
    let right = try answer.value(in: open.context(play.session)).number("answer")
    #expect(try play.run("lesson answer \(Int(right))")["correct"]?.bool == true)
    let wrong = try play.report("lesson answer \(Int(right) + 1)")
    #expect(wrong.result["correct"]?.bool == false && wrong.result["done"]?.bool == true)
    let drawn = TerminalRenderer(style: TerminalStyle()).render(wrong)
    #expect(drawn.contains("the step is done already"), "\(drawn)")
    #expect(!drawn.contains("Not yet"))
  }
}
