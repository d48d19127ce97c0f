struct DropCommand: Command {
  static let name = "drop"
  static let usage = "drop MODALITY"
  static let summary = "leave a modality of the current sample out of the fusion"
  static let examples = ["drop audio"]
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "what is left out")
  ]
  static let seeAlso = ["clean", "corrupt"]

  private let modality: String

  init(_ arguments: Arguments) throws { modality = try arguments.words(1...1, Self.self)[0] }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    var sample = try session.currentSample()
    let name = try session.modality(modality)
    let index = try sample.index(of: name)
    guard sample.parts.contains(where: { !$0.isDropped && $0.modality != name }) else {
      throw CommandError(
        "nothing-present", "\(name) is the only modality left",
        hint: "`clean` brings dropped ones back")
    }
    sample.parts[index].isDropped = true
    session.sample = sample
    return try session.reportChange("\(name) is left out")
  }
}
