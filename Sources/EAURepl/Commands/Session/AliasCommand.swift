struct AliasCommand: Command {
  static let name = "alias"
  static let usage = "alias [NAME [COMMANDS]]"
  static let summary = "a short name for commands you type often"
  static let examples = ["alias", "alias noisy 'corrupt image gaussian 8'", "alias noisy ''"]
  static let details = """
    What is typed behind the name is added to the last of its commands. Commands keep their names; in \
    the start file an alias is there for every session. Empty COMMANDS take it away.
    """
  static let parameters: [Parameter] = [
    .word("NAME", .text("NAME"), "without COMMANDS: what it stands for", optional: true),
    .word("COMMANDS", .text("COMMANDS"), "in quotes, separated by ;", optional: true),
  ]
  static let seeAlso = ["source", "history"]

  private let name: String?
  private let commands: String?

  init(_ arguments: Arguments) throws {
    let words = try arguments.words(0...2, Self.self)
    name = words.first
    commands = words.count == 2 ? words[1] : nil
    if let name, name != Word.written(name) || name.isEmpty {
      throw CommandError.usage(
        Self.self, "expected a name without blanks and quotes, found \"\(printable(name))\"")
    }
    if let name, Commands.named(name) != nil {
      throw CommandError(
        "alias-taken", "\(name) is a command already", hint: "choose another name for the alias")
    }
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    guard let name else { return report(session.desk.aliases.all) }
    guard let commands else {
      guard let found = session.desk.aliases.all.first(where: { $0.name == name }) else {
        throw CommandError.unknown("alias", name, among: session.desk.aliases.all.map(\.name))
      }
      return report([found])
    }
    try session.desk.aliases.set(name, to: commands)
    return report(session.desk.aliases.all.filter { $0.name == name })
  }

  private func report(_ aliases: [Aliases.Alias]) -> Report {
    Report(
      blocks: aliases.map { .text("\($0.name) = \($0.commands)") },
      result: .object([
        (
          "aliases",
          .array(
            aliases.map {
              .object([("name", .string($0.name)), ("commands", .string($0.commands))])
            })
        )
      ]))
  }
}
