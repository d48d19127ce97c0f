import ModalityKit

struct CorruptCommand: Command {
  static let name = "corrupt"
  static let usage = "corrupt MODALITY KIND SEVERITY [--seed N]"
  static let summary = "spoil a modality of the current sample, severity 0 to 10"
  static let examples = [
    "corrupt image gaussian 6", "corrupt text drop 5", "corrupt audio noise 8",
  ]
  static let details = """
    Severity 0 leaves the signal as it is. A second `corrupt` of a modality replaces the first.
    `encoders` lists the kinds of each modality.
    """
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "what is spoiled"),
    .word("KIND", .corruption, "how"),
    .word("SEVERITY", .numbers(0...10), "how much; 0 leaves the signal as it is"),
    .seed,
  ]
  static let seeAlso = ["clean", "drop", "sweep", "severity"]

  private let modality: String
  private let kind: String
  private let severity: Double
  private let seed: UInt64?

  init(_ arguments: Arguments) throws {
    let words = try arguments.words(3...3, Self.self)
    modality = words[0]
    kind = words[1]
    guard let severity = Double(words[2]), (0...10).contains(severity) else {
      throw CommandError.usage(
        Self.self, "expected a severity 0…10, found \"\(printable(words[2]))\"")
    }
    self.severity = severity
    seed = try arguments.integer(of: "seed", in: 0...Int.max).map { UInt64($0) }
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    var sample = try session.currentSample()
    let name = try session.modality(modality)
    let index = try sample.index(of: name)
    try sample.parts[index].encoder.checkCorruption(kind)
    let seed = seed ?? session.seed
    let corrupted = try sample.parts[index].corrupted(kind: kind, severity: severity, seed: seed)
    sample.parts[index].corruption =
      severity > 0
      ? .init(
        kind: kind, severity: severity, seed: seed, realised: corrupted.realised,
        signal: corrupted.signal)
      : nil
    sample.parts[index].isDropped = false
    session.sample = sample
    return try session.reportChange(
      "\(name): \(kind) \(NumberText.short(severity)), \(corrupted.realised.text)", show: name)
  }
}

extension Session {
  /// What a change of the current sample did: the signal as it is now, and the weights.
  func reportChange(_ what: String, show modality: String? = nil) throws -> Report {
    let sample = try currentSample()
    let signal = modality.flatMap { sample.part($0) }.map(SampleView.blocks) ?? []
    guard let model else {
      return Report(
        blocks: [.text(what)] + signal + [.note("no model yet: `train` shows the weights")],
        result: .object([("modalities", [])]))
    }
    var report = WeightsView.report(try SampleReading(model, sample), rule: model.options.alpha)
    report.blocks = [.text(what)] + signal + report.blocks
    return report
  }
}
