struct HelpCommand: Command {
  static let name = "help"
  static let aliases = ["?"]
  static let usage = "help [COMMAND | TERM | all]"
  static let summary = "this overview, a command's page, or what a term means"
  static let examples = ["help", "help corrupt", "help sigma", "help all"]
  static let parameters: [Parameter] = [
    .word("TOPIC", .command, "a command or a term", optional: true)
  ]

  static func candidates(at place: CompletionPlace) -> [String] {
    guard place.position == 0 else { return [] }
    let terms = (try? Glossary().entries.map(\.term)) ?? []
    return Commands.all.map { $0.name } + ["all"] + terms
  }

  private let topic: String?

  init(_ arguments: Arguments) throws { topic = try arguments.words(0...1, Self.self).first }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    guard let topic else { return overview() }
    if topic == "all" { return list() }
    guard let command = Commands.named(topic) else { return try Glossary().report(topic) }
    return CommandHelp.report(command)
  }

  /// One screen: the groups, and how to begin.
  private func overview() -> Report {
    Report(
      blocks: [
        .table(
          Table(
            columns: [.init(""), .init("commands", wraps: true), .init("")],
            rows: Commands.groups.map { group in
              [group.name, group.commands.map { $0.name }.joined(separator: " "), group.summary]
            })),
        .text(
          "begin with: open demo; train; sample 1; corrupt image gaussian 8; weights\n"
            + "`help COMMAND` tells more, `help all` lists each command in a line."),
      ],
      result: .object([("commands", .array(Commands.all.map(CommandHelp.json)))]))
  }

  private func list() -> Report {
    Report(
      blocks: [
        .table(
          Table(
            columns: [.init("command"), .init("does", wraps: true)],
            rows: Commands.all.map { [$0.name, $0.summary] }))
      ],
      result: .object([("commands", .array(Commands.all.map(CommandHelp.json)))]))
  }
}
