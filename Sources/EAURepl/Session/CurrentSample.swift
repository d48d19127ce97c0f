import Fusion
import ModalityKit

/// The sample at hand: raw inputs from the data set or from files, and what was done to them.
struct CurrentSample {
  /// `#12 animals/birds/parrot`, or `loaded` for raw files.
  var title: String
  /// Its place in the open data set; nil for raw files.
  var index: Int?
  /// Its class, when known.
  var label: String?
  /// The number to be predicted and what it is called, when known.
  var value: TargetValue?
  /// One a modality, in the session's order; only those that were given.
  var parts: [Part] = []

  struct TargetValue: Equatable {
    let name: String
    let value: Double
  }

  struct Part {
    let modality: String
    let raw: RawInput
    let encoder: any ErasedEncoder
    /// The encoder with what it learned; nil before a data set or a model is there.
    let fitted: (any FittedEncoder)?
    /// As decoded.
    let clean: ErasedSignal
    var corruption: AppliedCorruption?
    /// Left out of the fusion until `clean`.
    var isDropped = false

    /// What the model reads now; nil when dropped.
    var current: ErasedSignal? { isDropped ? nil : corruption?.signal ?? clean }

    /// The clean signal spoiled, measured against what the encoder learned where it has.
    func corrupted(
      kind: String, severity: Double, seed: UInt64
    )
      throws(EncoderError) -> Corrupted<ErasedSignal>
    {
      if let fitted {
        return try fitted.corrupt(clean, kind: kind, severity: severity, seed: seed)
      }
      return try encoder.corrupt(clean, kind: kind, severity: severity, seed: seed)
    }
  }

  struct AppliedCorruption {
    let kind: String
    let severity: Double
    let seed: UInt64
    let realised: RealisedCorruption
    let signal: ErasedSignal
  }

  func part(_ modality: String) -> Part? { parts.first { $0.modality == modality } }

  func index(of modality: String) throws -> Int {
    guard let index = parts.firstIndex(where: { $0.modality == modality }) else {
      throw CommandError(
        "missing-modality", "the current sample has no \(modality)",
        hint:
          "it has \(parts.map(\.modality).joined(separator: ", ")); `load \(modality) …` adds one")
    }
    return index
  }

  /// Adds or replaces a modality, keeping the order of `modalities`.
  mutating func set(_ part: Part, order modalities: [String]) {
    parts.removeAll { $0.modality == part.modality }
    parts.append(part)
    let rank = { (name: String) in modalities.firstIndex(of: name) ?? modalities.count }
    parts.sort { rank($0.modality) < rank($1.modality) }
  }
}

extension Session {
  /// Sample `index` of the open data set, decoded with the encoders in use.
  func makeSample(at index: Int, of data: EncodedDataset) throws -> CurrentSample {
    let source = data.dataset.samples[index]
    var sample = CurrentSample(title: "#\(index + 1) \(source.id)", index: index)
    switch data.dataset.task {
    case .classification(let classes): sample.label = classes[source.label]
    case .regression(let target):
      sample.value = source.value.map { .init(name: target, value: $0) }
    }
    for (name, raw) in zip(data.dataset.modalities, source.inputs) {
      guard let raw else { continue }
      sample.set(try part(name, raw), order: modalities)
    }
    return sample
  }

  /// Decodes a raw input, and refuses one that decodes but cannot be encoded (a vector of another
  /// length): let in, it would make every later command fail.
  func part(_ modality: String, _ raw: RawInput) throws -> CurrentSample.Part {
    let encoder = try encoder(for: modality)
    let pipelines = model?.pipelines ?? data?.pipelines ?? []
    let pipeline = pipelines.first { $0.name == modality }
    let signal = try encoder.decode(raw)
    _ = try pipeline?.row(signal)
    return CurrentSample.Part(
      modality: modality, raw: raw, encoder: encoder, fitted: pipeline?.fitted, clean: signal)
  }

  /// Reads the current sample's raw inputs again after the encoders changed. A sample that the new
  /// encoders cannot read is let go.
  mutating func refreshSample() {
    guard let old = sample else { return }
    var fresh = CurrentSample(
      title: old.title, index: old.index, label: old.label, value: old.value)
    for part in old.parts where modalities.contains(part.modality) {
      guard let part = try? self.part(part.modality, part.raw) else { continue }
      fresh.set(part, order: modalities)
    }
    sample = fresh.parts.isEmpty ? nil : fresh
  }

  /// The session with another model: the current sample is read by its encoders and spoiled again as
  /// it was. A kind of corruption that an encoder lacks is left out.
  func with(_ other: TrainedModel) throws -> Session {
    var session = self
    session.model = other
    session.refreshSample()
    guard let old = sample, var fresh = session.sample else { return session }
    for (place, part) in fresh.parts.enumerated() {
      guard let before = old.part(part.modality) else { continue }
      fresh.parts[place].isDropped = before.isDropped
      guard let applied = before.corruption,
        part.encoder.corruptions.contains(where: { $0.name == applied.kind })
      else { continue }
      let spoiled = try part.corrupted(
        kind: applied.kind, severity: applied.severity, seed: applied.seed)
      fresh.parts[place].corruption = CurrentSample.AppliedCorruption(
        kind: applied.kind, severity: applied.severity, seed: applied.seed,
        realised: spoiled.realised, signal: spoiled.signal)
    }
    session.sample = fresh
    return session
  }
}
