import ModalityKit
import SeededRandom

/// Corrupted versions of the training samples, encoded once before training and drawn from in
/// every epoch.
///
/// Each version has a kind drawn from the encoder's corruptions and a severity uniform in 0...10.
struct CorruptionBank: Sendable {
  /// A table a modality: version v of training sample i is row v · count + i.
  let tables: [FeatureTable]
  let samples: Int
  let versions: Int

  init(
    _ data: EncodedDataset, training: [Int], versions: Int, seed: UInt64, monitor: WorkMonitor
  ) throws {
    samples = training.count
    self.versions = versions
    tables = try data.pipelines.indices.map { m in
      let pipeline = data.pipelines[m]
      let kinds = pipeline.encoder.corruptions.map(\.name)
      let stream = stableHash(pipeline.name)
      let rows = try parallelMap(
        count: versions * training.count, "corrupting \(pipeline.name)", monitor: monitor
      ) { position -> FeatureRow? in
        let index = training[position % training.count]
        guard let signal = data.signals[m][index] else { return nil }
        guard !kinds.isEmpty else { return try pipeline.row(signal) }
        var generator = SeededGenerator(seed: seed, stream: stream, UInt64(position))
        let kind = kinds[generator.index(below: kinds.count)]
        let corrupted = try pipeline.encoder.corrupt(
          signal, kind: kind, severity: generator.uniform(0, 10), seed: generator.next())
        return try pipeline.row(corrupted.signal)
      }
      return FeatureTable(
        rows, features: pipeline.fitted.schema.count, sparse: pipeline.isSparse)
    }
  }

  /// The row of a random version of training sample `position`.
  func row(of position: Int, _ generator: inout SeededGenerator) -> Int {
    generator.index(below: versions) * samples + position
  }
}
