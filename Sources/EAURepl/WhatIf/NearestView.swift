import Fusion
import ModalityKit

/// The nearest samples as a table, and whether they are of the class that is predicted.
struct NearestView {
  let found: NearestSamples
  /// How many were asked for.
  let count: Int
  let measure: NearestSamples.Measure
  let split: Dataset.Split
  let data: EncodedDataset
  let verdict: Verdict
  /// The current sample's own place in the data set; nil of raw files.
  let own: Int?

  /// As many as were asked for, and the sample itself where it is among them.
  private var neighbours: [NearestSamples.Neighbour] {
    let isThere = found.neighbours.prefix(count).contains { $0.index == own }
    return Array(found.neighbours.prefix(count + (isThere ? 1 : 0)))
  }

  func report() -> Report {
    let names = measure.modalities.map { data.pipelines[$0].name }
    let number = { (value: Double?) in value.map { NumberText.fixed($0, 3) } ?? "missing" }
    let single = names.count == 1
    let columns: [Table.Column] =
      [
        .init("distance", .right), .init("number", .right), .init("id"),
        .init(data.dataset.target ?? "label"),
      ] + (single ? [] : names.map { .init($0, .right) })
    let rows = neighbours.map { neighbour -> [String] in
      let sample = data.dataset.samples[neighbour.index]
      return [
        number(neighbour.distance), "\(neighbour.index + 1)", sample.id, answer(sample),
      ] + (single ? [] : neighbour.parts.map(number))
    }
    let measured = measure.withSpreads ? "W2 distance" : "distance of the means"
    return Report(
      blocks: [
        .heading("\(measured) in \(names.joined(separator: ", "))"),
        .table(Table(columns: columns, rows: rows)), .text(agreement.text),
      ]
        + (holdsItself
          ? [.note("number \((own ?? 0) + 1) is the sample itself; it is not counted")] : []),
      result: .object([
        ("by", .string(measure.withSpreads ? "w2" : "mu")), ("modalities", JSONValue(names)),
        ("split", .string(split.rawValue)), ("compared", .integer(found.compared)),
        ("predicted", JSONValue(verdict.best?.label)),
        ("value", JSONValue(predictedNumber)), ("agreeing", JSONValue(agreement.count)),
        ("neighbours", .array(neighbours.map(json))),
      ]))
  }

  private var holdsItself: Bool { neighbours.contains { $0.index == own } }

  private var predictedNumber: Double? {
    if case .number(_, let value) = verdict { value.value } else { nil }
  }

  private func answer(_ sample: Dataset.Sample) -> String {
    data.dataset.target == nil
      ? data.dataset.classes[sample.label] : sample.value.map { NumberText.fixed($0, 2) } ?? ""
  }

  /// How many neighbours, but for the sample itself, are of the predicted class; of numbers their
  /// mean.
  private var agreement: (text: String, count: Int?) {
    let samples = neighbours.filter { $0.index != own }
      .map { data.dataset.samples[$0.index] }
    let of = "of \(found.compared) \(split.rawValue) samples"
    guard let best = verdict.best else {
      let values = samples.compactMap(\.value)
      let mean = values.reduce(0, +) / Double(max(1, values.count))
      return (
        "the nearest \(of) have \(NumberText.fixed(mean, 2)) on average, "
          + "predicted is \(verdict.text)", nil
      )
    }
    let agreeing = samples.count { data.dataset.classes[$0.label] == best.label }
    return (
      "\(agreeing) of the nearest \(samples.count) \(of) are \(best.label), as is predicted",
      agreeing
    )
  }

  private func json(_ neighbour: NearestSamples.Neighbour) -> JSONValue {
    let sample = data.dataset.samples[neighbour.index]
    let isNumber = data.dataset.target != nil
    return .object(
      [
        ("number", .integer(neighbour.index + 1)), ("id", .string(sample.id)),
        isNumber
          ? ("value", JSONValue(sample.value))
          : ("label", .string(data.dataset.classes[sample.label])),
        ("distance", .number(neighbour.distance)), ("itself", .bool(neighbour.index == own)),
        (
          "modalities",
          .object(
            zip(measure.modalities, neighbour.parts).map {
              (data.pipelines[$0].name, JSONValue($1))
            })
        ),
      ]
        + (isNumber
          ? [] : [("agrees", .bool(data.dataset.classes[sample.label] == verdict.best?.label))]))
  }
}
