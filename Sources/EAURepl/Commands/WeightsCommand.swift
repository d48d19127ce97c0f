import Fusion

struct WeightsCommand: Command {
  static let name = "weights"
  static let usage = "weights"
  static let summary = "show how much each modality is trusted: alpha, before and after"
  static let examples = ["weights"]
  static let seeAlso = ["inspect", "corrupt", "alpha"]

  init(_ arguments: Arguments) throws { _ = try arguments.words(0...0, Self.self) }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    WeightsView.report(try session.reading(), rule: try session.trainedModel().options.alpha)
  }
}

/// The fusion weights of the current sample, before → after.
enum WeightsView {
  static func report(_ reading: SampleReading, rule: FusionRule, title: String? = nil) -> Report {
    let spoiled = reading.modalities.contains {
      $0.part?.corruption != nil || $0.part?.isDropped == true
    }
    let rows = reading.modalities.map { modality -> BarChart.Row in
      BarChart.Row(
        modality.name, modality.alpha, before: spoiled ? modality.alphaClean : nil,
        detail: detail(modality, spoiled: spoiled))
    }
    return Report(
      blocks: [.bars(BarChart(title: title ?? "alpha (\(rule.rawValue))", rows: rows))],
      result: .object([
        ("modalities", .array(reading.modalities.map(json))), ("rule", .string(rule.rawValue)),
      ]))
  }

  private static func detail(_ modality: SampleReading.Modality, spoiled: Bool) -> String {
    guard let part = modality.part else { return "missing" }
    if part.isDropped { return "dropped" }
    let sigma = NumberText.fixed(modality.sigmaMean, 2)
    guard spoiled, let before = modality.sigmaClean, part.corruption != nil else {
      return "sigma \(sigma)"
    }
    return "sigma \(NumberText.fixed(before, 2)) to \(sigma)"
  }

  private static func json(_ modality: SampleReading.Modality) -> JSONValue {
    let corruption: JSONValue =
      modality.part?.corruption.map {
        .object([
          ("kind", .string($0.kind)), ("severity", .number($0.severity)),
          ("realised", .number($0.realised.amount)),
        ])
      } ?? .null
    return .object([
      ("name", .string(modality.name)), ("present", .bool(modality.isPresent)),
      ("alpha", .number(modality.alpha)), ("alphaClean", JSONValue(modality.alphaClean)),
      ("sigma", modality.isPresent ? .number(modality.sigmaMean) : .null),
      ("sigmaClean", JSONValue(modality.sigmaClean)), ("corruption", corruption),
    ])
  }
}
