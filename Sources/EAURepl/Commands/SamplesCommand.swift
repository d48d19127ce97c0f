import ModalityKit

struct SamplesCommand: Command {
  static let name = "samples"
  static let usage = "samples [LABEL] [--split train|validation|test] [--limit N]"
  static let summary = "list the samples of the open data set"
  static let examples = ["samples", "samples bird --split test"]
  static let parameters: [Parameter] = [
    .word("LABEL", .label, "only samples of this class", optional: true),
    .option("split", .split, "only samples of this split"),
    .option("limit", .integers(1...1_000_000), "how many are shown (20)"),
  ]
  static let seeAlso = ["sample", "open"]

  private let label: String?
  private let split: Dataset.Split?
  private let limit: Int

  init(_ arguments: Arguments) throws {
    label = try arguments.words(0...1, Self.self).first
    split = try arguments.value(of: "split").map(Self.split)
    limit = try arguments.integer(of: "limit", in: 1...1_000_000) ?? 20
  }

  static func split(_ word: String) throws -> Dataset.Split {
    guard let split = Dataset.Split(rawValue: word) else {
      throw CommandError.unknown("split", word, among: Dataset.Split.allCases.map(\.rawValue))
    }
    return split
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let dataset = try session.openData().dataset
    let wanted = try label.map { name in
      try dataset.task.requireClasses("`samples LABEL`")
      guard let index = dataset.classes.firstIndex(of: name) else {
        throw CommandError.unknown("class", name, among: dataset.classes)
      }
      return index
    }
    let found = dataset.samples.indices.filter {
      (wanted == nil || dataset.samples.labels[$0] == wanted)
        && (split == nil || dataset.samples.splits[$0] == split)
    }
    let shown = found.prefix(limit)
    let rows = shown.map { index -> [String] in
      let sample = dataset.samples[index]
      let missing = zip(dataset.modalities, sample.inputs).filter { $0.1 == nil }.map(\.0)
      return [
        "\(index + 1)", sample.id, answer(sample, dataset).text, sample.split.rawValue,
        missing.isEmpty ? "" : "no " + missing.joined(separator: ", "),
      ]
    }
    var blocks: [Block] = [
      .table(
        Table(
          columns: [
            .init("number", .right), .init("id"), .init(dataset.target ?? "label"),
            .init("split"), .init(""),
          ], rows: rows))
    ]
    if found.count > shown.count {
      blocks.append(.note("\(shown.count) of \(found.count) shown; --limit N shows more"))
    }
    return Report(
      blocks: blocks,
      result: .object([
        ("count", .integer(found.count)),
        (
          "samples",
          .array(
            shown.map { index in
              let sample = dataset.samples[index]
              return .object([
                ("number", .integer(index + 1)), ("id", .string(sample.id)),
                answer(sample, dataset).json,
                ("split", .string(sample.split.rawValue)),
              ])
            })
        ),
      ]))
  }

  /// What is to be learned of a sample: its class, or its number.
  private func answer(
    _ sample: Dataset.Sample, _ dataset: Dataset
  ) -> (text: String, json: (String, JSONValue)) {
    switch dataset.task {
    case .classification(let classes):
      let label = classes[sample.label]
      return (label, ("label", .string(label)))
    case .regression:
      return (sample.value.map(NumberText.short) ?? "", ("value", JSONValue(sample.value)))
    }
  }
}
