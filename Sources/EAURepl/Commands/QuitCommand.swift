struct QuitCommand: Command {
  static let name = "quit"
  static let aliases = ["exit"]
  static let usage = "quit"
  static let summary = "leave"

  init(_ arguments: Arguments) throws { _ = try arguments.words(0...0, Self.self) }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    session.isFinished = true
    return Report()
  }
}
