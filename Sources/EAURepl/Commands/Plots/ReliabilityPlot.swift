import Fusion

struct ReliabilityPlot: Plot {
  static let name = "reliability"
  static let summary = "accuracy at each confidence, in 15 bins, and ECE"
  static let parameters: [Parameter] = [.split]

  private let choice: SplitChoice

  init(_ words: [String], _ arguments: Arguments) throws { choice = try SplitChoice(arguments) }

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    let reliability = try choice.classPredictions(session, Self.self).answers.reliability
    let title = "reliability, \(choice.text(reliability.count))"
    let chart = ReliabilityChart(
      bins: reliability.bins.map {
        .init(
          low: $0.low, high: $0.high, count: $0.count, accuracy: $0.accuracy,
          confidence: $0.meanConfidence)
      })
    let error = reliability.expectedCalibrationError
    return PlotDrawing(
      title: title,
      blocks: [
        .heading(title), .reliability(chart), .table(Self.table(chart)),
        .text(
          "ECE \(NumberText.fixed(error, 3)): the mean distance of accuracy and confidence, "
            + "weighted by the samples of each bin"),
      ],
      result: choice.json(reliability.count) + [
        ("ece", .number(error)), ("bins", .array(chart.bins.map(Self.json))),
      ])
  }

  private static func table(_ chart: ReliabilityChart) -> Table {
    let number = { (value: Double?) in value.map { NumberText.fixed($0, 3) } ?? "" }
    return Table(
      columns: [
        .init("confidence", .right), .init("samples", .right), .init("mean", .right),
        .init("accuracy", .right),
      ],
      rows: chart.bins.filter { $0.count > 0 }.map {
        [
          "\(NumberText.fixed($0.low, 2))–\(NumberText.fixed($0.high, 2))", "\($0.count)",
          number($0.confidence), number($0.accuracy),
        ]
      })
  }

  private static func json(_ bin: ReliabilityChart.Bin) -> JSONValue {
    .object([
      ("low", .number(bin.low)), ("high", .number(bin.high)), ("count", .integer(bin.count)),
      ("confidence", JSONValue(bin.confidence)), ("accuracy", JSONValue(bin.accuracy)),
    ])
  }
}
