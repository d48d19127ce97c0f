import ModalityKit
import SeededRandom

/// A way to spoil the rows a method is judged on, as the field's tables have them.
public enum BenchmarkProtocol: Sendable, Hashable {
  case clean
  /// On a random half of the rows a random half of the modalities gets normal noise of this
  /// standard deviation (on features scaled to 0…1).
  case noise(Int)
  /// 10 % of the rows get noise of deviation 0.5 on a random 0…M−1 modalities; then 40 % get one
  /// random modality replaced by that of the data set's first sample of the next class.
  case conflict
  /// One modality of every row spoiled at severity 10; sigma is also followed from 0 to 10.
  case sweep(modality: String, kind: String)

  /// `clean`, `noise5`, `conflict`, `image:gaussian`.
  public var name: String {
    switch self {
    case .clean: "clean"
    case .noise(let deviation): "noise\(deviation)"
    case .conflict: "conflict"
    case .sweep(let modality, let kind): "\(modality):\(kind)"
    }
  }
}

/// Rows spoiled by a protocol, and where.
public struct SpoiledRows: Sendable {
  public let tables: [FeatureTable]
  /// [modality][row]
  public let spoiled: [[Bool]]
}

extension BenchmarkProtocol {
  /// Whether the data have what is to be spoiled: a method may do without a modality.
  func applies(to data: EncodedDataset) -> Bool {
    guard case .sweep(let name, _) = self else { return true }
    return data.pipelines.contains { $0.name == name }
  }

  /// - Parameter seed: equal seeds spoil the same rows in the same way for every method.
  public func spoil(
    _ data: EncodedDataset, rows: [Int], seed: UInt64, monitor: WorkMonitor = .silent
  ) throws -> SpoiledRows {
    var plan = SpoilPlan(data: data, rows: rows)
    var generator = SeededGenerator(seed: seed, stream: stableHash("protocol"), stableHash(name))
    let modalities = data.pipelines.count
    switch self {
    case .clean: break
    case .noise(let deviation):
      for row in rows.indices.shuffled(using: &generator).prefix(rows.count / 2) {
        for m in (0..<modalities).shuffled(using: &generator).prefix(modalities / 2) {
          plan.corrupt(row, m, kind: "gaussian", severity: Double(deviation), &generator)
        }
      }
    case .conflict:
      for row in rows.indices.shuffled(using: &generator).prefix(rows.count / 10) {
        let count = generator.index(below: modalities)
        for m in (0..<modalities).shuffled(using: &generator).prefix(count) {
          plan.corrupt(row, m, kind: "gaussian", severity: 0.5, &generator)
        }
      }
      for row in rows.indices.shuffled(using: &generator).prefix(rows.count * 2 / 5) {
        plan.contradict(row, generator.index(below: modalities))
      }
    case .sweep(let name, let kind):
      guard let m = data.pipelines.firstIndex(where: { $0.name == name }) else { break }
      for row in rows.indices { plan.corrupt(row, m, kind: kind, severity: 10, &generator) }
    }
    return try plan.carriedOut(monitor: monitor)
  }
}

/// Which rows are spoiled and how, before any feature is computed.
private struct SpoilPlan {
  private enum Step {
    case corrupt(kind: String, severity: Double, seed: UInt64)
    /// The signal of another sample of the data set.
    case replace(Int)
  }

  private let data: EncodedDataset
  private let rows: [Int]
  /// [modality][row]
  private var steps: [[Step?]]
  /// Of each class the first sample, in file order.
  private let firstOfClass: [Int?]

  init(data: EncodedDataset, rows: [Int]) {
    self.data = data
    self.rows = rows
    steps = data.pipelines.map { _ in rows.map { _ in nil } }
    let labels = data.dataset.samples.labels
    firstOfClass = data.dataset.classes.indices.map { labels.firstIndex(of: $0) }
  }

  mutating func corrupt(
    _ row: Int, _ modality: Int, kind: String, severity: Double,
    _ generator: inout SeededGenerator
  ) {
    steps[modality][row] = .corrupt(kind: kind, severity: severity, seed: generator.next())
  }

  mutating func contradict(_ row: Int, _ modality: Int) {
    let next = (data.dataset.samples.labels[rows[row]] + 1) % max(1, firstOfClass.count)
    if let sample = firstOfClass[next] { steps[modality][row] = .replace(sample) }
  }

  func carriedOut(monitor: WorkMonitor) throws -> SpoiledRows {
    let (data, rows) = (self.data, self.rows)
    let tables = try data.pipelines.indices.map { m -> FeatureTable in
      let clean = try data.table(m, rows)
      let here = steps[m]
      guard here.contains(where: { $0 != nil }) else { return clean }
      let pipeline = data.pipelines[m]
      let features = try parallelMap(
        count: rows.count, "spoiling \(pipeline.name)", monitor: monitor.quiet
      ) { position -> FeatureRow? in
        guard let signal = try data.signals[m].signal(rows[position]) else { return nil }
        switch here[position] {
        case nil: return try pipeline.row(signal)
        case .corrupt(let kind, let severity, let seed):
          return try pipeline.row(
            pipeline.fitted.corrupt(signal, kind: kind, severity: severity, seed: seed).signal)
        case .replace(let sample):
          return try data.signals[m].signal(sample).map { try pipeline.row($0) }
        }
      }
      return FeatureTable(features, features: clean.features, sparse: clean.isSparse)
    }
    return SpoiledRows(tables: tables, spoiled: steps.map { $0.map { $0 != nil } })
  }
}
