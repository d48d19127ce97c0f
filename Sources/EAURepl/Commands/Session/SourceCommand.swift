import Foundation
import ModalityKit

struct SourceCommand: Command {
  static let name = "source"
  static let usage = "source FILE"
  static let summary = "run the commands in a file"
  static let examples = ["source tour.eau"]
  static let details = """
    One command a line or separated by `;`, comments after #. It stops at the first error; what was \
    done until then stays done.
    """
  static let parameters: [Parameter] = [.word("FILE", .file(["eau"]), "a script")]
  static let seeAlso = ["history", "replay"]
  static let isUndoable = false

  static let deepest = 16
  static let sizeLimit = 16 << 20

  private let file: String

  init(_ arguments: Arguments) throws { file = try arguments.words(1...1, Self.self)[0] }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    guard session.desk.depth < Self.deepest else {
      throw CommandError(
        "too-deep", "\(file): scripts call each other more than \(Self.deepest) deep",
        hint: "a script must not call itself")
    }
    let bytes = try RawInput.file(path: (file as NSString).expandingTildeInPath)
      .bytes(limit: Self.sizeLimit)
    session.desk.depth += 1
    defer { session.desk.depth -= 1 }
    let runner = StatementRunner(console: console)
    let lines = LogicalLines(TextLines(String(decoding: bytes, as: UTF8.self)))
    var count = 0
    while !session.isFinished, case .line(let line) = lines.nextLine() {
      if Interrupt.isRequested {
        throw StoppedScript(failure: Failure(CommandError.stopped(file, lines.number)))
      }
      let place = "\(file):\(lines.number)"
      if let failure = runner.run(line, place: place, number: lines.number, &session) {
        throw StoppedScript(
          failure: Failure(
            CommandError(
              "script-failed", "\(file) stopped at line \(failure.line ?? lines.number)",
              hint: "what was done before it stays done")))
      }
      count = lines.number
    }
    return Report(
      blocks: [],
      result: .object([("file", .string(file)), ("lines", .integer(count))]))
  }
}

extension CommandError {
  /// Ctrl-C within a script.
  static func stopped(_ file: String, _ line: Int) -> CommandError {
    CommandError(
      "interrupted", "\(file) was stopped before line \(line)",
      hint: "what was done before it stays done")
  }
}
