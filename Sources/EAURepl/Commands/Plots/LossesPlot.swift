import Fusion

struct LossesPlot: Plot {
  static let name = "losses"
  static let summary = "every loss term, epoch by epoch, of the session's last training"

  init(_ words: [String], _ arguments: Arguments) throws {}

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    guard let losses = session.losses, !losses.epochs.isEmpty else {
      throw CommandError(
        "no-losses", "nothing was trained in this session", hint: "try `train`")
    }
    let title =
      "losses of \(losses.options.preset.rawValue), seed \(losses.options.seed), "
      + "\(losses.epochs.count) epochs"
    return PlotDrawing(
      title: title, blocks: [.heading(title)] + losses.charts.map { .curves($0) },
      result: [
        ("preset", .string(losses.options.preset.rawValue)),
        ("seed", .integer(Int(clamping: losses.options.seed))),
        ("epochs", JSONValue(losses.epochs.map(\.number))),
        ("losses", .object(losses.terms.map { ($0.name, JSONValue($0.values)) })),
      ])
  }
}
