import SeededRandom
import Testing

@testable import EAURepl

/// Lesson files: what is wrong is named with its line, before a lesson begins.
@Suite("lesson files")
struct LessonReaderTests {
  private static let good = """
    lesson: sums
    title: Sums
    about: adding
    step: First
    text: Two and {1 + 1}.
    question: What is 1 + 2?
    answer: 1 + 2
    tolerance: 0.1
    mistake: 2 -> That is {1 + 1}.
    hint: Count.
    right: Yes, {3}.
    remember: three = 1 + 2
    """

  private func read(_ text: String) throws -> Lesson {
    try LessonReader(source: "my.lesson").lesson(text)
  }

  @Test func aGoodOne() throws {
    let lesson = try read(Self.good)
    #expect(lesson.name == "sums" && lesson.title == "Sums" && lesson.about == "adding")
    #expect(lesson.steps.count == 1 && lesson.steps[0].line == 4)
    #expect(lesson.steps[0].question?.tolerance == .absolute(0.1))
    var open = OpenLesson(lesson)
    let session = Session(seed: 1)
    #expect(try open.answer(["2"], session) == .wrong("That is 2.", hint: "Count."))
    #expect(try open.answer(["5"], session) == .wrong(nil, hint: "Count."))
    #expect(!open.isDone && open.remembered.isEmpty)
    #expect(try open.answer(["9/3"], session) == .right)
    #expect(open.isDone && open.remembered == [.init(name: "three", value: .number(3))])
  }

  /// - Parameter line: of `good`, replaced; the message must name its number.
  @Test(arguments: [
    (1, "lesson: Sums", "one word in small letters"), (1, "lesson: next", "none of next"),
    (1, "lessen: sums", "did you mean `lesson:`?"), (2, "title:", "`title:` is missing or empty"),
    (3, "title: Again", "`title:` is given twice"), (4, "step:", "`step:` is missing or empty"),
    (5, "text: an open { brace", "must enclose an expression"),
    (5, "text: {1 +}", "something is missing at the end"),
    (5, "text: {alhpa(image)}", "did you mean alpha()?"),
    (6, "check: 1 = 1", "belongs to a `question:`"),
    (7, "answer: 1 +", "`answer:` something is missing"),
    (7, "answer: sigma()", "sigma(MODALITY [, DIMENSION]) is given 0 arguments"),
    (8, "tolerance: near", "such as 2% or 0.01"), (8, "tolerance: -1%", "such as 2% or 0.01"),
    (8, "choices: one", "two choices or more"), (9, "mistake: 2", "`mistake: ANSWER ->"),
    (10, "clue: Count.", "`clue:` is not expected here"), (10, "no colon", "expected `key: value`"),
    (10, "needs: 1 = 1", "`needs: CONDITION ->"), (10, "needs: 1 + -> x", "`needs:` something"),
    (12, "remember: 3 = 3", "small letters and _ only"),
    (12, "remember: three", "NAME = EXPRESSION"),
    (12, "check: 1 = 1", "a `check:` or a `question:`, not both"),
  ])
  func badLines(_ line: Int, _ replacement: String, _ message: String) {
    var lines = Self.good.split(separator: "\n").map(String.init)
    lines[line - 1] = replacement
    let error = #expect(throws: CommandError.self) { try read(lines.joined(separator: "\n")) }
    #expect(error?.code == "bad-lesson")
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasPrefix("my.lesson line ") == true)
    let named = error?.message.split(separator: " ").dropFirst(2).first.map { $0.dropLast() } ?? ""
    // A missing line has the number of where it should stand.
    #expect(abs((Int(named) ?? 0) - line) <= (replacement.contains("choices") ? 2 : 6), "\(named)")
  }

  @Test func theLineIsExact() {
    for (line, replacement) in [(5, "text: {1 +}"), (7, "answer: 1 +"), (10, "clue: x")] {
      var lines = Self.good.split(separator: "\n").map(String.init)
      lines[line - 1] = replacement
      let error = #expect(throws: CommandError.self) { try read(lines.joined(separator: "\n")) }
      #expect(error?.message.hasPrefix("my.lesson line \(line): ") == true)
    }
  }

  @Test func aTaskNeedsAHint() {
    let error = #expect(throws: CommandError.self) {
      try read("lesson: a\ntitle: A\nstep: S\ntext: T\ncheck: 1 = 1")
    }
    #expect(error?.message == "my.lesson line 3: the step asks for something and has no `hint:`")
    let none = #expect(throws: CommandError.self) { try read("lesson: a\ntitle: A") }
    #expect(none?.message.contains("no `step:`") == true)
    let empty = #expect(throws: CommandError.self) { try read("") }
    #expect(empty?.message.contains("`lesson:` is missing") == true)
  }

  @Test func anything() throws {
    var generator = SeededGenerator(seed: 3)
    let lines = Self.good.split(separator: "\n").map(String.init)
    for _ in 0..<2000 {
      var spoiled = lines.shuffled(using: &generator)
      let index = generator.index(below: spoiled.count)
      spoiled[index] = String(spoiled[index].shuffled(using: &generator))
      _ = try? read(spoiled.joined(separator: generator.index(below: 2) == 0 ? "\n" : "\n  "))
    }
  }

  @Test func theProgramsOwnAreInOrder() throws {
    let lessons = try LessonShelf.all()
    #expect(
      lessons.map(\.name) == ["gaussian", "sigma", "divergence", "weights", "calibration"])
    for lesson in lessons {
      #expect((5...12).contains(lesson.steps.count), "\(lesson.name)")
      #expect(!lesson.about.isEmpty)
      for step in lesson.steps { #expect(step.isReading || step.hints.count >= 1) }
    }
    #expect(try LessonShelf.find("3").name == "divergence")
    #expect(try LessonShelf.find("weights").name == "weights")
    let error = #expect(throws: CommandError.self) { try LessonShelf.find("weigths") }
    #expect(error?.hint == "did you mean weights?")
  }
}
