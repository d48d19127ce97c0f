/// Lessons as blocks and as data.
enum LessonView {
  static func list(_ lessons: [Lesson], _ session: Session) -> Report {
    let open = session.desk.lesson
    let state = { (lesson: Lesson) -> String in
      if open?.lesson.name == lesson.name, let open {
        return "open, step \(open.index + 1) of \(lesson.steps.count)"
      }
      if session.desk.finishedLessons.contains(lesson.name) { return "done" }
      guard let left = session.desk.left(lesson) else { return "\(lesson.steps.count) steps" }
      return left.isSeen
        ? "seen, \(solvedText(left))" : "left at step \(left.index + 1) of \(lesson.steps.count)"
    }
    var blocks: [Block] = [
      .table(
        Table(
          columns: [.init("", .right), .init("lesson"), .init("about"), .init("")],
          rows: lessons.enumerated().map {
            ["\($0 + 1)", $1.name, $1.title, state($1)]
          })),
      .text("begin with: lesson 1. Between its steps all commands are yours."),
    ]
    if let open, !lessons.contains(where: { $0.name == open.lesson.name }) {
      blocks.append(.text("open: \(open.lesson.title), \(state(open.lesson))"))
    }
    return Report(
      blocks: blocks,
      result: .object([
        (
          "lessons",
          .array(
            lessons.enumerated().map { number, lesson in
              .object([
                ("number", .integer(number + 1)), ("name", .string(lesson.name)),
                ("title", .string(lesson.title)), ("about", .string(lesson.about)),
                ("steps", .integer(lesson.steps.count)),
                ("done", .bool(session.desk.finishedLessons.contains(lesson.name))),
                ("state", .string(state(lesson))),
              ])
            })
        ),
        ("open", open.map { json($0, session) } ?? .null),
      ]))
  }

  /// `5 of 8 steps solved`
  static func solvedText(_ open: OpenLesson) -> String {
    "\(open.solved.count) of \(open.lesson.steps.count) steps solved"
  }

  /// The open step in full.
  static func step(_ open: OpenLesson, _ session: Session, first: [Block] = []) -> Report {
    let step = open.step
    let context = open.context(session)
    var blocks: [Block] =
      first + [
        .heading(
          "\(open.lesson.title), step \(open.index + 1) of \(open.lesson.steps.count): \(step.title)"
        ), .text(step.text.filled(in: context)),
      ]
    if !open.isDone, let need = open.unmetNeed(context) {
      blocks.append(
        .text("\nNeeded: \(need)" + (open.index > 0 ? " `lesson back` goes one step back." : "")))
    }
    if !step.commands.isEmpty {
      blocks.append(.text("\n" + step.commands.map { "    " + $0 }.joined(separator: "\n")))
    }
    if let question = step.question {
      blocks.append(.text("\n" + question.text.filled(in: context)))
      blocks += choices(question)
    }
    blocks.append(.text("\n" + goOn(open)))
    return Report(blocks: blocks, result: json(open, session))
  }

  private static func choices(_ question: LessonStep.Question) -> [Block] {
    guard !question.choices.isEmpty else { return [] }
    return [
      .text(
        question.choices.enumerated().map { "  \($0 + 1)  \($1)" }.joined(separator: "\n"))
    ]
  }

  /// What to type next.
  static func goOn(_ open: OpenLesson) -> String {
    if open.isDone { return open.isLast ? "`lesson next` ends it" : "`lesson next` goes on" }
    guard let question = open.step.question else {
      return "type it: the lesson notices when it is done; `lesson hint` helps"
    }
    let words =
      question.choices.isEmpty
      ? String(repeating: " VALUE", count: min(question.answers.count, 8)) : " NUMBER"
    let isNumber = question.choices.isEmpty
    return "lesson answer\(words)"
      + (isNumber ? " (a number: \(question.tolerance.text))" : "") + "; `lesson hint` helps"
  }

  /// That the open step is done, and what the teacher says to it.
  static func praise(_ open: OpenLesson, _ session: Session) -> [Block] {
    let said = open.step.right?.filled(in: open.context(session))
    return [
      .text(
        "✓ \(open.lesson.name), step \(open.index + 1) of \(open.lesson.steps.count): done."
          + (said.map { " \($0)" } ?? "")), .text(goOn(open)),
    ]
  }

  static func json(_ open: OpenLesson, _ session: Session) -> JSONValue {
    let step = open.step
    let context = open.context(session)
    let choices = step.question?.choices ?? []
    return .object([
      ("lesson", .string(open.lesson.name)), ("title", .string(open.lesson.title)),
      ("step", .integer(open.index + 1)), ("steps", .integer(open.lesson.steps.count)),
      ("stepTitle", .string(step.title)), ("text", .string(step.text.filled(in: context))),
      ("do", JSONValue(step.commands)),
      ("question", JSONValue(step.question?.text.filled(in: context))),
      ("choices", JSONValue(choices)), ("done", .bool(open.isDone)),
      ("needs", JSONValue(open.isDone ? nil : open.unmetNeed(context))),
      ("solved", .integer(open.solved.count)),
      ("hints", JSONValue(open.hints.map { $0.filled(in: context) })),
      ("right", open.isDone ? JSONValue(step.right?.filled(in: context)) : .null),
      ("goOn", .string(goOn(open))),
    ])
  }
}
