import ModalityKit

struct GaussiansPlot: Plot {
  static let name = "gaussians"
  static let summary = "densities N(mu, sigma²) of the most telling dimensions, clean and spoiled"
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "only this one", optional: true),
    .option("dimensions", .text("0,5,7"), "gaussians: these instead of the most telling"),
  ]

  /// More curves than these nobody tells apart.
  private static let mostDimensions = 6

  private let wanted: String?
  private let dimensions: [Int]?

  init(_ words: [String], _ arguments: Arguments) throws {
    wanted = words.first
    dimensions = try arguments.value(of: "dimensions").map { text in
      let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      let whole = numbers.compactMap { $0 }
      guard whole.count == numbers.count, (1...Self.mostDimensions).contains(whole.count),
        whole.allSatisfy({ $0 >= 0 })
      else {
        throw CommandError(
          "bad-dimensions",
          "--dimensions: expected 1 to \(Self.mostDimensions) numbers with commas between, "
            + "found \"\(printable(text))\"", hint: "for example --dimensions 0,5,7")
      }
      return whole
    }
  }

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    let shown = try session.presentModalities(wanted)
    let drawn = try shown.map(draw)
    return PlotDrawing(
      title: "Gaussians of \(session.sample?.title ?? "the current sample")",
      blocks: drawn.flatMap(\.blocks),
      result: [("modalities", .array(drawn.map(\.json)))])
  }

  private func draw(_ modality: SampleReading.Modality) throws -> (blocks: [Block], json: JSONValue)
  {
    if let beyond = dimensions?.first(where: { $0 >= modality.mu.count }) {
      throw CommandError(
        "bad-dimensions", "\(modality.name) has no dimension \(beyond)",
        hint: "its dimensions are 0 to \(modality.mu.count - 1)")
    }
    let curves = DensityCurves(modality, wanted: dimensions)
    let clean = modality.isSpoiled ? modality.clean : nil
    let variance = modality.variance.map(Double.init)
    let state =
      modality.part?.corruption.map { ", \($0.kind) \(NumberText.short($0.severity))" } ?? ""
    let histogram = ColumnChart.histogram(
      of: variance, bins: 16, title: "sigma² over \(variance.count) dimensions", height: 4)
    var blocks: [Block] = [
      .heading("\(modality.name)\(state)"), .curves(curves.chart("N(mu, sigma²)")),
      .columns(histogram),
    ]
    // One scale for before and now: the same shade is the same number.
    blocks += Self.strips("mu", now: modality.mu, before: clean?.mu)
    blocks += Self.strips("sigma²", now: modality.variance, before: clean?.variance)
    var json: [(String, JSONValue)] = [("name", .string(modality.name))]
    json += curves.json
    json += [
      ("mu", JSONValue(modality.mu)), ("variance", JSONValue(modality.variance)),
      ("muClean", clean.map { JSONValue($0.mu) } ?? .null),
      ("varianceClean", clean.map { JSONValue($0.variance) } ?? .null),
    ]
    if case .bins(let low, let high) = histogram.axis {
      json.append(
        (
          "histogram",
          .object([
            ("low", .number(low)), ("high", .number(high)),
            ("counts", JSONValue(histogram.values.map { Int($0) })),
          ])
        ))
    }
    return (blocks, .object(json))
  }

  private static func strips(_ name: String, now: [Float], before: [Float]?) -> [Block] {
    let (now, before) = (now.map(Double.init), before?.map(Double.init))
    let all = (now + (before ?? [])).filter(\.isFinite)
    guard let low = all.min(), let high = all.max() else { return [] }
    guard let before else {
      return [.strip(HeatStrip(label: name, values: now, range: low...high))]
    }
    return [
      .strip(HeatStrip(label: "\(name) before", values: before, range: low...high)),
      .strip(HeatStrip(label: "\(name) now", values: now, range: low...high)),
    ]
  }
}
