struct WeightsPlot: Plot {
  static let name = "weights"
  static let summary = "the fusion weights alpha of the current sample, before → after"

  init(_ words: [String], _ arguments: Arguments) throws {}

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    let report = WeightsView.report(
      try session.reading(), rule: try session.trainedModel().options.alpha)
    let title = "weights of \(try session.currentSample().title)"
    return PlotDrawing(
      title: title, blocks: [.heading(title)] + report.blocks,
      result: report.result.members ?? [])
  }
}
