struct HelpCommand: Command {
  static let name = "help"
  static let usage = "help [COMMAND]"
  static let summary = "this overview, or a command's usage and examples"
  static let examples = ["help", "help corrupt"]

  private let topic: String?

  init(_ arguments: Arguments) throws { topic = try arguments.words(0...1, Self.self).first }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    guard let topic else { return overview() }
    guard
      let command = Commands.all.first(where: {
        $0.name == topic || $0.aliases.contains(topic)
      })
    else {
      throw CommandError.unknown("command", topic, among: Commands.all.map { $0.name })
    }
    var blocks: [Block] = [
      .heading(command.name), .text("\(command.summary).\n\nusage: \(command.usage)"),
    ]
    if !command.details.isEmpty { blocks.append(.text("\n" + command.details)) }
    if !command.examples.isEmpty {
      blocks.append(
        .text("\nexamples:\n" + command.examples.map { "  " + $0 }.joined(separator: "\n")))
    }
    return Report(blocks: blocks, result: json(command))
  }

  private func overview() -> Report {
    Report(
      blocks: [
        .table(
          Table(
            columns: [.init("command"), .init("does")],
            rows: Commands.all.map { [$0.name, $0.summary] })),
        .text(
          "begin with: open demo; train; sample 1; corrupt image gaussian 8; weights\n"
            + "separate commands by ; and quote sentences. `help COMMAND` tells more."),
      ],
      result: .object([("commands", .array(Commands.all.map(json)))]))
  }

  private func json(_ command: any Command.Type) -> JSONValue {
    .object([
      ("name", .string(command.name)), ("usage", .string(command.usage)),
      ("summary", .string(command.summary)), ("examples", JSONValue(command.examples)),
    ])
  }
}
