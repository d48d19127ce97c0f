import FeatureCache
import ModalityKit

extension FusionCore {
  /// Fits each encoder and its scaling on the training split alone, and encodes every sample, on all
  /// threads and a few hundred samples at a time: signals are let go once encoded, as far as they
  /// do not fit the budget of a `SignalStore`.
  ///
  /// - Parameters:
  ///   - encoders: one a modality of the data set, in its order.
  ///   - cache: where rows of files are looked for and left; nil for neither.
  /// - Throws: `FusionError` naming the sample, or an encoder's own error.
  public func encode(
    _ dataset: Dataset, encoders: [any ErasedEncoder], cache: FeatureCache? = nil,
    monitor: WorkMonitor = .silent
  ) throws -> EncodedDataset {
    let training = dataset.indices(of: .train)
    guard training.count >= 4 else { throw FusionError.tooFewSamples(training.count) }
    let encoding = DatasetEncoding(dataset: dataset, cache: cache, monitor: monitor)
    let parts = try dataset.modalities.indices.map { m in
      let store = SignalStore(dataset, modality: m, encoder: encoders[m])
      return try encoding.fitAndEncode(store, training: training.filter(store.isPresent))
    }
    return EncodedDataset(dataset, parts, cache: cache)
  }

  /// Encodes a data set with pipelines that were fitted before: those of a restored model.
  public func encode(
    _ dataset: Dataset, pipelines: [ModalityPipeline], cache: FeatureCache? = nil,
    monitor: WorkMonitor = .silent
  ) throws -> EncodedDataset {
    let encoding = DatasetEncoding(dataset: dataset, cache: cache, monitor: monitor)
    let parts = try pipelines.enumerated().map { m, pipeline in
      try encoding.encode(
        SignalStore(dataset, modality: m, encoder: pipeline.encoder), by: pipeline)
    }
    return EncodedDataset(dataset, parts, cache: cache)
  }
}

extension EncodedDataset {
  /// The same samples, encoded by pipelines that were fitted elsewhere with the same encoders.
  public func encoded(
    by pipelines: [ModalityPipeline], monitor: WorkMonitor = .silent
  ) throws -> EncodedDataset {
    let encoding = DatasetEncoding(dataset: dataset, cache: cache, monitor: monitor)
    let parts = try pipelines.indices.map { try encoding.encode(signals[$0], by: pipelines[$0]) }
    return EncodedDataset(dataset, parts, cache: cache)
  }
}

/// The work from raw inputs to feature rows, one modality after another.
struct DatasetEncoding {
  let dataset: Dataset
  let cache: FeatureCache?
  let monitor: WorkMonitor

  /// What becomes of one modality.
  struct Part {
    let pipeline: ModalityPipeline
    let rows: FeatureRows
    let signals: SignalStore
    /// Rows that were found in the cache.
    let reused: Int
  }

  /// - Parameter training: the samples to learn from, all of which have the modality.
  func fitAndEncode(_ store: SignalStore, training: [Int]) throws -> Part {
    guard !training.isEmpty else {
      throw EncoderError(
        .nothingToFit, "no training sample has the modality \(store.name)",
        hint: "give it to some rows of the split `train`")
    }
    let fitted = try fit(store, training)
    let unscaled = ModalityPipeline(name: store.name, fitted: fitted, scaling: .factor(1))
    let rows = try collect(store, unscaled)
    let scaling = try FeatureScaling(
      count: training.count, features: fitted.schema.count, sparse: unscaled.isSparse
    ) { visit in
      for (number, index) in training.enumerated() {
        if number % 1024 == 0, monitor.shouldStop() { throw FusionError.stopped }
        try rows.visit(index, visit)
      }
    }
    let pipeline = ModalityPipeline(name: store.name, fitted: fitted, scaling: scaling)
    return part(store, rows, pipeline)
  }

  func encode(_ store: SignalStore, by pipeline: ModalityPipeline) throws -> Part {
    let unscaled = ModalityPipeline(
      name: pipeline.name, fitted: pipeline.fitted, scaling: .factor(1))
    return part(store, try collect(store, unscaled), pipeline)
  }

  private func part(
    _ store: SignalStore, _ rows: RowCollector, _ pipeline: ModalityPipeline
  ) -> Part {
    let reused = rows.reused
    return Part(
      pipeline: pipeline, rows: rows.scaled(by: pipeline), signals: store, reused: reused)
  }

  /// An encoder that learns nothing is shown nothing.
  private func fit(_ store: SignalStore, _ training: [Int]) throws -> any FittedEncoder {
    let isStateless = store.encoder.descriptor.traits.contains(.stateless)
    let signals = DecodedSignals(store, samples: isStateless ? [] : training, monitor: monitor)
    let fitted = Result { try store.encoder.fit(signals) }
    if let failure = signals.failure { throw failure }
    return try fitted.get()
  }

  private func collect(
    _ store: SignalStore, _ unscaled: ModalityPipeline
  ) throws -> RowCollector {
    // What is in memory the program's own encoders encode quicker than it could be looked up.
    let isWorthIt =
      store.encoder.descriptor.origin != nil
      || store.inputs.indices.contains { store.inputs.isFile($0) }
    let shelf = isWorthIt ? try? cache?.shelf(for: unscaled.fitted) : nil
    var rows = RowCollector(
      unscaled, shelf: shelf, inputs: store.inputs,
      memoryLimit: cache?.memoryLimit ?? FeatureCache.defaultMemoryLimit)
    try forEachBlock(
      count: store.inputs.count, "encoding \(store.name)", monitor: monitor
    ) {
      try outcome($0, store, unscaled, shelf)
    } body: { outcomes in
      try rows.add(outcomes)
      // Without it the files are read again next time, nothing worse.
      try? cache?.remember()
    }
    return rows
  }

  private func outcome(
    _ index: Int, _ store: SignalStore, _ unscaled: ModalityPipeline, _ shelf: FeatureShelf?
  ) throws -> RowCollector.Outcome {
    guard let input = store.inputs[index] else { return .missing }
    let content = shelf == nil ? nil : cache?.content(of: input)
    if let content, let place = shelf?.place(of: content) { return .filed(place) }
    guard let signal = try store.signal(index) else { return .missing }
    do throws(EncoderError) {
      let row = try unscaled.rawRow(signal)
      // A file that changed while it was read must not lend its row to another content.
      return .fresh(row, content == nil || cache?.content(of: input) == content ? content : nil)
    } catch {
      throw store.refusal(index, error)
    }
  }
}
