struct ModeCommand: Command {
  static let name = "mode"
  static let usage = "mode [table|json|jsonl|csv|markdown]"
  static let summary = "how answers are written: for people or as data"
  static let examples = ["mode csv", "mode table"]
  static let details = """
    table      for people (the usual)
    json       one indented object a command; jsonl: one a line, as `eau --json`
    csv        the tables of each result, a blank line between two
    markdown   tables, and drawings in fenced blocks
    """
  static let parameters: [Parameter] = [
    .word(
      "MODE", .choice(OutputMode.allCases.map(\.rawValue)), "without it: which one it is",
      optional: true)
  ]
  static let seeAlso = ["last"]

  private let mode: OutputMode?

  init(_ arguments: Arguments) throws {
    mode = try arguments.words(0...1, Self.self).first.map(Self.mode)
  }

  static func mode(_ word: String) throws -> OutputMode {
    guard let mode = OutputMode(rawValue: word) else {
      throw CommandError.unknown("mode", word, among: OutputMode.allCases.map(\.rawValue))
    }
    return mode
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    if let mode { session.desk.mode = mode }
    let name = session.desk.mode.rawValue
    return Report(
      blocks: [.text("answers are written as \(name)")], result: .object([("mode", .string(name))]))
  }
}
