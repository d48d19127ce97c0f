import Fusion
import ModalityKit

/// Samples under one model side by side, and how far each is from the first.
struct SampleComparison {
  let items: [ComparedSample]
  let dataset: Dataset

  private var names: [String] { dataset.modalities }
  /// More would fill screens.
  private static let pictures = 3

  func report() -> Report {
    var blocks: [Block] = []
    for item in items {
      blocks.append(.heading(item.title))
      blocks += names.compactMap { item.caption($0).map { .text($0) } }
      if items.count <= Self.pictures {
        blocks += names.compactMap { item.picture($0).map { .picture($0) } }
      }
    }
    blocks.append(.table(measures))
    if items.count > 1 { blocks.append(.table(distances)) }
    return Report(
      blocks: blocks,
      result: .object([
        ("samples", .array(items.map(json))),
        ("distances", .array(items.indices.dropFirst().map(distance))),
      ]))
  }

  // MARK: Tables

  private var measures: Table {
    var rows = [
      [dataset.target ?? "label"] + items.map { answer($0) ?? "" },
      ["predicted"] + items.map { prediction($0) },
    ]
    for m in names.indices {
      for (what, value) in [("alpha", ComparedSample.alpha), ("sigma", ComparedSample.sigma)] {
        rows.append(
          ["\(names[m]) \(what)"]
            + items.map { $0.isPresent(m) ? NumberText.fixed(value($0)(m), 3) : "missing" })
      }
    }
    return Table(
      columns: [.init("sample")] + items.map { .init($0.title, .right) }, rows: rows)
  }

  /// W2 and the difference in alpha, to the first sample.
  private var distances: Table {
    let others = items.indices.dropFirst()
    let number = { (value: Double?) in value.map { NumberText.fixed($0, 3) } ?? "missing" }
    var rows: [[String]] = []
    for m in names.indices {
      rows.append(["\(names[m]) W2"] + others.map { number(distance(m, $0)) })
      rows.append(
        ["\(names[m]) alpha change"] + others.map { NumberText.signed(change(m, $0), 3) })
    }
    rows.append(["W2 of all they share"] + others.map { number(total($0)) })
    return Table(
      columns: [.init("from \(items[0].title)")] + others.map { .init(items[$0].title, .right) },
      rows: rows)
  }

  private func distance(_ m: Int, _ place: Int) -> Double? {
    items[0].prediction.squaredWasserstein(m, 0, to: items[place].prediction, 0)?
      .total.squareRoot()
  }

  private func total(_ place: Int) -> Double? {
    let parts = names.indices.compactMap { distance($0, place) }
    return parts.isEmpty ? nil : parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func change(_ m: Int, _ place: Int) -> Double {
    items[place].alpha(m) - items[0].alpha(m)
  }

  private func answer(_ item: ComparedSample) -> String? {
    item.sample.label ?? item.sample.value.map { NumberText.fixed($0.value, 2) }
  }

  private func prediction(_ item: ComparedSample) -> String {
    item.verdict.best.map { "\($0.label) \(TrainCommand.percent($0.probability))" }
      ?? item.verdict.text
  }

  // MARK: JSON

  private func json(_ item: ComparedSample) -> JSONValue {
    let answers: [(String, JSONValue)] =
      switch item.verdict {
      case .classes(let ranked, _):
        [
          ("label", JSONValue(item.sample.label)), ("predicted", JSONValue(ranked.first?.label)),
          ("probability", JSONValue(ranked.first?.probability)),
        ]
      case .number(_, let value):
        [
          ("value", JSONValue(item.sample.value?.value)), ("predicted", .number(value.value)),
          ("deviation", .number(value.deviation)),
        ]
      }
    return .object(
      [("number", JSONValue(item.index.map { $0 + 1 })), ("id", .string(item.id))] + answers + [
        (
          "modalities",
          .array(
            names.indices.map { m in
              .object([
                ("name", .string(names[m])), ("present", .bool(item.isPresent(m))),
                ("alpha", .number(item.alpha(m))), ("sigma", .number(item.sigma(m))),
                ("caption", JSONValue(item.caption(names[m]))),
              ])
            })
        )
      ])
  }

  private func distance(_ place: Int) -> JSONValue {
    .object([
      ("from", .string(items[0].id)), ("to", .string(items[place].id)),
      ("total", JSONValue(total(place))),
      (
        "modalities",
        .array(
          names.indices.map { m in
            .object([
              ("name", .string(names[m])), ("w2", JSONValue(distance(m, place))),
              ("alphaChange", .number(change(m, place))),
            ])
          })
      ),
    ])
  }
}
