/// A verb of the language: what it is called, how it is used, and what it does.
///
/// A command is made from its arguments, which may refuse them, and then run on a session. It
/// answers with a value; renderers draw it.
protocol Command: Sendable {
  static var name: String { get }
  static var aliases: [String] { get }
  static var usage: String { get }
  /// One line for the overview.
  static var summary: String { get }
  static var examples: [String] { get }
  /// More for `help COMMAND`: what the parameters mean.
  static var details: String { get }
  /// In the order of the usage.
  static var parameters: [Parameter] { get }
  /// Other commands, and terms of the glossary.
  static var seeAlso: [String] { get }
  /// What can stand at a place of the line; whatever does not begin with the word so far is left out.
  static func candidates(at place: CompletionPlace) -> [String]

  /// Whether `undo` takes it back when it changed the session; commands that run others leave that to
  /// them.
  static var isUndoable: Bool { get }

  init(_ arguments: Arguments) throws
  func run(_ session: inout Session, _ console: Console) throws -> Report
}

extension Command {
  static var aliases: [String] { [] }
  static var examples: [String] { [] }
  static var details: String { "" }
  static var parameters: [Parameter] { [] }
  static var seeAlso: [String] { [] }
  static var isUndoable: Bool { true }
  static func candidates(at place: CompletionPlace) -> [String] { place.candidates(parameters) }

  /// Options that take a value, without `--`.
  static var options: [String] { parameters.filter { $0.form == .option }.map(\.name) }
  /// Options that take none.
  static var flags: [String] { parameters.filter { $0.form == .flag }.map(\.name) }
}

extension Arguments {
  /// Refuses `key=value` for commands that have none.
  func checkNoSettings(_ command: any Command.Type) throws {
    if let setting = settings.first {
      throw CommandError.usage(command, "does not take \(setting.key)=…")
    }
  }

  /// The words that stand alone, when there are as many as expected.
  func words(_ range: ClosedRange<Int>, _ command: any Command.Type) throws -> [String] {
    try checkNoSettings(command)
    guard range.contains(positional.count) else {
      let wanted =
        range.lowerBound == range.upperBound
        ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      throw CommandError.usage(
        command,
        "expected \(wanted) argument\(range.upperBound == 1 ? "" : "s"), found \(positional.count)")
    }
    return positional
  }
}
