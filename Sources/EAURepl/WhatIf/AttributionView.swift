import Fusion
import ModalityKit

/// Why the weights are what they are, drawn: who moved whom, and by which features.
struct AttributionView {
  let attribution: WeightAttribution
  let pipelines: [ModalityPipeline]
  let baseline: AttributionBaseline
  /// Shown closer; nil for every modality whose weight moved.
  let wanted: Int?
  /// Features shown a modality.
  let top: Int

  func report() -> Report {
    var blocks: [Block] = [
      .heading("why alpha is what it is (\(attribution.rule.rawValue)), against \(baseline.text)"),
      .table(effects),
    ]
    for m in shown { blocks += self.blocks(m) }
    blocks.append(
      .note("the parts miss the changes by \(NumberText.short(attribution.residual)) at most"))
    return Report(blocks: blocks, result: json)
  }

  private var names: [String] { pipelines.map(\.name) }
  private var modalities: [WeightAttribution.Modality] { attribution.modalities }

  /// Those that are there, and moved unless asked for.
  private var shown: [Int] {
    modalities.indices.filter { m in
      modalities[m].score != nil
        && (wanted.map { $0 == m } ?? (abs(modalities[m].effects[m].alpha) >= 0.0005))
    }
  }

  /// A row a modality: what each of them did to it.
  private var effects: Table {
    let there = modalities.indices.filter { m in
      modalities[m].alpha.before != 0 || modalities[m].alpha.now != 0
    }
    return Table(
      columns: [
        .init("alpha"), .init("before", .right), .init("now", .right), .init("change", .right),
      ] + there.map { .init("by \(names[$0])", .right) },
      rows: there.map { m in
        let modality = modalities[m]
        return [
          names[m], NumberText.fixed(modality.alpha.before, 3),
          NumberText.fixed(modality.alpha.now, 3),
          NumberText.signed(modality.alpha.difference, 3),
        ] + there.map { NumberText.signed(modality.effects[$0].alpha, 3) }
      })
  }

  private func blocks(_ m: Int) -> [Block] {
    let modality = modalities[m]
    guard let score = modality.score else { return [] }
    let own = NumberText.signed(modality.effects[m].alpha, 3)
    let parts = AttributedParts(modality, names: pipelines[m].fitted.schema.names, top: top)
    let bars = parts.all.map { part in
      BarChart.Row(
        Self.signed(part.name, part.part.alpha), abs(part.part.alpha),
        detail: "score \(NumberText.signed(part.part.score, 3))")
    }
    var blocks: [Block] = [
      .text(
        "\(names[m]) moved its own alpha by \(own): its score went from "
          + "\(NumberText.fixed(score.before, 3)) to \(NumberText.fixed(score.now, 3))")
    ]
    if !bars.isEmpty {
      blocks.append(
        .bars(
          BarChart(
            title: "\(names[m]): by its features", rows: bars, scale: .automatic, decimals: 4)))
    }
    if parts.groups.count > 1 {
      blocks.append(
        .bars(
          BarChart(
            title: "\(names[m]): the same in groups",
            rows: parts.groups.prefix(max(top, 3)).map {
              BarChart.Row(
                Self.signed($0.name, $0.part.alpha), abs($0.part.alpha),
                detail: "score \(NumberText.signed($0.part.score, 3))")
            }, scale: .automatic, decimals: 4)))
    }
    return blocks
  }

  /// Bars have no direction: the name carries the sign. A long name keeps both of its ends, by which
  /// features differ.
  private static func signed(_ name: String, _ value: Double) -> String {
    let excess = name.count - longestName
    let shown =
      excess <= 0
      ? name : "\(name.prefix(longestName / 2))…\(name.suffix(longestName - longestName / 2 - 1))"
    return (value < 0 ? "- " : "+ ") + shown
  }

  private static let longestName = 24

  // MARK: JSON

  private var json: JSONValue {
    .object([
      ("rule", .string(attribution.rule.rawValue)), ("against", .string(baseline.rawValue)),
      ("residual", .number(attribution.residual)),
      ("modalities", .array(modalities.indices.map(json))),
    ])
  }

  private func json(_ m: Int) -> JSONValue {
    let modality = modalities[m]
    let parts = AttributedParts(modality, names: pipelines[m].fitted.schema.names, top: top)
    return .object([
      ("name", .string(names[m])), ("alpha", Self.json(modality.alpha)),
      ("logAlpha", modality.logAlpha.map(Self.json) ?? .null),
      ("score", modality.score.map(Self.json) ?? .null),
      (
        "effects",
        .array(
          modality.effects.enumerated().map { k, effect in
            .object([
              ("by", .string(names[k])), ("alpha", .number(effect.alpha)),
              ("logAlpha", JSONValue(effect.logAlpha)),
            ])
          })
      ),
      ("features", .array(parts.features.map(Self.json))),
      ("rest", parts.rest.map(Self.json) ?? .null),
      ("groups", .array(parts.groups.map(Self.json))),
      ("novelty", Self.json(modality.novelty)), ("consensus", Self.json(modality.consensus)),
    ])
  }

  private static func json(_ change: WeightAttribution.Change) -> JSONValue {
    .object([("before", .number(change.before)), ("now", .number(change.now))])
  }

  private static func json(_ part: WeightAttribution.Part) -> JSONValue {
    .object(members(part))
  }

  private static func members(_ part: WeightAttribution.Part) -> [(String, JSONValue)] {
    [
      ("score", .number(part.score)), ("logAlpha", .number(part.logAlpha)),
      ("alpha", .number(part.alpha)),
    ]
  }

  private static func json(_ part: AttributedParts.Named) -> JSONValue {
    .object(
      [("name", .string(part.name)), ("change", JSONValue(part.change))] + members(part.part))
  }
}

/// What the weights are compared with.
enum AttributionBaseline: String, CaseIterable {
  case clean, average

  var text: String {
    switch self {
    case .clean: "the clean sample"
    case .average: "an average sample"
    }
  }
}
