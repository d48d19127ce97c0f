import Fusion
import ModalityKit

struct WhyCommand: Command {
  static let name = "why"
  static let usage = "why [MODALITY] [--against clean|average] [--top N]"
  static let summary = "which modality and which features moved alpha, without remainder"
  static let examples = ["why", "why image --top 10", "why --against average"]
  static let details = """
    Compares alpha of the current sample with what it was before it was spoiled
    or, where it is not, with what it is for an average sample: every dense
    feature at its training mean, texts empty. alpha is a softmax of scores:
    g/sigma, or what else the fusion rule takes. Scores and features go straight
    from before to now; each gets the integral of its gradient along the way
    (Aumann-Shapley, integrated gradients), so the parts add up to the change. A
    dropped modality is taken out first. Where several scores rise, each takes
    from the others what they take from it: large and opposed. Shown is the mean
    of alpha over dimensions, as in `weights`; JSON has ln alpha and scores too.
    """
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "only this one's features", optional: true),
    .option(
      "against", .choice(AttributionBaseline.allCases.map(\.rawValue)), "what it is compared with"),
    .option("top", .integers(1...100_000), "features shown a modality (5)"),
  ]
  static let seeAlso = ["weights", "whatif", "inspect", "corrupt"]

  private let wanted: String?
  private let baseline: AttributionBaseline?
  private let top: Int

  init(_ arguments: Arguments) throws {
    wanted = try arguments.words(0...1, Self.self).first
    baseline = try arguments.value(of: "against").map { word in
      guard let baseline = AttributionBaseline(rawValue: word) else {
        throw CommandError.unknown(
          "baseline", word, among: AttributionBaseline.allCases.map(\.rawValue))
      }
      return baseline
    }
    top = try arguments.integer(of: "top", in: 1...100_000) ?? 5
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let (model, sample) = (try session.trainedModel(), try session.currentSample())
    let isSpoiled = sample.parts.contains { $0.corruption != nil || $0.isDropped }
    let baseline = baseline ?? (isSpoiled ? .clean : .average)
    let now = try SampleReading(model, sample).tables
    let before =
      switch baseline {
      case .clean: try model.tables(model.pipelines.map { sample.part($0.name)?.clean })
      case .average: now.map { $0.average() }
      }
    let index = try wanted.map { word in
      let name = try session.modality(word)
      guard let index = model.pipelines.firstIndex(where: { $0.name == name }),
        now[index].present[0]
      else {
        throw CommandError(
          "missing-modality", "the current sample has no \(name)",
          hint: "`load` adds one, `clean` brings a dropped one back")
      }
      return index
    }
    let attribution = try WeightAttribution(model.model, before: before, now: now)
    var report = AttributionView(
      attribution: attribution, pipelines: model.pipelines, baseline: baseline, wanted: index,
      top: top
    ).report()
    if baseline == .clean, !isSpoiled {
      report.blocks.append(.note("the sample is as it was loaded: `--against average` tells more"))
    }
    return report
  }
}
