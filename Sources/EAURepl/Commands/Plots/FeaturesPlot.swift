struct FeaturesPlot: Plot {
  static let name = "features"
  static let summary = "the signal, what its features are computed from, and those that stand out"
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "only this one", optional: true),
    .option("top", .integers(1...1000), "features: how many a modality (10)"),
  ]

  private let wanted: String?
  private let top: Int

  init(_ words: [String], _ arguments: Arguments) throws {
    wanted = words.first
    top = try arguments.integer(of: "top", in: 1...1000) ?? 10
  }

  func draw(_ session: inout Session, _ console: Console) throws -> PlotDrawing {
    let shown = try session.presentModalities(wanted)
    let views = try shown.map { try session.features($0, count: top) }
    let blocks = zip(shown, views).flatMap { modality, features in
      [.heading(modality.name)] + (modality.part.map(SampleView.blocks) ?? [])
        + features.drawn + [.bars(features.bars)]
    }
    return PlotDrawing(
      title: "features of \(session.sample?.title ?? "the current sample")", blocks: blocks,
      result: [
        ("modalities", JSONValue(shown.map(\.name))),
        ("features", InspectFeatures.report(views).result["modalities"] ?? .null),
      ])
  }
}
