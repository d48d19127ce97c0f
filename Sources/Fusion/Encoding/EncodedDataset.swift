import FeatureCache
import ModalityKit

/// A data set ready for training and evaluation: feature rows a modality, and the way to its signals.
public struct EncodedDataset: Sendable {
  public let dataset: Dataset
  public let pipelines: [ModalityPipeline]
  /// One a modality.
  public let signals: [SignalStore]
  /// One a modality.
  let rows: [FeatureRows]
  let cache: FeatureCache?
  /// How many rows were not computed but found in the feature cache.
  public let reusedRows: Int

  private init(
    dataset: Dataset, pipelines: [ModalityPipeline], signals: [SignalStore], rows: [FeatureRows],
    cache: FeatureCache?, reusedRows: Int
  ) {
    self.dataset = dataset
    self.pipelines = pipelines
    self.signals = signals
    self.rows = rows
    self.cache = cache
    self.reusedRows = reusedRows
  }

  init(_ dataset: Dataset, _ parts: [DatasetEncoding.Part], cache: FeatureCache?) {
    self.init(
      dataset: dataset, pipelines: parts.map(\.pipeline), signals: parts.map(\.signals),
      rows: parts.map(\.rows), cache: cache, reusedRows: parts.reduce(0) { $0 + $1.reused })
  }

  /// Rows of more bytes a modality go to disk.
  var memoryLimit: Int { cache?.memoryLimit ?? FeatureCache.defaultMemoryLimit }

  public func indices(of split: Dataset.Split) -> [Int] {
    dataset.indices(of: split)
  }

  public func labels(_ indices: [Int]) -> [Int] {
    indices.map { dataset.samples.labels[$0] }
  }

  /// Which samples have a modality.
  public func present(_ modality: Int) -> [Bool] { rows[modality].present }

  /// The scaled rows of some samples in every modality, for inference.
  ///
  /// - Throws: `CacheError` when rows that lie in the cache were damaged since.
  public func tables(_ indices: [Int]) throws -> [FeatureTable] {
    try rows.map { try $0.gathering(indices) }
  }

  /// The scaled rows of some samples in one modality.
  public func table(_ modality: Int, _ indices: [Int]) throws -> FeatureTable {
    try rows[modality].gathering(indices)
  }

  /// The same without one modality; samples that had no other stay, with nothing.
  public func without(_ modality: Int) -> EncodedDataset {
    func kept<Element>(_ elements: [Element]) -> [Element] {
      elements.enumerated().filter { $0.offset != modality }.map(\.element)
    }
    return EncodedDataset(
      dataset: Dataset(
        name: dataset.name, modalities: kept(dataset.modalities), task: dataset.task,
        samples: dataset.samples.without(modality), calibratedOptions: dataset.calibratedOptions),
      pipelines: kept(pipelines), signals: kept(signals), rows: kept(rows), cache: cache,
      reusedRows: reusedRows)
  }

  /// The feature table of one modality of some samples, its signals corrupted at a severity. Each
  /// sample has its own random stream, so a row does not depend on which others are asked for.
  public func corruptedTable(
    modality: Int, kind: String, severity: Double, indices: [Int], seed: UInt64,
    monitor: WorkMonitor = .silent
  ) throws -> (table: FeatureTable, realised: [Double]) {
    let pipeline = pipelines[modality]
    var table = FeatureTableBuilder(
      features: pipeline.fitted.schema.count, sparse: pipeline.isSparse, capacity: indices.count,
      memoryLimit: memoryLimit)
    var realised: [Double] = []
    try forEachBlock(count: indices.count, "corrupting", monitor: monitor) {
      position -> (row: FeatureRow?, realised: Double) in
      let index = indices[position]
      guard let signal = try signals[modality].signal(index) else { return (nil, 0) }
      let corrupted = try pipeline.fitted.corrupt(
        signal, kind: kind, severity: severity, seed: seed &+ UInt64(index))
      return (try pipeline.row(corrupted.signal), corrupted.realised.amount)
    } body: { block in
      for row in block { try table.append(row.row) }
      realised += block.map(\.realised)
    }
    return (table.table(), realised)
  }
}
