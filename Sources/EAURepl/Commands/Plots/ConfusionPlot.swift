import Fusion

struct ConfusionPlot: Plot {
  static let name = "confusion"
  static let summary = "which class is taken for which"
  static let parameters: [Parameter] = [.split]

  private let choice: SplitChoice

  init(_ words: [String], _ arguments: Arguments) throws { choice = try SplitChoice(arguments) }

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    let (answers, classes) = try choice.classPredictions(session, Self.self)
    let matrix = answers.confusion
    let title = "confusion, \(choice.text(matrix.total))"
    let accuracy = Double(matrix.correct) / Double(max(matrix.total, 1))
    return PlotDrawing(
      title: title,
      blocks: [
        .heading(title),
        .matrix(
          MatrixChart(
            rowTitle: "true", columnTitle: "predicted", names: classes, counts: matrix.counts)),
        .text("\(matrix.correct) of \(matrix.total) right: \(TrainCommand.percent(accuracy))"),
      ],
      result: choice.json(matrix.total) + [
        ("classes", JSONValue(classes)),
        ("counts", .array(matrix.counts.map { JSONValue($0) })),
        ("correct", .integer(matrix.correct)), ("accuracy", .number(accuracy)),
      ])
  }
}
