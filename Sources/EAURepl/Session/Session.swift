import Fusion
import Modalities
import ModalityKit

/// Everything a session knows: the encoders, the open data set, the model, the current sample.
///
/// A value: a command that fails leaves the session it was given untouched.
struct Session {
  /// Seed of corruptions, and of trainings that name none.
  let seed: UInt64
  /// Where features are kept from session to session; nil for nowhere.
  let cacheFolder: String?
  var core = FusionCore()
  /// What `plugin load` brought, in that order.
  var plugins: [LoadedPlugin] = [] { didSet { revision += 1 } }
  /// What shared objects of this process were when they were loaded, by their paths.
  var sharedObjects: [String: PluginOrigin] = [:]
  /// What `use` chose, a modality each; others get the registry's default.
  var chosenEncoders: [(modality: String, encoder: any ErasedEncoder)] = [] {
    didSet { revision += 1 }
  }
  var data: EncodedDataset? {
    didSet {
      baselines = nil
      revision += 1
    }
  }
  var model: TrainedModel? {
    didSet {
      baselines = nil
      revision += 1
      modelRevision = revision
    }
  }
  var sample: CurrentSample? { didSet { revision += 1 } }
  /// What `evaluate` puts beside the model on the open data; made when first asked for.
  var baselines: BaselineSet?
  /// What the last training of the session lost, epoch by epoch.
  var losses: TrainingLosses?
  /// Where `sample next` goes on from, and the one before, where `sample last` goes back to.
  var sampleIndex: Int? { didSet { if sampleIndex != oldValue { lastSampleIndex = oldValue } } }
  private(set) var lastSampleIndex: Int?
  /// Grows with every change that `undo` can take back.
  private(set) var revision = 0
  /// The revision that brought the model.
  private(set) var modelRevision = 0
  /// How encoders and data came to be.
  var script = SessionScript()
  /// Where `undo` leads back to.
  var timeline = Timeline()
  var desk = Desk()
  /// Set by `quit`.
  var isFinished = false

  init(seed: UInt64, cacheFolder: String? = nil) {
    self.seed = seed
    self.cacheFolder = cacheFolder
    for type in BuiltInEncoders.all { core.register(type) }
  }

  /// Another moment of this session. Its counter never goes back, so that no two states share one,
  /// and what lies on the desk stays there.
  func at(_ moment: Session) -> Session {
    var there = moment
    there.revision = revision + 1
    there.desk = desk
    return there
  }

  func openData() throws -> EncodedDataset {
    guard let data else { throw CommandError.noDataset }
    return data
  }

  func trainedModel() throws -> TrainedModel {
    guard let model else { throw CommandError.noModel }
    return model
  }

  func currentSample() throws -> CurrentSample {
    guard let sample else { throw CommandError.noSample }
    return sample
  }

  /// The encoder that reads a modality's raw input now: the model's, the open data set's, the
  /// chosen one, or the default.
  func encoder(for modality: String) throws -> any ErasedEncoder {
    if let pipeline = model?.pipelines.first(where: { $0.name == modality }) {
      return pipeline.encoder
    }
    if let pipeline = data?.pipelines.first(where: { $0.name == modality }) {
      return pipeline.encoder
    }
    return try configuredEncoder(for: modality)
  }

  /// The chosen or default encoder of a modality that no data set is open for.
  private func configuredEncoder(for modality: String) throws -> any ErasedEncoder {
    try chosenEncoder(for: modality) ?? core.defaultEncoder(for: modality)
  }

  private func chosenEncoder(for modality: String) -> (any ErasedEncoder)? {
    chosenEncoders.first { $0.modality == modality }?.encoder
  }

  /// The chosen or default encoders, one a modality, for encoding a data set anew.
  func configuredEncoders(for dataset: Dataset) throws -> [any ErasedEncoder] {
    try core.encoders(for: dataset, chosen: chosenEncoders)
  }

  /// The modalities a sample can have now, in order.
  var modalities: [String] {
    if let model { return model.pipelines.map(\.name) }
    if let data { return data.dataset.modalities }
    var names: [String] = []
    for type in core.encoderTypes where !names.contains(type.descriptor.modality) {
      names.append(type.descriptor.modality)
    }
    return names
  }

  /// A modality by its name or unique beginning.
  func modality(_ word: String) throws -> String {
    if modalities.contains(word) { return word }
    let matching = modalities.filter { $0.hasPrefix(word) }
    guard matching.count == 1, let found = matching.first else {
      throw CommandError.unknown("modality", word, among: modalities)
    }
    return found
  }

  /// Which of the data set's modalities a word means.
  func pipelineIndex(of word: String, in data: EncodedDataset) throws -> Int {
    let name = try modality(word)
    guard let index = data.pipelines.firstIndex(where: { $0.name == name }) else {
      throw CommandError.unknown("modality", name, among: data.pipelines.map(\.name))
    }
    return index
  }

  /// Refuses a model and a data set that do not belong together.
  func checkModelFitsData() throws {
    guard let model, let data else { return }
    let (needed, found) = (model.pipelines.map(\.name), data.dataset.modalities)
    guard needed == found else {
      throw CommandError(
        "model-mismatch",
        "the model reads \(needed.joined(separator: ", ")), the data set has "
          + found.joined(separator: ", "),
        hint: "open the data set it was trained on (\(model.dataset)), or `train` again")
    }
    guard model.task == data.dataset.task else {
      throw CommandError(
        "model-mismatch",
        "the model was taught \(model.task.text), which is not what \(data.dataset.name) asks",
        hint: "open the data set it was trained on (\(model.dataset)), or `train` again")
    }
  }
}

extension FusionCore {
  /// An encoder for each modality of a data set: the chosen one, or the default.
  func encoders(
    for dataset: Dataset, chosen: [(modality: String, encoder: any ErasedEncoder)]
  ) throws -> [any ErasedEncoder] {
    try dataset.modalities.enumerated().map { m, modality in
      try chosen.first { $0.modality == modality }?.encoder
        ?? defaultEncoder(for: modality, reading: dataset.samples.inputs[m])
    }
  }
}

extension ErasedEncoder {
  func checkCorruption(_ kind: String) throws {
    let kinds = corruptions.map(\.name)
    guard kinds.contains(kind) else {
      throw CommandError.unknown("corruption", kind, among: kinds)
    }
  }
}
