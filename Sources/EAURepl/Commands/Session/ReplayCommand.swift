import Foundation
import ModalityKit

struct ReplayCommand: Command {
  static let name = "replay"
  static let usage = "replay FILE [--check] [--tolerance X]"
  static let summary = "run a transcript again, or check that it still holds"
  static let examples = ["replay tour.txt", "replay tour.txt --check", "replay README.md --check"]
  static let details = """
    Of a Markdown document the `console` blocks are run. --check runs everything in sessions of its \
    own, each block in a new one, and compares the answers: words must be equal, numbers a and b agree \
    when |a - b| ≤ X · max(1, |a|). Durations, and the lengths of bars, are not compared; a line … \
    stands for any lines. A command with no recorded answer is run, and must not fail.
    """
  static let parameters: [Parameter] = [
    .word("FILE", .file(["txt", "md"]), "what `transcript` wrote, or a Markdown document"),
    .flag("check", "compare the answers with the recorded ones; this session stays as it is"),
    .option("tolerance", .numbers(0...1), "with --check: how far numbers may differ (0.01)"),
  ]
  static let seeAlso = ["transcript", "source"]
  static let isUndoable = false

  private let file: String
  private let checks: Bool
  private let tolerance: Double

  init(_ arguments: Arguments) throws {
    file = try arguments.words(1...1, Self.self)[0]
    checks = arguments.has("check")
    tolerance = try arguments.number(of: "tolerance", in: 0...1) ?? 0.01
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let bytes = try RawInput.file(path: (file as NSString).expandingTildeInPath)
      .bytes(limit: SourceCommand.sizeLimit)
    let recorded = RecordedSession(String(decoding: bytes, as: UTF8.self))
    guard recorded.count > 0 else {
      throw CommandError(
        "nothing-to-replay", "\(file) has no commands",
        hint: "a transcript's commands begin with `\(Transcript.prompt)`; a document's stand in "
          + "```console blocks")
    }
    guard session.desk.depth < SourceCommand.deepest else {
      throw CommandError(
        "too-deep", "\(file): replays itself", hint: "take `replay` out of the transcript")
    }
    session.desk.depth += 1
    defer { session.desk.depth -= 1 }
    return checks
      ? try check(recorded, session, console) : try replay(recorded, &session, console)
  }

  private func replay(
    _ recorded: RecordedSession, _ session: inout Session, _ console: Console
  ) throws -> Report {
    let runner = StatementRunner(console: console, keepGoing: true, allowsPrefixes: true)
    var failures = 0
    for exchange in recorded.parts.joined() where !session.isFinished {
      if Interrupt.isRequested {
        throw StoppedScript(failure: Failure(CommandError.stopped(file, exchange.line)))
      }
      console.message(Transcript.prompt + exchange.command)
      let place = "\(file):\(exchange.line)"
      if runner.run(exchange.command, place: place, number: exchange.line, &session) != nil {
        failures += 1
      }
    }
    // The transcript's own `quit` ends the replay, not the session.
    session.isFinished = false
    return Report(
      blocks: [.text("replayed \(recorded.count) commands of \(file), \(failures) failed")],
      result: .object([
        ("file", .string(file)), ("commands", .integer(recorded.count)),
        ("failed", .integer(failures)),
      ]))
  }

  private func check(
    _ recorded: RecordedSession, _ session: Session, _ console: Console
  ) throws -> Report {
    let comparison = AnswerComparison(tolerance: tolerance)
    var differences: [Found] = []
    for part in recorded.parts {
      var own = Session(seed: recorded.seed ?? session.seed, cacheFolder: session.cacheFolder)
      (own.desk.depth, own.desk.ground) = (session.desk.depth, session.desk.depth)
      for exchange in part {
        if Interrupt.isRequested { throw CommandError.stopped(file, exchange.line) }
        let (answer, failed) = Self.answer(to: exchange, &own, console)
        if exchange.answer.isEmpty && !failed { continue }
        if let difference = comparison.difference(exchange.answer, answer) {
          differences.append((exchange, difference))
        }
      }
    }
    let report = Report(
      blocks: differences.isEmpty
        ? [.text("\(file): all \(recorded.count) answers are as recorded")]
        : [Self.table(differences)],
      result: .object([
        ("file", .string(file)), ("commands", .integer(recorded.count)),
        ("tolerance", .number(tolerance)), ("differences", .array(differences.map(Self.json))),
      ]))
    guard differences.isEmpty else {
      throw ReportedError(
        code: "replay-differs",
        message: "\(file): \(differences.count) of \(recorded.count) answers differ",
        hint: "numbers may differ by \(NumberText.short(tolerance)); --tolerance allows more",
        report: report)
    }
    return report
  }

  private typealias Found = (
    exchange: RecordedSession.Exchange, difference: AnswerComparison.Difference
  )

  private static func table(_ differences: [Found]) -> Block {
    .table(
      Table(
        columns: [
          .init("line", .right), .init("command", wraps: true), .init("recorded", wraps: true),
          .init("found", wraps: true),
        ],
        rows: differences.map {
          ["\($0.exchange.line)", $0.exchange.command, $0.difference.recorded, $0.difference.found]
        }))
  }

  private static func json(_ found: Found) -> JSONValue {
    .object([
      ("line", .integer(found.exchange.line)), ("command", .string(found.exchange.command)),
      ("recorded", .string(found.difference.recorded)), ("found", .string(found.difference.found)),
    ])
  }

  /// The lines that a recorded command answers now.
  private static func answer(
    to exchange: RecordedSession.Exchange, _ session: inout Session, _ console: Console
  ) -> (lines: [String], failed: Bool) {
    let statements: [Statement]
    do {
      statements = try Tokenizer.statements(in: exchange.command, firstLine: exchange.line)
    } catch {
      return (text(CommandOutcome(command: "", result: .failure(Failure(error)))), true)
    }
    let interpreter = Interpreter(console: console, allowsPrefixes: true)
    var lines: [String] = []
    for statement in statements.flatMap(session.desk.aliases.expanded) where !session.isFinished {
      let outcome = interpreter.run(statement, &session, place: nil)
      lines += text(outcome)
      session.desk.log(statement.written(as: outcome.command), outcome)
      if case .failure = outcome.result { return (lines, true) }
    }
    return (lines, false)
  }

  private static func text(_ outcome: CommandOutcome) -> [String] {
    Transcript.text(of: outcome).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
  }
}
