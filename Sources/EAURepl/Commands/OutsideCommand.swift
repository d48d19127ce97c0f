import Datasets
import Foundation
import Fusion
import ModalityKit

struct OutsideCommand: Command {
  static let name = "outside"
  static let usage = "outside [MODALITY [FILE|\"WORDS\" …]] [--split test]"
  static let summary = "sigma of inputs from elsewhere beside sigma of a split's own samples"
  static let examples = ["outside", "outside image", "outside text \"zorble wug fendle\""]
  static let details = """
    Without files it reads \(count) generated ones a modality: pictures with the statistics of
    photographs, music, invented words. AUROC is the chance that one of them has a larger sigma than
    a sample of the split; "above 95 %" is the share of them above 95 % of those samples.
    """
  private static let count = 100
  private static let seed: UInt64 = 1
  static let parameters: [Parameter] = [
    .word("MODALITY", .modality, "only this one", optional: true),
    .word("INPUT", .file([]), "files or sentences instead", optional: true, repeats: true),
    .split,
  ]
  static let seeAlso = ["sweep", "novelty"]

  private let modality: String?
  private let values: [String]
  private let split: Dataset.Split

  init(_ arguments: Arguments) throws {
    try arguments.checkNoSettings(Self.self)
    modality = arguments.positional.first
    values = Array(arguments.positional.dropFirst())
    split = try arguments.value(of: "split").map(SamplesCommand.split) ?? .test
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let model = try session.trainedModel()
    let data = try session.openData()
    try session.checkModelFitsData()
    try EvaluateCommand.checkNotEmpty(split, data)
    let chosen = try modality.map { [try session.pipelineIndex(of: $0, in: data)] }
    let comparisons = try (chosen ?? Array(data.pipelines.indices)).compactMap { m in
      try inputs(for: data.pipelines[m].encoder.descriptor).map { inputs in
        try console.monitored { monitor, _ in
          try Evaluator(model.model, on: data, regression: model.regression).compare(
            outside: inputs, modality: m, split: split, monitor: monitor)
        }
      }
    }
    guard !comparisons.isEmpty else {
      throw CommandError(
        "nothing-outside", "nothing is generated for \(modality ?? "these modalities")",
        hint: "name files: `outside MODALITY FILE …`")
    }
    return report(comparisons)
  }

  private func inputs(for encoder: EncoderDescriptor) -> [RawInput]? {
    guard !values.isEmpty else {
      return OutsideMaterial.inputs(for: encoder.modality, count: Self.count, seed: Self.seed)
    }
    return values.map { LoadCommand.rawInput($0, for: encoder) }
  }

  private func report(_ comparisons: [OutsideComparison]) -> Report {
    let number = { (value: Double?) in
      value.map { NumberText.fixed($0, 3) } ?? NumberText.missing
    }
    var blocks: [Block] = [
      .heading("sigma of inputs from elsewhere, beside the \(split.rawValue) split"),
      .table(
        Table(
          columns: [
            .init("modality"), .init("samples", .right), .init("sigma", .right),
            .init("elsewhere", .right), .init("sigma", .right), .init("AUROC", .right),
            .init("above 95 %", .right),
          ],
          rows: comparisons.map {
            [
              $0.modality, "\($0.inside.count)", number(median($0.inside)), "\($0.outside.count)",
              number(median($0.outside)), number($0.areaUnderROC),
              TrainCommand.percent($0.shareAboveMost),
            ]
          })),
    ]
    if let comparison = comparisons.first, !values.isEmpty {
      blocks.append(
        .table(
          Table(
            columns: [.init("input"), .init("sigma", .right), .init("above", .right)],
            rows: zip(values, comparison.outside).map {
              [
                printable($0), number($1),
                TrainCommand.percent(comparison.shareBelow($1)),
              ]
            })))
    }
    return Report(
      blocks: blocks,
      result: .object([
        ("split", .string(split.rawValue)),
        (
          "modalities",
          .array(
            comparisons.map { comparison in
              .object([
                ("name", .string(comparison.modality)),
                ("auroc", JSONValue(comparison.areaUnderROC)),
                ("aboveMost", .number(comparison.shareAboveMost)),
                ("sigmaInside", JSONValue(comparison.inside)),
                ("sigmaOutside", JSONValue(comparison.outside)),
              ])
            })
        ),
      ]))
  }

  private func median(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
