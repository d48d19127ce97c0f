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
  /// Options that take a value, without `--`.
  static var options: [String] { get }
  /// Options that take none.
  static var flags: [String] { get }

  init(_ arguments: Arguments) throws
  func run(_ session: inout Session, _ console: Console) throws -> Report
}

extension Command {
  static var aliases: [String] { [] }
  static var examples: [String] { [] }
  static var details: String { "" }
  static var options: [String] { [] }
  static var flags: [String] { [] }
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

enum Commands {
  /// In the order of the overview.
  static let all: [any Command.Type] = [
    OpenCommand.self, EncodersCommand.self, UseCommand.self, TrainCommand.self,
    SamplesCommand.self, SampleCommand.self, LoadCommand.self, InspectCommand.self,
    PlotCommand.self,
    WeightsCommand.self, PredictCommand.self, CorruptCommand.self, CleanCommand.self,
    DropCommand.self, SweepCommand.self, EvaluateCommand.self, OutsideCommand.self,
    CompareCommand.self, BenchmarkCommand.self, SaveCommand.self, RestoreCommand.self,
    CacheCommand.self, PluginCommand.self, HelpCommand.self, QuitCommand.self,
  ]
}
