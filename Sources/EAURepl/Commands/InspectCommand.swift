import Fusion
import ModalityKit

struct InspectCommand: Command {
  static let name = "inspect"
  static let usage = "inspect [MODALITY] [--features] [--top N]"
  static let summary = "show each modality's Gaussian: mu, sigma², uncertain dimensions"
  static let examples = ["inspect", "inspect image", "inspect text --features --top 5"]
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "a close look at one", optional: true),
    .flag(
      "features",
      "the features instead, those farthest from what is usual in training first: the encoder's value,"
        + " and that value scaled, which is what the network reads"),
    .option("top", .integers(1...100_000), "with --features: how many a modality (10)"),
  ]
  static let seeAlso = ["weights", "plot", "sigma", "mu"]

  private let wanted: String?
  private let showsFeatures: Bool
  private let top: Int

  init(_ arguments: Arguments) throws {
    wanted = try arguments.words(0...1, Self.self).first
    showsFeatures = arguments.has("features")
    top = try arguments.integer(of: "top", in: 1...100_000) ?? 10
    if !showsFeatures, try arguments.value(of: "top") != nil {
      throw CommandError.usage(Self.self, "--top goes with --features")
    }
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let shown = try session.presentModalities(wanted)
    if showsFeatures {
      return InspectFeatures.report(try shown.map { try session.features($0, count: top) })
    }
    let blocks = shown.flatMap { wanted == nil ? overview($0) : closeUp($0) }
    return Report(
      blocks: blocks, result: .object([("modalities", .array(shown.map(json)))]))
  }

  private func overview(_ modality: SampleReading.Modality) -> [Block] {
    let mu = modality.mu.map(Double.init)
    let variance = modality.variance.map(Double.init)
    return [.heading(title(modality))] + (modality.part.map(SampleView.blocks) ?? [])
      + [
        .strip(HeatStrip(label: "mu", values: mu)),
        .strip(HeatStrip(label: "sigma²", values: variance)),
        .columns(
          ColumnChart.histogram(
            of: variance, bins: 16, title: "sigma² over \(variance.count) dimensions", height: 3)),
      ]
  }

  private func closeUp(_ modality: SampleReading.Modality) -> [Block] {
    let variance = modality.variance.map(Double.init)
    let order = variance.indices.sorted { (-variance[$0], $0) < (-variance[$1], $1) }
    return [.heading(title(modality))] + (modality.part.map(SampleView.blocks) ?? [])
      + [
        .columns(
          ColumnChart(
            title: "mu per dimension", values: modality.mu.map(Double.init), height: 6)),
        .columns(ColumnChart(title: "sigma² per dimension", values: variance, height: 6)),
        .columns(
          ColumnChart.histogram(of: variance, title: "how many dimensions have which sigma²")),
        .table(
          Table(
            columns: [
              .init("most uncertain", .right), .init("mu", .right), .init("sigma", .right),
              .init("sigma²", .right),
            ],
            rows: order.prefix(5).map {
              [
                "\($0)", NumberText.fixed(Double(modality.mu[$0]), 3),
                NumberText.fixed(Double(modality.sigma[$0]), 3),
                NumberText.fixed(variance[$0], 3),
              ]
            })),
      ]
  }

  private func title(_ modality: SampleReading.Modality) -> String {
    let sigma = NumberText.fixed(modality.sigmaMean, 3)
    return "\(modality.name)  N(mu, sigma²) in \(modality.mu.count) dimensions, mean sigma \(sigma)"
  }

  private func json(_ modality: SampleReading.Modality) -> JSONValue {
    .object([
      ("name", .string(modality.name)),
      ("encoder", JSONValue(modality.part?.encoder.descriptor.identifier)),
      ("features", JSONValue(modality.features)),
      ("dimensions", .integer(modality.mu.count)), ("mu", JSONValue(modality.mu)),
      ("variance", JSONValue(modality.variance)),
    ])
  }
}
