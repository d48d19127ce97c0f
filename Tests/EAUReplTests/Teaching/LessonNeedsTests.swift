import Testing

@testable import EAURepl

/// Steps that build on others: what is missing is said, and no answer is judged without it.
@Suite("what lesson steps need", .serialized)
struct LessonNeedsTests {
  /// What a step refuses with, for an answer and for a hint; no hint is used up by it.
  private func need(_ play: inout Playground) throws -> String {
    let isQuestion = play.session.desk.lesson?.step.question != nil
    let error = try play.failure(isQuestion ? "lesson answer 1" : "lesson check").error
    #expect(error.code == "needs-first" && error.hint == "`lesson back` goes one step back")
    #expect(try play.failure("lesson hint").error.message == error.message)
    let shown = try play.run("lesson show")
    #expect(shown["needs"]?.string == error.message && shown["done"]?.bool == false)
    #expect(shown["hints"]?.elements?.isEmpty == true)
    return error.message
  }

  private func right(_ play: Playground) throws -> Double {
    let open = try #require(play.session.desk.lesson)
    let answer = try #require(open.step.question?.answers.first)
    return try answer.value(in: open.context(play.session)).number("answer")
  }

  @Test func theOtherReadingMustBeTrained() throws {
    var play = try Playground("open demo; train epochs=2; sample 12", "lesson weights")
    play.skip(to: 6)
    #expect(try need(&play).contains("`train --alpha perModality`"))
    #expect(try play.run("lesson back")["step"]?.integer == 6)
    try play.run("train --alpha perModality epochs=2; corrupt image gaussian 2")
    #expect(try play.run("lesson next")["needs"] == .null)
    #expect(try play.run("lesson answer \(try right(play))")["correct"]?.bool == true)
    // Back on a step that is solved: it stays so.
    #expect(try play.run("lesson back")["done"]?.bool == true)
  }

  @Test func allModalitiesMustBeThere() throws {
    var play = try Playground("open demo; train epochs=2; sample 12", "lesson weights")
    play.skip(to: 4)
    try play.run("drop text")
    #expect(try need(&play).contains("`clean`"))
    try play.run("clean")
    #expect(try play.run("lesson answer \(try right(play))")["correct"]?.bool == true)
    play.skip(to: 8)
    #expect(try need(&play).contains("`drop text`"))
  }

  @Test func whatIsRememberedHasAStep() throws {
    var play = try Playground(
      "open demo; train epochs=2; sample 12; corrupt image gaussian 4", "lesson sigma")
    play.skip(to: 3)
    #expect(try need(&play).contains("`worst`, which step 2, Spoil the picture, remembers"))
    play.skip(to: 5)
    #expect(try need(&play).contains("`low`, which step 5, All test samples at once, remembers"))
    play.skip(to: 7)
    #expect(try need(&play).contains("`before`, which step 1,"))
    try play.run("clean; lesson calibration")
    play.skip(to: 2)
    #expect(try need(&play).contains("`paper_ratio`, which step 2,"))
    play.skip(to: 5)
    #expect(try need(&play).contains("`corrupt image gaussian 10`"))
    try play.run("corrupt image gaussian 10")
    #expect(try play.run("lesson answer \(try right(play))")["correct"]?.bool == true)
    play.skip(to: 8)
    #expect(try need(&play).contains("step 8, Not just one sample,"))
  }

  @Test func theFirstStepHasNoneBefore() throws {
    var play = try Playground("lesson sigma")
    #expect(try play.failure("lesson back").error.code == "first-step")
  }

  /// A negative number is a factor of its own.
  @Test func negativeNumbersInWhatIsTyped() throws {
    let context = ExpressionContext(functions: ArithmeticFunctions.all)
    let text = try LessonText("{0 - 2}: lesson answer '{0 - 2}^2 + {3}', not '{0 - 2}'")
    #expect(text.filled(in: context) == "−2: lesson answer '(−2)^2 + 3', not '−2'")
  }

  /// The last hints of `divergence`, where mu is negative.
  @Test func lastHintsAreRight() throws {
    var play = try Playground("open demo; train epochs=3", "sample 12")
    var negative = 0
    for sample in 12...40 where negative < 2 {
      try play.run("sample \(sample); lesson divergence --fresh")
      for step in [1, 6] {
        play.skip(to: step)
        let count = try #require(play.session.desk.lesson).step.hints.count
        for _ in 1..<count { try play.run("lesson hint") }
        let hint = try #require(try play.run("lesson hint")["hint"]?.string)
        negative += hint.contains("(−") && step == 6 ? 1 : 0
        let command = try #require(hint.firstMatch(of: #/lesson answer '[^']*'/#))
        let typed = try play.run(String(command.output))
        #expect(typed["correct"]?.bool == true, "\(command.output)")
      }
    }
    #expect(negative == 2)
  }
}
