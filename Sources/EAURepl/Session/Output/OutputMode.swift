/// How answers are written.
enum OutputMode: String, CaseIterable, Sendable {
  /// For people: tables, charts, notes.
  case table
  /// One indented JSON object a command.
  case json
  /// One JSON object a command, each on a line.
  case jsonl
  /// The tables in each result, RFC 4180.
  case csv
  /// For documents: tables, and drawings in fenced blocks.
  case markdown

  /// Whether failures, too, are objects on stdout.
  var isJSON: Bool { self == .json || self == .jsonl }

  /// Whether a blank line stands between two answers: one would run into the other.
  var isSetOff: Bool { self == .csv || self == .markdown }

  /// A report in this form; ends in a newline unless it is empty.
  func text(of report: Report, command: String, style: TerminalStyle) -> String {
    switch self {
    case .table: TerminalRenderer(style: style).render(report)
    case .json:
      CommandOutcome(command: command, result: .success(report)).json.indented() + "\n"
    case .jsonl: CommandOutcome(command: command, result: .success(report)).json.text() + "\n"
    case .csv: CSVRenderer.render(report.result)
    case .markdown: MarkdownRenderer(style: style).render(report)
    }
  }

  /// For a terminal: CSV holds data as they are, the other forms see to it themselves.
  func harmless(_ text: String) -> String {
    guard self == .csv else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { printable(String($0)) }.joined(separator: "\n")
  }
}
