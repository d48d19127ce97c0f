struct CleanCommand: Command {
  static let name = "clean"
  static let usage = "clean [MODALITY]"
  static let summary = "undo corruptions and drops of the current sample"
  static let examples = ["clean", "clean image"]
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "only this one", optional: true)
  ]
  static let seeAlso = ["corrupt", "drop"]

  private let modality: String?

  init(_ arguments: Arguments) throws { modality = try arguments.words(0...1, Self.self).first }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    var sample = try session.currentSample()
    let name = try modality.map { try session.modality($0) }
    let indices = try name.map { [try sample.index(of: $0)] } ?? Array(sample.parts.indices)
    for index in indices {
      sample.parts[index].corruption = nil
      sample.parts[index].isDropped = false
    }
    session.sample = sample
    return try session.reportChange("\(name ?? "every modality") as it was loaded", show: name)
  }
}
