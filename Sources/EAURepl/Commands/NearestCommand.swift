import Fusion
import ModalityKit

struct NearestCommand: Command {
  static let name = "nearest"
  static let usage = "nearest [N] [MODALITY] [--split train] [--by w2|mu]"
  static let summary = "the training samples whose Gaussians lie closest"
  static let examples = ["nearest", "nearest 3 image", "nearest 10 --by mu --split test"]
  static let details = """
    The distance of two Gaussians is the 2-Wasserstein distance, W2² = |mu₁ -
    mu₂|² + |sigma₁ - sigma₂|²; over several modalities the root of the sum. Where
    a sample lacks some of the current one's, the sum over those both have is
    scaled up to all.
    """
  static let parameters: [Parameter] = [
    .word("N", .integers(1...1000), "how many (5)", optional: true),
    .word("MODALITY", .modality, "compare this one alone", optional: true),
    .option("split", .split, "among which samples (train)"),
    .option("by", .choice(["w2", "mu"]), "mu leaves the spreads out (w2)"),
  ]
  static let seeAlso = ["inspect", "predict", "compare"]

  static func candidates(at place: CompletionPlace) -> [String] {
    let isCounted = place.standing.contains { Int($0) != nil }
    let words = parameters.filter { $0.name != "N" || isCounted }
    return place.candidates(words)
  }

  private let count: Int
  private let wanted: String?
  private let split: Dataset.Split
  private let withSpreads: Bool

  init(_ arguments: Arguments) throws {
    var words = try arguments.words(0...2, Self.self)
    let number = words.first.flatMap { Int($0) }
    if number != nil { words.removeFirst() }
    count = number ?? 5
    guard (1...1000).contains(count) else {
      throw CommandError.usage(Self.self, "expected 1 to 1000 neighbours, found \(count)")
    }
    guard words.count <= 1 else {
      throw CommandError.usage(Self.self, "expected a number and a modality")
    }
    wanted = words.first
    split = try arguments.value(of: "split").map(SamplesCommand.split) ?? .train
    let by = try arguments.value(of: "by") ?? "w2"
    guard ["w2", "mu"].contains(by) else {
      throw CommandError.unknown("distance", by, among: ["w2", "mu"])
    }
    withSpreads = by == "w2"
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let (model, data) = (try session.trainedModel(), try session.openData())
    let sample = try session.currentSample()
    try session.checkModelFitsData()
    try EvaluateCommand.checkNotEmpty(split, data)
    let reading = try SampleReading(model, sample)
    let present = reading.modalities.indices.filter { reading.modalities[$0].isPresent }
    let index = try wanted.map { try session.pipelineIndex(of: $0, in: data) }
    if let index, !present.contains(index) {
      throw CommandError(
        "missing-modality", "the current sample has no \(data.pipelines[index].name)",
        hint: "`load` adds one, `clean` brings a dropped one back")
    }
    let measure = NearestSamples.Measure(
      modalities: index.map { [$0] } ?? present, withSpreads: withSpreads)
    // The sample itself may be among them and does not count.
    let isInSplit = sample.index.map { data.dataset.samples.splits[$0] == split } ?? false
    let found = try console.monitored { monitor, _ in
      try NearestSamples(
        to: reading.tables, in: data, split: split, count: count + (isInSplit ? 1 : 0), by: measure,
        model: model.model,
        monitor: monitor)
    }
    let verdict = try Verdict(model, reading, seed: session.seed)
    return NearestView(
      found: found, count: count, measure: measure, split: split, data: data, verdict: verdict,
      own: sample.index
    ).report()
  }
}
