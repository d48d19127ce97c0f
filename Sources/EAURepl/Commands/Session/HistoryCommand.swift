import Foundation

struct HistoryCommand: Command {
  static let name = "history"
  static let usage = "history [RANGE] [--save FILE]"
  static let summary = "what was typed in this session, or write it as a script"
  static let examples = ["history", "history 3-7", "history 5- --save tour.eau"]
  static let details = """
    A script made of it runs with `source FILE` or `eau -f FILE`. Commands that failed are kept in it \
    as comments. The prompt's own history (arrow keys, ctrl-R) also has earlier sessions.
    """
  static let parameters: [Parameter] = [
    .word("RANGE", .text("RANGE"), "4, 3-7, 5- or -10; all unless given", optional: true),
    .option("save", .file(["eau"]), "write the commands into a file"),
  ]
  static let seeAlso = ["source", "transcript", "undo"]

  private let range: String?
  private let file: String?

  init(_ arguments: Arguments) throws {
    range = try arguments.words(0...1, Self.self).first
    file = try arguments.value(of: "save")
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let entries = session.desk.entries
    let shown = Array(entries.enumerated())[try bounds(entries.count)]
    if let file {
      // Run again, they would write this script again.
      let written = shown.filter { !$0.element.command.hasPrefix("history") }
      let lines = written.map {
        $0.element.succeeded ? $0.element.command : "# \($0.element.command)"
      }
      let text = lines.joined(separator: "\n") + "\n"
      try AtomicFile.write(Array(text.utf8), to: (file as NSString).expandingTildeInPath)
      return Report(
        blocks: [.text("wrote \(lines.count) commands to \(file)")],
        result: .object([("file", .string(file)), ("commands", .integer(lines.count))]))
    }
    return Report(
      blocks: [
        .table(
          Table(
            columns: [.init("", .right), .init("command", wraps: true), .init("")],
            rows: shown.map {
              ["\($0.offset + 1)", $0.element.command, $0.element.succeeded ? "" : "failed"]
            }))
      ],
      result: .object([
        (
          "commands",
          .array(
            shown.map {
              .object([
                ("number", .integer($0.offset + 1)), ("command", .string($0.element.command)),
                ("ok", .bool($0.element.succeeded)),
              ])
            })
        )
      ]))
  }

  private func bounds(_ count: Int) throws -> Range<Int> {
    guard let range else { return 0..<count }
    let parts = range.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = parts.map { Int($0) }
    guard zip(parts, numbers).allSatisfy({ $0.isEmpty || ($1 ?? 0) > 0 }),
      numbers.contains(where: { $0 != nil })
    else {
      throw CommandError.usage(
        Self.self, "expected a range like 4, 3-7, 5- or -10, found \"\(printable(range))\"")
    }
    let first = numbers[0] ?? 1
    let last = numbers.count == 1 ? first : numbers[1] ?? count
    guard first <= last, first <= count else {
      throw CommandError(
        "empty-range", "no commands in \(printable(range))", hint: "the history has 1…\(count)")
    }
    return first - 1..<min(last, count)
  }
}
