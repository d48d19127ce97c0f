/// Labelled samples with one raw input a modality: what importers make and the fusion core eats.
public struct Dataset: Sendable {
  /// `demo`, `stamps`, or the manifest's path.
  public let name: String
  /// In column order; every sample's `inputs` runs parallel.
  public let modalities: [String]
  /// What is to be learned of each sample.
  public let task: Task
  /// In file order; people count them from 1.
  public let samples: Samples
  /// Training options that measurement on this data set's validation samples preferred to the
  /// calibrated preset's own; what a person types still wins.
  public let calibratedOptions: [TrainingOption]

  public init(
    name: String, modalities: [String], task: Task, samples: Samples,
    calibratedOptions: [TrainingOption] = []
  ) {
    self.name = name
    self.modalities = modalities
    self.task = task
    self.samples = samples
    self.calibratedOptions = calibratedOptions
  }

  public init(
    name: String, modalities: [String], task: Task, samples: [Sample],
    calibratedOptions: [TrainingOption] = []
  ) {
    self.init(
      name: name, modalities: modalities, task: task,
      samples: Samples(samples, modalities: modalities.count),
      calibratedOptions: calibratedOptions)
  }

  /// A classification.
  public init(
    name: String, modalities: [String], classes: [String], samples: [Sample],
    calibratedOptions: [TrainingOption] = []
  ) {
    self.init(
      name: name, modalities: modalities, task: .classification(classes: classes),
      samples: samples, calibratedOptions: calibratedOptions)
  }

  public enum Task: Sendable, Hashable {
    /// Sorted; a sample's `label` is an index into them.
    case classification(classes: [String])
    /// A sample's `value`, and what that number is called.
    case regression(target: String)
  }

  /// Empty for regression.
  public var classes: [String] {
    if case .classification(let classes) = task { classes } else { [] }
  }

  /// What the number to be predicted is called; nil for classification.
  public var target: String? {
    if case .regression(let target) = task { target } else { nil }
  }

  /// `name=value` as `train` takes it.
  public struct TrainingOption: Sendable, Hashable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public struct Sample: Sendable {
    public let id: String
    /// 0 for regression.
    public let label: Int
    /// The number to be predicted; nil for classification.
    public let value: Double?
    public let split: Split
    /// nil where the modality is missing.
    public let inputs: [RawInput?]
    /// The noise a generated sample was made with, 0...1 a modality; nil for real data.
    public let trueNoise: [Double]?

    public init(
      id: String, label: Int = 0, value: Double? = nil, split: Split, inputs: [RawInput?],
      trueNoise: [Double]? = nil
    ) {
      self.id = id
      self.label = label
      self.value = value
      self.split = split
      self.inputs = inputs
      self.trueNoise = trueNoise
    }
  }

  public enum Split: String, Sendable, CaseIterable, Codable {
    case train, validation, test
  }
}
