import ModalityKit
import SeededRandom

/// Corrupted versions of the training samples, encoded once before training and drawn from in
/// every epoch.
///
/// Each version has a kind drawn from the encoder's corruptions and a severity uniform in 0...10.
public struct CorruptionBank: Sendable {
  /// A table a modality: version v of training sample i is row i · versions + v.
  let tables: [FeatureTable]
  let versions: Int

  init(
    _ data: EncodedDataset, options: TrainingOptions, monitor: WorkMonitor
  ) throws {
    let training = data.indices(of: .train)
    let (versions, seed) = (options.variants, options.seed)
    self.versions = versions
    tables = try data.pipelines.indices.map { m in
      let pipeline = data.pipelines[m]
      let kinds = pipeline.encoder.corruptions.map(\.name)
        .filter { !options.withholds($0, of: pipeline.name) }
      let stream = stableHash(pipeline.name)
      var rows = FeatureTableBuilder(
        features: pipeline.fitted.schema.count, sparse: pipeline.isSparse,
        capacity: versions * training.count, memoryLimit: data.memoryLimit)
      try forEachBlock(
        count: training.count, "corrupting \(pipeline.name)", monitor: monitor
      ) { position -> [FeatureRow?] in
        guard let signal = try data.signals[m].signal(training[position]) else {
          return Array(repeating: nil, count: versions)
        }
        return try (0..<versions).map { version in
          if monitor.shouldStop() { throw FusionError.stopped }
          guard !kinds.isEmpty else { return try pipeline.row(signal) }
          var generator = SeededGenerator(
            seed: seed, stream: stream, UInt64(version * training.count + position))
          let kind = kinds[generator.index(below: kinds.count)]
          let corrupted = try pipeline.fitted.corrupt(
            signal, kind: kind, severity: generator.uniform(0, 10), seed: generator.next())
          return try pipeline.row(corrupted.signal)
        }
      } body: { block in
        for row in block.joined() { try rows.append(row) }
      }
      return rows.table()
    }
  }

  /// The row of a random version of training sample `position`.
  func row(of position: Int, _ generator: inout SeededGenerator) -> Int {
    position * versions + generator.index(below: versions)
  }
}

/// The banks of one data set, each made once: methods trained on the same pairs share them.
public final class CorruptionBanks {
  private var made: [(key: String, bank: CorruptionBank)] = []

  public init() {}

  /// nil for options that train on clean rows.
  func bank(
    _ data: EncodedDataset, _ options: TrainingOptions, monitor: WorkMonitor
  ) throws -> CorruptionBank? {
    guard options.corruptions else { return nil }
    let names = data.pipelines.map(\.name).joined(separator: ",")
    let key = "\(names) \(options.variants) \(options.seed) \(options.withheld)"
    if let found = made.first(where: { $0.key == key }) { return found.bank }
    let bank = try CorruptionBank(data, options: options, monitor: monitor)
    made.append((key, bank))
    return bank
  }
}
