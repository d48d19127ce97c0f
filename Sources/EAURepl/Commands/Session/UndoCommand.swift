struct UndoCommand: Command {
  static let name = "undo"
  static let usage = "undo [N]"
  static let summary = "take back the last command that changed the session"
  static let examples = ["undo", "undo 3"]
  static let details = """
    Data, encoders, model, sample, corruptions: all that the last \(Timeline.longest) changing commands \
    changed comes back, also after `train` and `open`. Files that were written stay written.
    """
  static let parameters: [Parameter] = [
    .word("N", .integers(1...Timeline.longest), "how many (1)", optional: true)
  ]
  static let seeAlso = ["redo", "history"]
  static let isUndoable = false

  private let count: Int

  init(_ arguments: Arguments) throws { count = try TimeTravel.count(arguments, Self.self) }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    try TimeTravel.report(.back, count, &session)
  }
}

struct RedoCommand: Command {
  static let name = "redo"
  static let usage = "redo [N]"
  static let summary = "do again what `undo` took back"
  static let examples = ["redo"]
  static let parameters: [Parameter] = [
    .word("N", .integers(1...Timeline.longest), "how many (1)", optional: true)
  ]
  static let seeAlso = ["undo", "history"]
  static let isUndoable = false

  private let count: Int

  init(_ arguments: Arguments) throws { count = try TimeTravel.count(arguments, Self.self) }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    try TimeTravel.report(.forth, count, &session)
  }
}

/// What both directions share.
private enum TimeTravel {
  static func count(_ arguments: Arguments, _ command: any Command.Type) throws -> Int {
    guard let word = try arguments.words(0...1, command).first else { return 1 }
    guard let count = Int(word), (1...Timeline.longest).contains(count) else {
      throw CommandError.usage(
        command, "expected a whole number 1…\(Timeline.longest), found \"\(printable(word))\"")
    }
    return count
  }

  static func report(
    _ direction: Timeline.Direction, _ count: Int, _ session: inout Session
  ) throws -> Report {
    let verb = direction == .back ? "undo" : "redo"
    let done = direction == .back ? "undid" : "did again"
    var commands: [String] = []
    for _ in 0..<count {
      guard let step = session.timeline.step(direction, from: session) else { break }
      commands.append(step.command)
      session = step.session
    }
    guard !commands.isEmpty else {
      throw CommandError(
        "nothing-to-\(verb)", "there is nothing to \(verb)",
        hint: direction == .back
          ? "only commands that changed the session can be undone; `history` lists all"
          : "`undo` comes first")
    }
    var report = Report(
      blocks: commands.map { .text("\(done): \($0)") },
      result: .object([
        ("commands", JSONValue(commands)), ("undoable", .integer(session.timeline.past.count)),
        ("redoable", .integer(session.timeline.future.count)),
      ]))
    if session.model != nil, session.sample != nil, let reading = try? session.reading() {
      let rule = try session.trainedModel().options.alpha
      report.blocks += WeightsView.report(reading, rule: rule).blocks
    }
    return report
  }
}
