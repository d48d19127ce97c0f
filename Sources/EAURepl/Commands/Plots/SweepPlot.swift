import Fusion
import ModalityKit

struct SweepPlot: Plot {
  static let name = "sweep"
  static let summary = "sigma, alpha and accuracy as a modality is spoiled step by step"
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "what is spoiled"),
    .word("KIND", .corruption, "how"),
    .split,
  ]

  private let modality: String
  private let kind: String
  private let split: Dataset.Split

  init(_ words: [String], _ arguments: Arguments) throws {
    (modality, kind) = (words[0], words[1])
    split = try SplitChoice(arguments).split
  }

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    let sweep = try session.sweep(modality, kind, split, console)
    let title = "\(sweep.modality) spoiled by \(sweep.kind), mean over the \(split.rawValue) split"
    func chart(
      _ name: String, _ unit: String, _ curves: [(name: String, values: [Double])],
      range: ClosedRange<Double>?
    ) -> Block {
      .curves(
        CurveChart(
          title: name, xLabel: "severity", yLabel: unit, x: sweep.severities,
          series: curves.map { .init($0.name, $0.values) }, range: range, height: 9))
    }
    let measure = sweep.isRegression ? "mean absolute error" : "accuracy"
    let target = session.model?.regression?.name ?? ""
    return PlotDrawing(
      title: title,
      blocks: [
        .heading(title),
        chart("sigma: how uncertain each modality is", "mean sigma", sweep.sigma, range: nil),
        chart("alpha: how much each is trusted", "mean alpha", sweep.alpha, range: 0...1),
        chart(
          measure, sweep.isRegression ? target : "share right", [(measure, sweep.score)],
          range: sweep.isRegression ? nil : 0...1),
        .text(Self.correlations(sweep)),
      ],
      result: [("split", .string(split.rawValue))] + (SweepCommand.json(sweep).members ?? []))
  }

  private static func correlations(_ sweep: Sweep) -> String {
    let number = { (value: Double?) in
      value.map { NumberText.fixed($0, 3) } ?? NumberText.missing
    }
    return "Spearman of sigma with severity \(number(sweep.spearman)), "
      + "with the realised corruption \(number(sweep.spearmanRealised))"
  }
}
