import Fusion
import ModalityKit

struct WhatIfCommand: Command {
  static let name = "whatif"
  static let usage = "whatif CHANGE [and CHANGE …]"
  static let summary = "what a change would do to weights and prediction, nothing changed"
  static let examples = [
    "whatif corrupt image gaussian 6 and drop audio",
    "whatif load text \"a small dog\" and corrupt text typo 4", "whatif clean",
    "whatif alpha uniform",
  ]
  static let details = """
    A change is one of the commands corrupt, drop, clean, load and sample, as they
    are typed alone, or `alpha RULE`: the same model under another fusion rule.
    They are made one after another on a copy of the session, and do there what
    they do alone.
    """
  static let parameters: [Parameter] = [
    .word(
      "CHANGE", .choice(changing.map { $0.name } + ["alpha"]),
      "a command with its arguments; `and` joins several", repeats: true), .seed,
  ]
  static let seeAlso = ["corrupt", "drop", "clean", "load", "sample", "why"]

  /// The commands that change what the model reads.
  private static let changing: [any Command.Type] = [
    CorruptCommand.self, DropCommand.self, CleanCommand.self, LoadCommand.self, SampleCommand.self,
  ]

  static func candidates(at place: CompletionPlace) -> [String] {
    let words = place.words.split(by: isJoint).last ?? []
    guard let verb = words.first?.text else { return changing.map { $0.name } + ["alpha"] }
    if verb == "alpha" { return words.count == 1 ? FusionRule.allCases.map(\.rawValue) : ["and"] }
    guard let command = changing.first(where: { $0.name == verb }) else { return [] }
    let inner = CompletionPlace(
      session: place.session, command: command, words: Array(words.dropFirst()),
      current: place.current)
    return command.candidates(at: inner) + ["and"]
  }

  private let changes: [Change]

  init(_ arguments: Arguments) throws {
    let parts = arguments.words.split(by: Self.isJoint)
    guard !arguments.words.isEmpty, parts.allSatisfy({ !$0.isEmpty }) else {
      throw CommandError.usage(
        Self.self, "expected a change\(arguments.words.isEmpty ? "" : " on both sides of `and`")")
    }
    changes = try parts.map(Change.init)
  }

  private static func isJoint(_ word: Word) -> Bool { !word.quoted && word.text == "and" }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let now = try Moment(session)
    var then = session
    for change in changes { try change.make(in: &then, console) }
    return WhatIfView(now: now, then: try Moment(then), changes: changes.map(\.text)).report()
  }

  /// One change, as it was typed.
  private struct Change {
    enum Action {
      case command(any Command)
      case rule(FusionRule)
    }

    let text: String
    private let action: Action

    init(_ words: [Word]) throws {
      let text = words.map { $0.quoted ? Word.written($0.text) : $0.text }.joined(separator: " ")
      self.text = text
      action = try Self.explained(text) { try Self.action(words) }
    }

    private static func action(_ words: [Word]) throws -> Action {
      let verb = words.first?.text ?? ""
      if verb == "alpha" {
        guard words.count == 2 else {
          throw CommandError("usage", "alpha expects a rule", hint: "usage: whatif alpha RULE")
        }
        guard let rule = FusionRule(rawValue: words[1].text) else {
          throw CommandError.unknown(
            "rule", words[1].text, among: FusionRule.allCases.map(\.rawValue))
        }
        return .rule(rule)
      }
      guard let command = changing.first(where: { $0.name == verb || $0.aliases.contains(verb) })
      else {
        throw CommandError.unknown("change", verb, among: changing.map { $0.name } + ["alpha"])
      }
      let arguments = Arguments(words.dropFirst(), flags: command.flags)
      try arguments.checkOptions(known: command.options + command.flags)
      return .command(try command.init(arguments))
    }

    func make(in session: inout Session, _ console: Console) throws {
      try Self.explained(text) {
        switch action {
        case .command(let command): _ = try command.run(&session, console)
        case .rule(let rule): session.model = try session.trainedModel().under(rule)
        }
      }
    }

    /// Errors say which change they are about.
    private static func explained<Result>(
      _ text: String, _ body: () throws -> Result
    ) throws -> Result {
      do {
        return try body()
      } catch let error as any ExplainedError {
        throw CommandError(
          error.code, "in `\(text)`: \(error.message)", hint: error.hint)
      }
    }
  }
}

extension [Word] {
  /// The parts between joints; an empty one where nothing stands before, between or behind.
  fileprivate func split(by isJoint: (Word) -> Bool) -> [[Word]] {
    split(omittingEmptySubsequences: false, whereSeparator: isJoint).map(Array.init)
  }
}
