/// Labelled samples with one raw input a modality: what importers make and the fusion core eats.
public struct Dataset: Sendable {
  /// `demo`, `stamps`, or the manifest's path.
  public let name: String
  /// In column order; every sample's `inputs` runs parallel.
  public let modalities: [String]
  /// Sorted; a sample's `label` is an index into it.
  public let classes: [String]
  /// In file order; people count them from 1.
  public let samples: [Sample]

  public init(name: String, modalities: [String], classes: [String], samples: [Sample]) {
    self.name = name
    self.modalities = modalities
    self.classes = classes
    self.samples = samples
  }

  public struct Sample: Sendable {
    public let id: String
    public let label: Int
    public let split: Split
    /// nil where the modality is missing.
    public let inputs: [RawInput?]
    /// The noise a generated sample was made with, 0...1 a modality; nil for real data.
    public let trueNoise: [Double]?

    public init(
      id: String, label: Int, split: Split, inputs: [RawInput?], trueNoise: [Double]? = nil
    ) {
      self.id = id
      self.label = label
      self.split = split
      self.inputs = inputs
      self.trueNoise = trueNoise
    }
  }

  public enum Split: String, Sendable, CaseIterable, Codable {
    case train, validation, test
  }
}
