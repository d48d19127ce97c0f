import Foundation

struct ResumeCommand: Command {
  static let name = "resume"
  static let usage = "resume [N] | resume list | resume forget"
  static let summary = "bring back a session that ended without `quit`"
  static let examples = ["resume", "resume list"]
  static let details = """
    A session at a terminal is kept on disk after every command that changed it, and forgotten when it \
    ends with `quit` or ctrl-D. What a killed or crashed one had comes back: plugins, encoders, data \
    set, model, sample and what was done to it. EAU_AUTOSAVE=off keeps nothing.
    list     what can be brought back
    N        which one of the list (1, the last)
    forget   delete them all
    """
  static let parameters: [Parameter] = [
    .word(
      "N", .either([.choice(["list", "forget"]), .integers(1...10)]), "which one (1)",
      optional: true)
  ]
  static let seeAlso = ["undo", "history"]

  private enum Action {
    case resume(Int)
    case list, forget
  }

  private let action: Action

  init(_ arguments: Arguments) throws {
    switch try arguments.words(0...1, Self.self).first {
    case nil: action = .resume(1)
    case "list": action = .list
    case "forget": action = .forget
    case let word?:
      guard let number = Int(word), number > 0 else {
        throw CommandError.usage(
          Self.self, "expected a number, `list` or `forget`, found \"\(printable(word))\"")
      }
      action = .resume(number)
    }
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let lost = Autosave.lostSessions(console.environment)
    switch action {
    case .list: return list(lost)
    case .forget:
      for session in lost { session.forget() }
      return Report(
        blocks: [.text("forgot \(lost.count) sessions")],
        result: .object([("forgotten", .integer(lost.count))]))
    case .resume(let number):
      guard lost.indices.contains(number - 1) else {
        throw CommandError(
          "nothing-to-resume",
          lost.isEmpty
            ? "no session ended without `quit`" : "there is no session \(number) to bring back",
          hint: lost.isEmpty ? "sessions at a terminal are kept until they end" : "`resume list`")
      }
      return try resume(lost[number - 1], &session, console)
    }
  }

  private func list(_ lost: [LostSession]) -> Report {
    Report(
      blocks: lost.isEmpty
        ? [.text("no session ended without `quit`")]
        : [
          .table(
            Table(
              columns: [
                .init("", .right), .init("last changed"), .init("what it had", wraps: true),
              ],
              rows: lost.enumerated().map { index, session in
                [
                  "\(index + 1)", session.date.formatted(.iso8601),
                  session.summary,
                ]
              }))
        ],
      result: .object([
        (
          "sessions",
          .array(
            lost.map {
              .object([
                ("changed", .string($0.date.formatted(.iso8601))),
                ("commands", JSONValue($0.commands)),
              ])
            })
        )
      ]))
  }

  /// Goes as far as it can: a data set that has moved costs the data set, not the model.
  private func resume(
    _ lost: LostSession, _ session: inout Session, _ console: Console
  ) throws -> Report {
    let fresh = Session(seed: session.seed, cacheFolder: session.cacheFolder)
    var back = session.at(fresh)
    back.timeline = session.timeline
    back.desk.depth += 1
    var failed: [(command: String, error: String)] = []
    let interpreter = Interpreter(console: console, allowsPrefixes: false)
    for command in lost.commands {
      if Interrupt.isRequested {
        throw CommandError("interrupted", "resuming was stopped", hint: "`resume` tries again")
      }
      for statement in try Tokenizer.statements(in: command) {
        let outcome = interpreter.run(statement, &back, place: nil)
        if case .failure(let failure) = outcome.result {
          failed.append((command, failure.error.message))
        }
      }
    }
    back.desk = session.desk
    back.timeline = session.timeline
    session = back
    // What it had is this session's now, and kept with it.
    if failed.isEmpty { lost.forget() }
    var blocks = lost.commands.filter { command in
      !failed.contains { $0.command == command }
    }.map { Block.text($0.hasPrefix("restore ") ? "its model" : $0) }
    blocks += failed.map { .warning("\($0.command): \($0.error)") }
    if let reading = try? session.reading(), let model = session.model {
      blocks += WeightsView.report(reading, rule: model.options.alpha).blocks
    }
    return Report(
      blocks: [.heading("resumed")] + blocks,
      result: .object([
        ("commands", JSONValue(lost.commands)), ("failed", JSONValue(failed.map { $0.command })),
      ]))
  }
}
