import ModalityKit

/// A kind of picture that `plot` draws.
///
/// Like a command it is made from its words and options, which may refuse them, and then looks at the
/// session. What it draws are blocks, for the terminal as for files.
protocol Plot: Sendable {
  static var name: String { get }
  static var summary: String { get }
  /// What stands behind the name, but for the file.
  static var parameters: [Parameter] { get }

  /// - Parameter words: as many as the parameters allow.
  init(_ words: [String], _ arguments: Arguments) throws
  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing
}

/// What a plot came to.
struct PlotDrawing {
  /// Of the file.
  let title: String
  let blocks: [Block]
  /// Every number that is drawn.
  let result: [(String, JSONValue)]
}

extension Plot {
  static var parameters: [Parameter] { [] }

  /// What follows `plot`: `sweep MODALITY KIND [--split SPLIT]`
  static var usage: String {
    let parts = parameters.map { $0.isOptional ? "[\($0.heading)]" : $0.heading }
    return ([name] + parts).joined(separator: " ")
  }

  /// How many words may stand behind the name.
  static var words: ClosedRange<Int> {
    let words = parameters.filter { $0.form == .word }
    return words.count { !$0.isOptional }...words.count
  }

  static var options: [String] { parameters.filter { $0.form == .option }.map(\.name) }
}

/// All kinds of plots, from which names, help and completion are made.
enum Plots {
  /// In the order of the help.
  static let all: [any Plot.Type] = [
    FeaturesPlot.self, GaussiansPlot.self, WeightsPlot.self, LatentPlot.self, SweepPlot.self,
    ConfusionPlot.self, ReliabilityPlot.self, RiskPlot.self, LossesPlot.self, LastPlot.self,
  ]

  static func named(_ word: String) throws -> any Plot.Type {
    guard let plot = all.first(where: { $0.name == word }) else {
      throw CommandError.unknown("plot", word, among: all.map { $0.name })
    }
    return plot
  }

  /// The options of all kinds, each once.
  static var options: [Parameter] {
    all.flatMap { $0.parameters }.filter { $0.form == .option }.reduce(into: []) { known, option in
      if !known.contains(where: { $0.name == option.name }) { known.append(option) }
    }
  }
}
