import Foundation
import Testing

@testable import EAURepl

/// Every lesson from its first step to its last, in whole sessions.
@Suite("lessons", .serialized)
struct LessonPlayTests {
  static let names = ["gaussian", "sigma", "divergence", "weights", "calibration"]

  /// One after the other in one session, as a learner would: what is trained serves the next.
  @Test func rightAnswersPassEveryStep() throws {
    var play = try Playground()
    for name in Self.names { try pass(name, &play) }
    #expect(play.session.desk.finishedLessons == Self.names)
    let list = try play.run("lesson")
    #expect(list["lessons"]?.elements?.allSatisfy { $0["done"]?.bool == true } == true)
  }

  private func pass(_ name: String, _ play: inout Playground) throws {
    if play.session.sample != nil { try play.run("clean") }
    var state = try play.run("lesson \(name)")
    let count = try #require(state["steps"]?.integer)
    for number in 1...count {
      #expect(state["step"]?.integer == number && state["lesson"]?.string == name)
      if state["done"]?.bool == false {
        #expect(try play.failure("lesson next").error.code == "step-open")
        let commands = state["do"]?.elements?.compactMap(\.string) ?? []
        if state["question"]?.string != nil {
          for command in commands { try play.run(command) }
          try answer(&play)
        } else {
          try doIt(&play, commands)
        }
      }
      let open = try play.run("lesson show")
      #expect(open["done"]?.bool == true, "step \(number) of \(name): \(open.text())")
      // What is said then is made of numbers, none of which is missing.
      #expect(open["right"]?.string?.contains("…") != true, "\(open["right"]?.text() ?? "")")
      state = try play.run("lesson next")
    }
    #expect(state["finished"]?.bool == true && play.session.desk.lesson == nil)
  }

