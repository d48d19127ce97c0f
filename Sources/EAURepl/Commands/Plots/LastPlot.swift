/// Draws whatever the last command answered: the way to a file for everything that has no plot of its
/// own.
struct LastPlot: Plot {
  static let name = "last"
  static let summary = "the last result, whatever it was"

  init(_ words: [String], _ arguments: Arguments) throws {}

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    guard let last = session.desk.last else {
      throw CommandError("no-result", "there is no result yet", hint: "run a command first")
    }
    return PlotDrawing(
      title: "result of \(last.command)", blocks: last.report.blocks,
      result: [("of", .string(last.command)), ("result", last.report.result)])
  }
}
