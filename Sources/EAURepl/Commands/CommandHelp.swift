/// A command's own page: what it does, what it takes, how it is used.
enum CommandHelp {
  static func report(_ command: any Command.Type) -> Report {
    var blocks: [Block] = [
      .heading(command.name), .text("\(command.summary).\n\nusage: \(command.usage)"),
    ]
    if !command.aliases.isEmpty {
      blocks.append(.text("also called \(command.aliases.joined(separator: ", "))"))
    }
    if !command.parameters.isEmpty {
      blocks.append(
        .table(
          Table(
            columns: [
              .init("parameter"), .init("values", wraps: true), .init("means", wraps: true),
            ],
            rows: command.parameters.map { [$0.heading, $0.values.range, $0.meaning] })))
    }
    if !command.details.isEmpty {
      // A table keeps its distance by itself.
      let gap = command.parameters.isEmpty ? "\n" : ""
      blocks.append(.text(gap + command.details))
    }
    if !command.examples.isEmpty {
      let gap = command.parameters.isEmpty || !command.details.isEmpty ? "\n" : ""
      blocks.append(
        .text("\(gap)examples:\n" + command.examples.map { "  " + $0 }.joined(separator: "\n")))
    }
    if !command.seeAlso.isEmpty {
      let topics = command.seeAlso.joined(separator: ", ")
      blocks.append(.text("\nsee also `help` of: \(topics)"))
    }
    return Report(blocks: blocks, result: json(command))
  }

  static func json(_ command: any Command.Type) -> JSONValue {
    .object([
      ("name", .string(command.name)), ("aliases", JSONValue(command.aliases)),
      ("usage", .string(command.usage)), ("summary", .string(command.summary)),
      (
        "parameters",
        .array(
          command.parameters.map {
            .object([
              ("name", .string($0.heading)), ("values", .string($0.values.range)),
              ("meaning", .string($0.meaning)), ("optional", .bool($0.isOptional)),
            ])
          })
      ), ("details", .string(command.details)), ("examples", JSONValue(command.examples)),
      ("seeAlso", JSONValue(command.seeAlso)),
    ])
  }
}
