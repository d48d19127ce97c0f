import Fusion

struct RiskPlot: Plot {
  static let name = "risk"
  static let summary = "errors among the most confident (risk against coverage), and AURC"
  static let parameters: [Parameter] = [.split]

  private let choice: SplitChoice

  init(_ words: [String], _ arguments: Arguments) throws { choice = try SplitChoice(arguments) }

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    let curve = try choice.classPredictions(session, Self.self).answers.riskCoverage
    let title = "risk and coverage, \(choice.text(curve.count))"
    let (coverage, best) = (curve.coverage, curve.bestRisk)
    let all = curve.risk.last ?? 0
    var chart = CurveChart(
      xLabel: "coverage: the share of samples answered, the most confident first",
      yLabel: "risk: the share of wrong answers", x: coverage,
      series: [
        .init("this model", curve.risk),
        .init("without knowing its doubt", coverage.map { _ in all }, isDashed: true),
        .init("the best order there is", best, isDashed: true),
      ])
    chart.signs = .spread
    return PlotDrawing(
      title: title,
      blocks: [
        .heading(title), .curves(chart),
        .text(
          "AURC \(NumberText.fixed(curve.area, 4)): the mean height of the curve; "
            + "\(curve.errors) of \(curve.count) are wrong"),
      ],
      result: choice.json(curve.count) + [
        ("aurc", .number(curve.area)), ("errors", .integer(curve.errors)),
        ("coverage", JSONValue(coverage)), ("risk", JSONValue(curve.risk)),
        ("randomRisk", .number(all)), ("bestRisk", JSONValue(best)),
      ])
  }
}
