import Fusion

struct PredictCommand: Command {
  static let name = "predict"
  static let usage = "predict [--passes N]"
  static let summary = "class probabilities, and how much of the doubt is noise or ignorance"
  static let examples = ["predict"]
  static let details = """
    Probabilities are deterministic. aleatoric and epistemic (in nats) come from N stochastic passes
    with dropped hidden units (default 64): the mean entropy of the passes, and the entropy of their
    mean minus that. Of a predicted number they are variances: the mean of the passes' variances,
    calibrated on the validation samples, and the variance of the passes' numbers.
    """
  static let parameters: [Parameter] = [
    .option("passes", .integers(1...4096), "stochastic passes for the doubt (64)")
  ]
  static let seeAlso = ["weights", "aleatoric", "epistemic"]

  static let noDropout = Block.note(
    "trained without hidden dropout: the epistemic part cannot be seen")

  static let defaultPasses = 64

  private let passes: Int

  init(_ arguments: Arguments) throws {
    _ = try arguments.words(0...0, Self.self)
    passes = try arguments.integer(of: "passes", in: 1...4096) ?? Self.defaultPasses
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let model = try session.trainedModel()
    let reading = try session.reading()
    let rate = model.options.hiddenDropout
    if let regression = model.regression {
      return RegressionView.report(
        regression.values(
          model.model, reading.tables, dropout: rate, passes: passes),
        regression.name, truth: session.sample?.value, sawDoubt: rate > 0)
    }
    let doubt = EntropyDecomposition(
      passes: Inference(model.model).stochastic(
        reading.tables, passes: rate > 0 ? passes : 1, rate: rate, seed: session.seed))
    let ranked = zip(model.classes, reading.probabilities).enumerated()
      .sorted { (-$0.element.1, $0.offset) < (-$1.element.1, $1.offset) }.map(\.element)
    var blocks: [Block] = [
      .bars(
        BarChart(
          title: "probability", rows: ranked.prefix(8).map { BarChart.Row($0.0, Double($0.1)) })),
      .text(
        "aleatoric \(NumberText.fixed(doubt.aleatoric, 3)) nats, "
          + "epistemic \(NumberText.fixed(doubt.epistemic, 3)) nats"),
    ]
    if rate == 0 { blocks.append(Self.noDropout) }
    if let label = session.sample?.label, let first = ranked.first?.0 {
      blocks.append(.text(first == label ? "right: \(label)" : "wrong: the label is \(label)"))
    }
    return Report(
      blocks: blocks,
      result: .object([
        (
          "classes",
          .array(
            ranked.map {
              .object([("label", .string($0.0)), ("probability", JSONValue($0.1))])
            })
        ), ("aleatoric", .number(doubt.aleatoric)), ("epistemic", .number(doubt.epistemic)),
        ("label", JSONValue(session.sample?.label)),
        (
          "right",
          session.sample?.label.map { .bool($0 == ranked.first?.0) } ?? .null
        ),
      ]))
  }
}
