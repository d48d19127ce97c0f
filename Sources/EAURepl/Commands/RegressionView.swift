import Fusion
import ModalityKit

/// A predicted number, and how good such numbers are on a split.
enum RegressionView {
  /// - Parameters:
  ///   - values: of one sample.
  ///   - truth: its number, when known.
  ///   - sawDoubt: whether the model was trained with dropout, without which nothing is epistemic.
  static func report(
    _ values: [RegressionTarget.Value], _ name: String, truth: CurrentSample.TargetValue?,
    sawDoubt: Bool
  ) -> Report {
    guard let found = values.first else { return Report() }
    let number = { (value: Double) in NumberText.fixed(value, 2) }
    let interval = found.interval(0.8)
    var blocks: [Block] = [
      .text("\(name) \(number(found.value)) ± \(number(found.deviation))"),
      .text("80 % interval \(number(interval.low)) to \(number(interval.high))"),
      .text(
        "variance: aleatoric \(number(found.aleatoric)), epistemic \(number(found.epistemic))"),
    ]
    if !sawDoubt { blocks.append(PredictCommand.noDropout) }
    if let truth, truth.name == name {
      let off = number(abs(found.value - truth.value))
      let isInside = interval.low <= truth.value && truth.value <= interval.high
      blocks.append(
        .text(
          "off by \(off): the true \(name) is \(NumberText.short(truth.value)), "
            + "\(isInside ? "inside" : "outside") the interval"))
    }
    return Report(
      blocks: blocks,
      result: .object([
        ("value", .number(found.value)), ("deviation", .number(found.deviation)),
        ("interval80", JSONValue([interval.low, interval.high])),
        ("aleatoric", .number(found.aleatoric)), ("epistemic", .number(found.epistemic)),
      ]))
  }

  static func report(
    _ evaluation: RegressionEvaluation, _ name: String, split: Dataset.Split,
    corruptions: [String]
  ) -> Report {
    let metrics = evaluation.metrics
    let number = { (value: Double?) in value.map { NumberText.fixed($0, 3) } ?? NumberText.missing }
    var rows = [
      ["mean absolute error", number(metrics.meanAbsoluteError)],
      ["root mean squared error", number(metrics.rootMeanSquaredError)],
      ["correlation", number(metrics.correlation)], ["R²", number(metrics.determination)],
      ["Gaussian NLL (nats)", number(metrics.negativeLogLikelihood)],
      ["Spearman of |error| and sigma", number(metrics.errorRankCorrelation)],
    ]
    rows += evaluation.unimodal.map { ["\($0.name) alone, MAE", number($0.absoluteError)] }
    let spoiled = corruptions.isEmpty ? "" : ", " + corruptions.joined(separator: ", ")
    return Report(
      blocks: [
        .heading("\(name), \(split.rawValue) split, \(metrics.count) samples\(spoiled)"),
        .table(Table(columns: [.init("measure"), .init("value", .right)], rows: rows)),
        .table(
          Table(
            columns: [
              .init("interval", .right), .init("holds", .right), .init("mean width", .right),
            ],
            rows: metrics.intervals.map {
              [
                TrainCommand.percent($0.share), TrainCommand.percent($0.coverage),
                NumberText.fixed($0.width, 2),
              ]
            })),
      ],
      result: .object([
        ("split", .string(split.rawValue)), ("n", .integer(metrics.count)),
        ("corruptions", JSONValue(corruptions)), ("mae", .number(metrics.meanAbsoluteError)),
        ("rmse", .number(metrics.rootMeanSquaredError)),
        ("correlation", JSONValue(metrics.correlation)),
        ("r2", JSONValue(metrics.determination)),
        ("coverage", intervals(metrics) { $0.coverage }),
        ("width", intervals(metrics) { $0.width }),
        ("nll", .number(metrics.negativeLogLikelihood)),
        ("errorSpearman", JSONValue(metrics.errorRankCorrelation)),
        (
          "unimodal",
          .object(evaluation.unimodal.map { ($0.name, .number($0.absoluteError)) })
        ),
      ]))
  }

  /// By the interval's share in %: `50`, `80`, `95`.
  private static func intervals(
    _ metrics: RegressionMetrics, _ value: (RegressionMetrics.Interval) -> Double
  ) -> JSONValue {
    .object(
      metrics.intervals.map { (NumberText.fixed($0.share * 100, 0), .number(value($0))) })
  }
}
