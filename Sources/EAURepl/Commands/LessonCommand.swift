struct LessonCommand: Command {
  static let name = "lesson"
  static let usage =
    "lesson [N|NAME|FILE] [--fresh] | lesson next | hint | check | answer VALUE … | show | skip | "
    + "back | stop"
  static let summary = "guided lessons: read, do, answer; checked on your own session"
  static let examples = ["lesson", "lesson 1", "lesson answer 0.34", "lesson hint"]
  static let details = """
    lesson          the list, and where you are
    lesson 1        begins one, by number or name; a FILE is a lesson of your own
                    one that you left goes on where you were; --fresh starts it over
    next            the next step, once the open one is done
    hint            a hint, and another one each time
    check           whether the open step is done; also tried after each of your commands
    answer VALUE …  a number, a calculation ('exp(1/0.6)'), a word, or the number of a choice
    show, skip      the open step again; go past it without doing it
    back            one step back, to what was skipped
    stop            leave the lesson; `lesson NAME` comes back to it
    """
  static let parameters: [Parameter] = [
    .word(
      "WHAT", .either([.text("N"), .text("NAME"), .file(["lesson"])]),
      "a lesson, or what to do in the open one", optional: true),
    .word("VALUE", .text("VALUE"), "of `answer`", optional: true, repeats: true),
    .flag("fresh", "begin the lesson at its first step, though you left it at a later one"),
  ]
  static let seeAlso = ["explain", "help"]

  static func candidates(at place: CompletionPlace) -> [String] {
    let open = place.session.desk.lesson?.step.question
    if place.standing == ["answer"] { return open?.choices ?? [] }
    guard place.position == 0 else { return [] }
    let names = (try? LessonShelf.all().map(\.name)) ?? []
    return names + LessonReader.reserved + place.paths(["lesson"])
  }

  private enum Action {
    case list, next, hint, check, show, skip, back, stop
    case begin(String, isFresh: Bool)
    case answer([String])
  }

  private let action: Action

  init(_ arguments: Arguments) throws {
    try arguments.checkNoSettings(Self.self)
    let words = arguments.positional
    let isFresh = arguments.has("fresh")
    guard let first = words.first else {
      if isFresh { throw CommandError.usage(Self.self, "--fresh goes with a lesson") }
      action = .list
      return
    }
    let simple: [String: Action] = [
      "next": .next, "hint": .hint, "check": .check, "show": .show, "skip": .skip, "back": .back,
      "stop": .stop,
    ]
    if isFresh, first == "answer" || simple[first] != nil {
      throw CommandError.usage(Self.self, "--fresh goes with a lesson")
    }
    if first == "answer" {
      guard words.count > 1 else { throw CommandError.usage(Self.self, "answer expects a value") }
      action = .answer(Array(words.dropFirst()))
      return
    }
    guard words.count == 1 else {
      throw CommandError.usage(Self.self, "expected 1 argument, found \(words.count)")
    }
    action = simple[first] ?? .begin(first, isFresh: isFresh)
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    switch action {
    case .list: return LessonView.list(try LessonShelf.all(), session)
    case .begin(let word, let isFresh):
      return begin(try LessonShelf.find(word), isFresh: isFresh, &session)
    default: break
    }
    guard var open = session.desk.lesson else {
      throw CommandError(
        "no-lesson", "no lesson is open", hint: "`lesson` lists them, `lesson 1` begins the first")
    }
    let report = try act(&open, &session)
    if session.desk.lesson != nil { session.desk.lesson = open }
    return report
  }

  /// Goes on where the learner left it, unless it is to be begun anew.
  private func begin(_ lesson: Lesson, isFresh: Bool, _ session: inout Session) -> Report {
    session.desk.leaveLesson()
    let left = isFresh ? nil : session.desk.left(lesson)
    session.desk.forget(lesson)
    let open = left ?? OpenLesson(lesson)
    session.desk.lesson = open
    var report = enter(open, &session)
    // At its first step nothing would be different.
    guard open.index > 0 || !open.solved.isEmpty, left != nil else { return report }
    let text =
      "where you left it, \(LessonView.solvedText(open)); "
      + "`lesson \(word(lesson)) --fresh` starts over"
    report.blocks.append(.note(text))
    report.result = report.result.with("continued", true)
    return report
  }

  private func word(_ lesson: Lesson) -> String {
    if case .begin(let word, _) = action { word } else { lesson.name }
  }

  /// Shows the open step; what it asks for may be there already.
  private func enter(_ open: OpenLesson, _ session: inout Session) -> Report {
    var entered = open
    let wasDone = entered.tryCheck(session, after: nil)
    session.desk.lesson = entered
    guard wasDone else { return LessonView.step(entered, session) }
    var report = LessonView.step(open, session)
    report.blocks.removeLast()
    report.blocks += LessonView.praise(entered, session)
    report.result = LessonView.json(entered, session)
    return report
  }

  private func act(_ open: inout OpenLesson, _ session: inout Session) throws -> Report {
    switch action {
    case .next:
      guard open.isDone else {
        throw CommandError(
          "step-open", "step \(open.index + 1) is not done yet",
          hint: "`lesson show` shows it, `lesson hint` helps, `lesson skip` goes past it")
      }
      return goOn(&open, &session)
    case .skip: return goOn(&open, &session)
    case .back:
      guard open.goBack() else {
        throw CommandError("first-step", "this is the first step", hint: "`lesson show` shows it")
      }
      return arrive(&open, &session)
    case .hint: return try hint(&open, session)
    case .check: return try check(&open, session)
    case .answer(let words): return try answer(words, &open, session)
    case .stop:
      session.desk.leaveLesson()
      return Report(
        blocks: [
          .text(
            "\(open.lesson.title) is left at step \(open.index + 1) of \(open.lesson.steps.count); "
              + "beginning it again goes on there")
        ], result: .object([("lesson", .string(open.lesson.name)), ("stopped", true)]))
    default: return LessonView.step(open, session)
    }
  }

  private func goOn(_ open: inout OpenLesson, _ session: inout Session) -> Report {
    guard !open.isLast else {
      return end(open, &session)
    }
    open.goOn()
    return arrive(&open, &session)
  }

  /// Solved in every step, a lesson is done; else it is seen, and can be gone on with.
  private func end(_ open: OpenLesson, _ session: inout Session) -> Report {
    var ended = open
    ended.end()
    let end = open.lesson.end.filled(in: open.context(session))
    session.desk.lesson = ended
    session.desk.leaveLesson()
    var blocks: [Block] = [.heading("\(open.lesson.title): the end"), .text(end)]
    if !ended.isSolved {
      blocks.append(
        .text(
          "seen, \(LessonView.solvedText(ended)): beginning it again leads to step "
            + "\(ended.index + 1), which you skipped"))
    }
    return Report(
      blocks: blocks,
      result: .object([
        ("lesson", .string(open.lesson.name)), ("finished", .bool(ended.isSolved)),
        ("solved", .integer(ended.solved.count)), ("steps", .integer(open.lesson.steps.count)),
        ("text", .string(end)),
      ]))
  }

  /// Enters a step of the lesson at hand.
  private func arrive(_ open: inout OpenLesson, _ session: inout Session) -> Report {
    let report = enter(open, &session)
    if let entered = session.desk.lesson { open = entered }
    return report
  }

  private func hint(_ open: inout OpenLesson, _ session: Session) throws -> Report {
    if !open.isDone, let need = open.unmetNeed(open.context(session)) { throw open.refusal(need) }
    let hint = open.takeHint()?.filled(in: open.context(session))
    return Report(
      blocks: [.text(hintText(open, hint))],
      result: LessonView.json(open, session).with("hint", JSONValue(hint)))
  }

  private func hintText(_ open: OpenLesson, _ hint: String?) -> String {
    hint.map { "hint \(open.hintsShown) of \(open.step.hints.count): \($0)" }
      ?? "There is nothing to solve here: read, then `lesson next`."
  }

  private func check(_ open: inout OpenLesson, _ session: Session) throws -> Report {
    if !open.isDone, let need = open.unmetNeed(open.context(session)) { throw open.refusal(need) }
    if !open.isDone { _ = open.tryCheck(session, after: nil) }
    let blocks =
      open.isDone
      ? LessonView.praise(open, session)
      : [
        .text("Step \(open.index + 1), \(open.step.title), is not done yet."),
        .text(LessonView.goOn(open)),
      ]
    return Report(blocks: blocks, result: LessonView.json(open, session))
  }

  private func answer(
    _ words: [String], _ open: inout OpenLesson, _ session: Session
  ) throws -> Report {
    let verdict = try open.answer(words, session)
    let state = LessonView.json(open, session)
      .with("answer", JSONValue(words.joined(separator: " ")))
    let result = { (isRight: Bool, said: String?) in
      state.with("correct", .bool(isRight)).with("said", JSONValue(said))
    }
    switch verdict {
    case .right:
      return Report(blocks: LessonView.praise(open, session), result: result(true, nil))
    case .wrong(let said, let hint):
      let beginning =
        open.isDone
        ? "Not this one; but the step is done already, `lesson next` goes on." : "Not yet."
      let blocks: [Block] =
        [.text(beginning + (said.map { " \($0)" } ?? ""))]
        + (hint == nil ? [] : [.text(hintText(open, hint))])
      return Report(blocks: blocks, result: result(false, said))
    }
  }
}