  /// Wrong answers first: they do not pass, and each brings the next hint.
  private func answer(_ play: inout Playground) throws {
    let open = try #require(play.session.desk.lesson)
    let question = try #require(open.step.question)
    let right = try question.answers.map { try $0.value(in: open.context(play.session)) }
    for attempt in 1...open.step.hints.count + 1 {
      let result = try play.run("lesson answer " + wrong(right, question.choices))
      #expect(result["correct"]?.bool == false && result["done"]?.bool == false)
      #expect(result["hints"]?.elements?.count == min(attempt, open.step.hints.count))
    }
    #expect(try play.failure("lesson next").error.code == "step-open")
    // Every mistake that has a name is one.
    for mistake in question.mistakes {
      let value = try mistake.answer.value(in: open.context(play.session))
      let said = try play.run("lesson answer '\(text(value))'")
      #expect(said["correct"]?.bool == false, "\(open.step.title): \(text(value))")
      #expect(said["said"]?.string?.isEmpty == false, "\(open.step.title): \(text(value))")
    }
    // The last hint shows the whole way: typed as it stands, it leads there.
    if let hint = try play.run("lesson hint")["hint"]?.string,
      let command = hint.firstMatch(of: #/lesson answer '[^']*'/#)
    {
      let typed = try play.run(String(command.output))
      #expect(typed["correct"]?.bool == true, "\(command.output)")
    }
    let result = try play.run(
      "lesson answer " + right.map { "'\(text($0))'" }.joined(separator: " "))
    #expect(result["correct"]?.bool == true, "\(open.step.title)")
  }

  private func text(_ value: ExpressionValue) -> String {
    if case .number(let number) = value { "\(number)" } else { value.text }
  }

  private func wrong(_ right: [ExpressionValue], _ choices: [String]) -> String {
    if let other = choices.firstIndex(where: { $0 != right[0].text }) { return "\(other + 1)" }
    return right.map { value in
      if case .number(let number) = value { "\(number * 1.7 + 1.3)" } else { "nonsense" }
    }.joined(separator: " ")
  }

  /// Types what the step tells to type; a step that leaves the way open wants a severity found.
  private func doIt(_ play: inout Playground, _ commands: [String]) throws {
    var done = false
    for command in commands {
      done = try play.run(command)["lesson"]?["done"]?.bool == true
    }
    guard commands.isEmpty else {
      #expect(done, "\(commands)")
      return
    }
    for severity in stride(from: 10.0, through: 0.5, by: -0.5) where !done {
      done =
        try play.run("corrupt image gaussian \(severity)")["lesson"]?["done"]?.bool == true
    }
    #expect(done)
  }

  /// The answers come from the learner's session: another sample, another answer. Calculated here
  /// from what `inspect` prints, by the textbook.
  @Test func answersFollowTheSample() throws {
    var play = try Playground("open demo; train epochs=3", "sample 12", "lesson divergence")
    var earlier: Double?
    for sample in [12, 40] {
      try play.run("sample \(sample); lesson divergence --fresh; lesson next; lesson skip")
      let modalities = try play.run("inspect")
      let image = try #require(modalities.modality("image"))
      let text = try #require(modalities.modality("text"))
      let (m1, v1) = (try image.numbers("mu"), try image.numbers("variance"))
      let (m2, v2) = (try text.numbers("mu"), try text.numbers("variance"))
      let divergence = m1.indices.reduce(0.0) { sum, d in
        let difference = m1[d] - m2[d]
        return sum + 0.5 * log(v2[d] / v1[d]) + (v1[d] + difference * difference) / (2 * v2[d])
          - 0.5
      }
      if let earlier {
        #expect(try play.run("lesson answer \(earlier)")["correct"]?.bool == false)
      }
      #expect(try play.run("lesson answer \(divergence)")["correct"]?.bool == true)
      earlier = divergence
    }
  }

  /// An open step speaks up behind the command that fulfils it, and only there.
  @Test func theStepSpeaksUpByItself() throws {
    var play = try Playground("lesson gaussian", "open demo")
    #expect(try play.failure("lesson next").error.code == "step-open")
    let report = try play.report("sample 3")
    let drawn = TerminalRenderer(style: TerminalStyle()).render(report)
    #expect(drawn.contains("✓ gaussian, step 1 of 7: done. This one is of the class "), "\(drawn)")
    #expect(report.result["lesson"]?["done"]?.bool == true)
    #expect(try play.run("sample 4")["lesson"] == nil)
    // What was learned stays learned.
    try play.run("undo 2")
    #expect(play.session.sample == nil && play.session.desk.lesson?.isDone == true)
  }

  /// A shortened modality is the modality.
  @Test func whatWasRunIsRecognised() throws {
    var play = try Playground("open demo; train epochs=1", "sample 3", "lesson gaussian")
    play.skip(to: 2)
    #expect(try play.run("inspect text")["lesson"] == nil)
    #expect(try play.run("inspect im")["lesson"]?["done"]?.bool == true)
  }

  /// What is there already need not be done again.
  @Test func whatIsDoneCounts() throws {
    var play = try Playground("open demo", "sample 3")
    let state = try play.run("lesson gaussian")
    #expect(state["done"]?.bool == true)
  }

  @Test func errorsSayWhatToDo() throws {
    var play = try Playground()
    for action in ["next", "hint", "check", "show", "skip", "stop", "answer 3"] {
      #expect(try play.failure("lesson \(action)").error.code == "no-lesson")
    }
    try play.run("lesson 3; lesson skip")
    #expect(try play.failure("lesson answer 3").error.code == "no-model")
    try play.run("open demo; train epochs=1; sample 1")
    #expect(try play.failure("lesson answer '1 +'").error.code == "bad-value")
    for (typed, written) in [("0,5", "0.5"), ("50%", "0.5"), ("'37.19 %'", "0.3719")] {
      let hint = try play.failure("lesson answer \(typed)").error.hint
      #expect(hint.hasPrefix("write it as \(written):"), "\(hint)")
    }
    #expect(try play.failure("lesson stop --fresh").error.code == "usage")
    #expect(try play.failure("lesson --fresh").error.code == "usage")
    #expect(try play.failure("lesson answer").error.code == "usage")
    #expect(try play.run("lesson answer image")["correct"]?.bool == false)
    #expect(try play.failure("lesson nowhere.lesson").error.code == "file-missing")
    #expect(try play.failure("lesson nothing").error.code == "unknown-lesson")
    let stopped = try play.run("lesson stop")
    #expect(stopped["stopped"]?.bool == true && play.session.desk.lesson == nil)
  }

  /// A failed command changes no lesson.
  @Test func failuresChangeNothing() throws {
    var play = try Playground("lesson gaussian")
    _ = try play.failure("sample 1")
    #expect(play.session.desk.lesson?.isDone == false)
  }
}
