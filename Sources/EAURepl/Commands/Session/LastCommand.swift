import Foundation

struct LastCommand: Command {
  static let name = "last"
  static let usage = "last [FILE] [--as MODE]"
  static let summary = "the last result again, in another form or into a file"
  static let examples = ["last", "last --as csv", "last sweep.csv", "last weights.md"]
  static let details = """
    FILE decides the form by its ending: json, jsonl, csv, md or txt. `plot last FILE.svg` draws it.
    """
  static let parameters: [Parameter] = [
    .word(
      "FILE", .file(["json", "jsonl", "csv", "md", "txt"]), "where to, instead of here",
      optional: true),
    .option(
      "as", .choice(OutputMode.allCases.map(\.rawValue)), "another form than the ending says"),
  ]
  static let seeAlso = ["mode", "plot", "history"]

  private let file: String?
  private let mode: OutputMode?

  init(_ arguments: Arguments) throws {
    file = try arguments.words(0...1, Self.self).first
    mode = try arguments.value(of: "as").map(ModeCommand.mode)
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    guard let last = session.desk.last else {
      throw CommandError("no-result", "there is no result yet", hint: "run a command first")
    }
    guard let file else { return report(last, session, console) }
    let endings: [(String, OutputMode)] = [
      ("json", .json), ("jsonl", .jsonl), ("csv", .csv), ("md", .markdown), ("txt", .table),
    ]
    let ending = (file as NSString).pathExtension.lowercased()
    guard let form = mode ?? endings.first(where: { $0.0 == ending })?.1 else {
      throw CommandError.usage(
        Self.self, "expected a file that ends in .json, .jsonl, .csv, .md or .txt, found \(file)")
    }
    let text = form.text(of: last.report, command: last.command, style: Transcript.style)
    try AtomicFile.write(Array(text.utf8), to: (file as NSString).expandingTildeInPath)
    return Report(
      blocks: [.text("wrote the result of `\(last.command)` to \(file)")],
      result: .object([("file", .string(file)), ("of", .string(last.command))]))
  }

  /// In another form than the session's it is text like any other.
  private func report(
    _ last: (command: String, report: Report), _ session: Session, _ console: Console
  ) -> Report {
    let result = JSONValue.object([
      ("of", .string(last.command)), ("result", last.report.result),
    ])
    guard let mode, mode != session.desk.mode else {
      return Report(blocks: last.report.blocks, result: result)
    }
    let text = mode.text(
      of: last.report, command: last.command, style: console.style(STDOUT_FILENO))
    return Report(blocks: [.verbatim(text)], result: result)
  }
}
