import Fusion
import ModalityKit

struct SweepCommand: Command {
  static let name = "sweep"
  static let usage = "sweep MODALITY KIND [--split test]"
  static let summary = "spoil a modality of a split step by step: sigma, alpha, accuracy"
  static let examples = ["sweep image gaussian", "sweep text drop --split validation"]
  static let details = """
    Of a number to be predicted it shows the mean absolute error, no accuracy. The last line is the area
    under each curve divided by the range of severities: its mean height.
    """
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "what is spoiled"),
    .word("KIND", .corruption, "how; every severity from 0 to 10"),
    .split,
  ]
  static let seeAlso = ["corrupt", "evaluate", "plot"]

  private let modality: String
  private let kind: String
  private let split: Dataset.Split

  init(_ arguments: Arguments) throws {
    let words = try arguments.words(2...2, Self.self)
    modality = words[0]
    kind = words[1]
    split = try arguments.value(of: "split").map(SamplesCommand.split) ?? .test
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let sweep = try session.sweep(modality, kind, split, console)
    return Report(
      blocks: blocks(sweep), result: Self.json(sweep))
  }

  private func blocks(_ sweep: Sweep) -> [Block] {
    let (score, isRegression) = (sweep.score, sweep.isRegression)
    let number = { (value: Double) in NumberText.fixed(value, 3) }
    let alpha = sweep.alpha.first { $0.name == sweep.modality }?.values ?? []
    let sigma = sweep.sigma.first { $0.name == sweep.modality }?.values ?? []
    let line = { (name: String, sigma: Double, alpha: Double, score: Double) in
      [
        name, number(sigma), number(alpha),
        isRegression ? TrainCommand.error(score) : TrainCommand.percent(score),
      ]
    }
    let area = [sigma, alpha, score].map { sweep.area(under: $0) }
    let rows =
      sweep.severities.indices.map {
        line(NumberText.short(sweep.severities[$0]), sigma[$0], alpha[$0], score[$0])
      } + [line("area", area[0], area[1], area[2])]
    let rank = sweep.spearman.map(number) ?? NumberText.missing
    let realised = sweep.spearmanRealised.map(number) ?? NumberText.missing
    return [
      .heading(
        "\(sweep.modality) spoiled by \(sweep.kind), mean over the \(split.rawValue) split"),
      .curves(
        CurveChart(
          title: "alpha", xLabel: "severity", x: sweep.severities,
          series: sweep.alpha.map { .init($0.name, $0.values) }, range: 0...1, height: 8)),
      .table(
        Table(
          columns: [
            .init("severity", .right), .init("sigma", .right), .init("alpha", .right),
            .init(isRegression ? "MAE" : "accuracy", .right),
          ], rows: rows)),
      .text(
        "Spearman of sigma with severity \(rank), with the realised corruption \(realised)"),
    ]
  }

  /// Every curve, and the area under those of the spoiled modality.
  static func json(_ sweep: Sweep) -> JSONValue {
    let measure = sweep.isRegression ? "mae" : "accuracy"
    let own = { (curves: [(name: String, values: [Double])]) in
      sweep.area(under: curves.first { $0.name == sweep.modality }?.values ?? [])
    }
    return .object([
      ("modality", .string(sweep.modality)), ("kind", .string(sweep.kind)),
      ("severities", JSONValue(sweep.severities)),
      ("alpha", .object(sweep.alpha.map { ($0.name, JSONValue($0.values)) })),
      ("sigma", .object(sweep.sigma.map { ($0.name, JSONValue($0.values)) })),
      (measure, JSONValue(sweep.score)),
      (
        "area",
        .object([
          ("sigma", .number(own(sweep.sigma))), ("alpha", .number(own(sweep.alpha))),
          (measure, .number(sweep.area(under: sweep.score))),
        ])
      ),
      ("spearman", JSONValue(sweep.spearman)),
      ("spearmanRealised", JSONValue(sweep.spearmanRealised)),
    ])
  }
}

extension Sweep {
  var isRegression: Bool { accuracy.isEmpty }
  /// Accuracy, or the mean absolute error of a predicted number.
  var score: [Double] { isRegression ? absoluteError : accuracy }
}
