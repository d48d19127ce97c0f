import ModalityKit

/// A data set ready for training and evaluation: its signals, and a feature table a modality.
public struct EncodedDataset: Sendable {
  public let dataset: Dataset
  public let pipelines: [ModalityPipeline]
  /// One a modality, a row a sample.
  public let tables: [FeatureTable]
  /// [modality][sample], decoded; nil where missing.
  public let signals: [[ErasedSignal?]]

  public func indices(of split: Dataset.Split) -> [Int] {
    dataset.samples.indices.filter { dataset.samples[$0].split == split }
  }

  public func labels(_ indices: [Int]) -> [Int] {
    indices.map { dataset.samples[$0].label }
  }

  /// The tables of some samples, for inference.
  public func tables(_ indices: [Int]) -> [FeatureTable] {
    tables.map { $0.gathering(indices) }
  }

  /// The same without one modality; samples that had no other stay, with nothing.
  public func without(_ modality: Int) -> EncodedDataset {
    func kept<Element>(_ elements: [Element]) -> [Element] {
      elements.enumerated().filter { $0.offset != modality }.map(\.element)
    }
    let samples = dataset.samples.map { sample in
      Dataset.Sample(
        id: sample.id, label: sample.label, value: sample.value, split: sample.split,
        inputs: kept(sample.inputs),
        trueNoise: sample.trueNoise.map(kept))
    }
    return EncodedDataset(
      dataset: Dataset(
        name: dataset.name, modalities: kept(dataset.modalities), task: dataset.task,
        samples: samples, calibratedOptions: dataset.calibratedOptions),
      pipelines: kept(pipelines), tables: kept(tables), signals: kept(signals))
  }

  /// The feature table of one modality of some samples, its signals corrupted at a severity. Each
  /// sample has its own random stream, so a row does not depend on which others are asked for.
  public func corruptedTable(
    modality: Int, kind: String, severity: Double, indices: [Int], seed: UInt64,
    monitor: WorkMonitor = .silent
  ) throws -> (table: FeatureTable, realised: [Double]) {
    let pipeline = pipelines[modality]
    let rows = try parallelMap(count: indices.count, "corrupting", monitor: monitor) {
      position -> (row: FeatureRow?, realised: Double) in
      let index = indices[position]
      guard let signal = signals[modality][index] else { return (nil, 0) }
      let corrupted = try pipeline.fitted.corrupt(
        signal, kind: kind, severity: severity, seed: seed &+ UInt64(index))
      return (try pipeline.row(corrupted.signal), corrupted.realised.amount)
    }
    let table = FeatureTable(
      rows.map(\.row), features: pipeline.fitted.schema.count, sparse: pipeline.isSparse)
    return (table, rows.map(\.realised))
  }
}

extension EncodedDataset {
  /// The same signals, encoded by pipelines that were fitted elsewhere with the same encoders.
  public func encoded(
    by pipelines: [ModalityPipeline], monitor: WorkMonitor = .silent
  ) throws -> EncodedDataset {
    let tables = try pipelines.indices.map { m in
      let own = signals[m]
      let rows = try parallelMap(count: own.count, "encoding", monitor: monitor) { index in
        try own[index].map { try pipelines[m].row($0) }
      }
      return FeatureTable(
        rows, features: pipelines[m].fitted.schema.count, sparse: pipelines[m].isSparse)
    }
    return EncodedDataset(
      dataset: dataset, pipelines: pipelines, tables: tables, signals: signals)
  }
}

extension FusionCore {
  /// Decodes every raw input, fits each encoder and its scaling on the training split alone, and
  /// encodes every sample.
  ///
  /// - Parameter encoders: one a modality of the data set, in its order.
  /// - Throws: `FusionError` naming the sample, or an encoder's own error.
  public func encode(
    _ dataset: Dataset, encoders: [any ErasedEncoder], monitor: WorkMonitor = .silent
  ) throws -> EncodedDataset {
    let training = dataset.samples.indices.filter { dataset.samples[$0].split == .train }
    guard training.count >= 4 else { throw FusionError.tooFewSamples(training.count) }
    let signals = try decode(dataset, encoders: encoders, monitor: monitor)
    let pipelines = try dataset.modalities.indices.map { m in
      try fit(
        dataset.modalities[m], encoders[m], on: training.compactMap { signals[m][$0] },
        monitor: monitor)
    }
    return try encode(dataset, signals: signals, pipelines: pipelines, monitor: monitor)
  }

  /// Encodes a data set with pipelines that were fitted before: those of a restored model.
  public func encode(
    _ dataset: Dataset, pipelines: [ModalityPipeline], monitor: WorkMonitor = .silent
  ) throws -> EncodedDataset {
    let signals = try decode(dataset, encoders: pipelines.map(\.encoder), monitor: monitor)
    return try encode(dataset, signals: signals, pipelines: pipelines, monitor: monitor)
  }

  private func decode(
    _ dataset: Dataset, encoders: [any ErasedEncoder], monitor: WorkMonitor
  ) throws -> [[ErasedSignal?]] {
    try dataset.modalities.indices.map { m in
      let name = dataset.modalities[m]
      return try parallelMap(
        count: dataset.samples.count, "reading \(name)", monitor: monitor
      ) { index -> ErasedSignal? in
        let sample = dataset.samples[index]
        guard let input = sample.inputs[m] else { return nil }
        do throws(EncoderError) {
          return try encoders[m].decode(input)
        } catch {
          throw FusionError.sample(sample.id, modality: name, error)
        }
      }
    }
  }

  private func fit(
    _ name: String, _ encoder: any ErasedEncoder, on signals: [ErasedSignal],
    monitor: WorkMonitor
  ) throws -> ModalityPipeline {
    guard !signals.isEmpty else {
      throw EncoderError(
        .nothingToFit, "no training sample has the modality \(name)",
        hint: "give it to some rows of the split `train`")
    }
    let fitted = try encoder.fit(signals)
    let unscaled = ModalityPipeline(name: name, fitted: fitted, scaling: .factor(1))
    let rows = try parallelMap(count: signals.count, "fitting \(name)", monitor: monitor) {
      try unscaled.rawRow(signals[$0])
    }
    return ModalityPipeline(
      name: name, fitted: fitted,
      scaling: FeatureScaling(
        fitting: rows, features: fitted.schema.count, sparse: unscaled.isSparse))
  }

  private func encode(
    _ dataset: Dataset, signals: [[ErasedSignal?]], pipelines: [ModalityPipeline],
    monitor: WorkMonitor
  ) throws -> EncodedDataset {
    let tables = try pipelines.indices.map { m in
      let pipeline = pipelines[m]
      let rows = try parallelMap(
        count: dataset.samples.count, "encoding \(pipeline.name)", monitor: monitor
      ) { index -> FeatureRow? in
        guard let signal = signals[m][index] else { return nil }
        do throws(EncoderError) {
          return try pipeline.row(signal)
        } catch {
          throw FusionError.sample(dataset.samples[index].id, modality: pipeline.name, error)
        }
      }
      return FeatureTable(
        rows, features: pipeline.fitted.schema.count, sparse: pipeline.isSparse)
    }
    return EncodedDataset(
      dataset: dataset, pipelines: pipelines, tables: tables, signals: signals)
  }
}
