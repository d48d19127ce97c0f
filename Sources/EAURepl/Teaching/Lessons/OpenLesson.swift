/// How far the learner is in a lesson. Part of the session, but on its desk: a command that fails changes
/// nothing, and `undo` takes back what was done, not what was learned.
struct OpenLesson {
  let lesson: Lesson
  /// Of the open step, from 0.
  private(set) var index = 0
  /// Steps that were done; what was skipped is not among them.
  private(set) var solved: Set<Int> = []
  /// Whether the learner has been at the end without solving every step.
  private(set) var isSeen = false
  private(set) var hintsShown = 0
  private(set) var remembered: [RememberedValue] = []

  init(_ lesson: Lesson) {
    self.lesson = lesson
    enter(0)
  }

  var step: LessonStep { lesson.steps[index] }
  /// Whether the open step is done.
  var isDone: Bool { solved.contains(index) }
  var isSolved: Bool { solved.count == lesson.steps.count }
  var isLast: Bool { index == lesson.steps.count - 1 }
  /// The hints given so far.
  var hints: ArraySlice<LessonText> { step.hints.prefix(hintsShown) }

  func context(
    _ session: Session, after done: ExpressionContext.Done? = nil
  ) -> ExpressionContext {
    ExpressionContext(
      session: session, remembered: remembered, done: done, functions: SessionFunctions.all)
  }

  mutating func goOn() { enter(index + 1) }

  /// - Returns: whether there is a step before the open one.
  mutating func goBack() -> Bool {
    guard index > 0 else { return false }
    enter(index - 1)
    return true
  }

  /// Behind the last step: what was skipped is where it would go on.
  mutating func end() {
    isSeen = !isSolved
    enter(lesson.steps.indices.first { !solved.contains($0) } ?? index)
  }

  private mutating func enter(_ step: Int) {
    index = step
    hintsShown = 0
    if lesson.steps[step].isReading { solved.insert(step) }
  }

  /// The next hint, or the last one again; nil for a step that has none.
  mutating func takeHint() -> LessonText? {
    hintsShown = min(hintsShown + 1, step.hints.count)
    return hints.last
  }

  /// Tries the open step's check.
  ///
  /// - Parameter done: the command just run; nil where the lesson asks by itself.
  /// - Returns: whether the step is done by it now. What has no value yet is not fulfilled.
  mutating func tryCheck(_ session: Session, after done: ExpressionContext.Done?) -> Bool {
    guard !isDone, let check = step.check else { return false }
    let context = context(session, after: done)
    guard (try? check.value(in: context).truth("check")) == true, unmetNeed(context) == nil
    else { return false }
    finish(in: context)
    return true
  }

  enum Verdict: Equatable {
    case right
    /// With what the teacher says of just this mistake, and the next hint.
    case wrong(String?, hint: String?)
  }

  /// Judges an answer by the learner's own session.
  ///
  /// - Throws: what must be done first, why the session has no right answer now, or for an answer
  ///   that cannot be one.
  mutating func answer(_ words: [String], _ session: Session) throws -> Verdict {
    guard let question = step.question else {
      throw CommandError(
        "no-question", "step \(index + 1) asks for no answer",
        hint: isDone ? "`lesson next` goes on" : "`lesson show` shows what there is to do")
    }
    let context = context(session)
    if let need = unmetNeed(context) { throw refusal(need) }
    let given = try LessonAnswer.values(words, for: question)
    let expected = try question.answers.map { answer in
      do {
        return try answer.value(in: context)
      } catch let error as ExpressionError {
        throw CommandError(
          "no-answer-yet", "the right answer depends on the session: \(error.message)",
          hint: "`lesson show` shows what there is to do first")
      }
    }
    if zip(given, expected).allSatisfy({ LessonAnswer.agree($0, $1, question.tolerance) }) {
      if !isDone { finish(in: context) }
      return .right
    }
    let known = question.mistakes.first { mistake in
      guard given.count == 1, let value = try? mistake.answer.value(in: context) else {
        return false
      }
      return LessonAnswer.agree(given[0], value, question.tolerance)
    }
    let hint = isDone ? nil : takeHint()
    return .wrong(
      known?.text.filled(in: context),
      hint: hint?.filled(in: context))
  }

  private mutating func finish(in context: ExpressionContext) {
    solved.insert(index)
    for memory in step.remembered {
      guard let value = try? memory.expression.value(in: context) else { continue }
      remembered.append(RememberedValue(name: memory.name, value: value))
    }
  }
}
