/// Every command, in the order of the overview.
enum Commands {
  /// What belongs together stands together: a line of the overview.
  struct Group: Sendable {
    let name: String
    let summary: String
    let commands: [any Command.Type]
  }

  static let groups = [
    Group(
      name: "data", summary: "open a data set, choose encoders",
      commands: [
        OpenCommand.self, SamplesCommand.self, EncodersCommand.self, UseCommand.self,
        PluginCommand.self, CacheCommand.self,
      ]),
    Group(
      name: "model", summary: "train it, keep it",
      commands: [TrainCommand.self, SaveCommand.self, RestoreCommand.self]),
    Group(
      name: "sample", summary: "one picture, sound, sentence",
      commands: [SampleCommand.self, LoadCommand.self]),
    Group(
      name: "look", summary: "its Gaussians, its weights",
      commands: [
        InspectCommand.self, WeightsCommand.self, WhyCommand.self, PredictCommand.self,
        NearestCommand.self, PlotCommand.self, ExportCommand.self,
      ]),
    Group(
      name: "spoil", summary: "and see the trust move",
      commands: [
        CorruptCommand.self, DropCommand.self, CleanCommand.self, WhatIfCommand.self,
      ]),
    Group(
      name: "measure", summary: "over a whole split",
      commands: [
        SweepCommand.self, EvaluateCommand.self, CompareCommand.self, OutsideCommand.self,
        BenchmarkCommand.self,
      ]),
    Group(
      name: "learn", summary: "what it all means",
      commands: [LessonCommand.self, ExplainCommand.self, HelpCommand.self]),
    Group(
      name: "session", summary: "go back, keep, repeat",
      commands: [
        UndoCommand.self, RedoCommand.self, HistoryCommand.self, LastCommand.self,
        ModeCommand.self, AliasCommand.self, SourceCommand.self, TranscriptCommand.self,
        ReplayCommand.self,
        ResumeCommand.self, QuitCommand.self,
      ]),
  ]

  static let all = groups.flatMap(\.commands)

  /// A command by its whole name or alias.
  static func named(_ word: String) -> (any Command.Type)? {
    all.first { $0.name == word || $0.aliases.contains(word) }
  }
}
