import ModalityKit

/// Everything a person can choose about a training. `preset` gives a whole set of values.
public struct TrainingOptions: Sendable, Hashable, Codable {
  public enum Preset: String, Sendable, Codable, CaseIterable {
    /// The published loss and nothing else: trained on clean data.
    case paper
    /// Trained with corruption pairs and L_cal, so that sigma follows the damage.
    case calibrated
  }

  public var preset: Preset
  public var seed: UInt64 = 1
  public var epochs = 60
  public var batch = 64
  public var rate = 2e-3
  public var decay = 0.01
  public var hidden = 128
  public var latent = 64
  public var bottleneck = 32
  public var activation = Architecture.Activation.relu
  public var alpha = FusionRule.perDimension
  public var sharpness = 1.0
  public var ura = AugmentationForm.infoNCE
  public var tau = 0.1
  public var samples = 1
  public var beta = 1e-3
  public var pair = 1e-3
  public var prior = 1e-3
  public var lambda = 0.01
  public var calibration = 0.0
  public var calibrationMovesMu = false
  public var unimodal = 0.0
  public var loss = RegressionLoss.absolute
  public var logvarLow = -10.0
  public var logvarHigh = 10.0
  public var clamp = ClampGradient.zero
  public var inputDropout = 0.0
  public var hiddenDropout = 0.1
  public var sharedDropout = true
  public var novelty = 0
  public var damage = 0.0
  public var corruptions = false
  public var corrupted = 0.5
  public var variants = 6
  /// Kinds of corruption never trained on, `MODALITY:KIND`: for measuring on them.
  public var withheld: [String] = []

  func withholds(_ kind: String, of modality: String) -> Bool {
    withheld.contains("\(modality):\(kind)")
  }

  public init(preset: Preset) {
    self.preset = preset
    switch preset {
    case .paper:
      ura = .literal
    case .calibrated:
      // Chosen by measurement on validation folds: docs/RECIPE.md.
      rate = 1e-3
      decay = 0.1
      pair = 1e-4
      prior = 1e-4
      calibration = 3
      unimodal = 0.3
      sharpness = 9
      logvarLow = -1
      logvarHigh = 4
      clamp = .inward
      inputDropout = 0.5
      hiddenDropout = 0.3
      novelty = 64
      corruptions = true
    }
  }

  /// The parameters as `train` takes them; names are the JSON keys above, defaults those of the
  /// calibrated preset.
  public static let parameters: [ParameterDescriptor] = [
    .init("epochs", .integer(1...100_000, default: 60), "passes over the training samples"),
    .init("batch", .integer(2...8192, default: 64), "samples a step"),
    .init("rate", .real(1e-7...1, default: 1e-3), "AdamW's peak learning rate, cosine decay"),
    .init("decay", .real(0...1, default: 0.1), "AdamW's weight decay"),
    .init("hidden", .integer(1...8192, default: 128), "width of each extractor"),
    .init("latent", .integer(1...4096, default: 64), "D, dimensions of each Gaussian"),
    .init("bottleneck", .integer(1...4096, default: 32), "K, dimensions behind the bottleneck"),
    .init("activation", choices(Architecture.Activation.self, "relu"), "of the extractors"),
    .init("alpha", choices(FusionRule.self, "perDimension"), "the rule that turns sigma to alpha"),
    .init("sharpness", .real(0.01...100, default: 9), "g in softmax(g/sigma)"),
    .init("ura", choices(AugmentationForm.self, "infoNCE"), "the form of L_URA"),
    .init("tau", .real(1e-3...100, default: 0.1), "L_URA's temperature"),
    .init("samples", .integer(1...64, default: 1), "S, samples of z a row"),
    .init("beta", .real(0...100, default: 1e-3), "weight of the bottleneck's KL"),
    .init("pair", .real(0...100, default: 1e-4), "weight of L_UDR's ordered pairs"),
    .init("prior", .real(0...100, default: 1e-4), "weight of L_UDR's KL to N(0, I)"),
    .init("lambda", .real(0...100, default: 0.01), "weight of L_URA"),
    .init("calibration", .real(0...100, default: 3), "weight of L_cal"),
    .init("calibrationMovesMu", .flag(default: false), "whether L_cal moves mu or sigma alone"),
    .init("unimodal", .real(0...100, default: 0.3), "weight of each modality's own classifier"),
    .init(
      "loss", choices(RegressionLoss.self, "absolute"), "the task loss where a number is learned"),
    .init("logvarLow", .real(-30...0, default: -1), "lower clamp of ln sigma²"),
    .init("logvarHigh", .real(0...30, default: 4), "upper clamp of ln sigma²"),
    .init(
      "clamp", choices(ClampGradient.self, "inward"),
      "gradient of ln sigma² beyond its bounds: none, or only back inside"),
    .init(
      "inputDropout", .real(0...0.95, default: 0.5),
      "largest share of input features dropped; each row draws its own"),
    .init("hiddenDropout", .real(0...0.95, default: 0.3), "share of hidden units dropped"),
    .init(
      "sharedDropout", .flag(default: true),
      "whether the clean half of a pair loses the same hidden units"),
    .init(
      "novelty", .integer(0...256, default: 64),
      "directions by which the distance to the training rows is measured for sigma"),
    .init(
      "damage", .real(0...1, default: 0),
      "share of dense feature rows damaged beside the corrupted signals"),
    .init("corruptions", .flag(default: true), "train on corruption pairs"),
    .init("corrupted", .real(0...1, default: 0.5), "share of rows corrupted, each modality apart"),
    .init("variants", .integer(1...64, default: 6), "corrupted versions prepared a sample"),
  ]

  private static func choices<Choice: CaseIterable & RawRepresentable<String>>(
    _ type: Choice.Type, _ value: String
  ) -> ParameterDescriptor.Kind {
    .choice(type.allCases.map(\.rawValue), default: value)
  }

  /// The preset with the words a person typed laid over it.
  public init(
    preset: Preset, overlaying options: [(name: String, value: String)]
  ) throws(EncoderError) {
    self = try overlay(
      options, on: TrainingOptions(preset: preset), describedBy: Self.parameters, owner: "train")
  }

  var lossSettings: LossGraph<Float>.Settings {
    LossGraph.Settings(
      weights: LossWeights(
        beta: beta, pair: pair, prior: prior, augmentation: lambda, calibration: calibration,
        unimodal: unimodal),
      form: ura, tau: tau, samples: samples, hiddenDropout: hiddenDropout,
      calibrationMovesMu: calibrationMovesMu, clamp: clamp, regressionLoss: loss)
  }

  func architecture(
    inputs: [Architecture.Input], for task: Dataset.Task
  ) throws -> Architecture {
    guard alpha.accepts(modalities: inputs.count) else {
      throw FusionError.badOption(
        "\(alpha.rawValue) is defined for two modalities, this data set has \(inputs.count)",
        hint: "choose perDimension or perModality")
    }
    return Architecture(
      inputs: inputs, classes: task.outputs, hidden: hidden, activation: activation, latent: latent,
      bottleneck: bottleneck, logvarRange: LogVarianceRange(low: logvarLow, high: logvarHigh),
      rule: alpha, sharpness: sharpness, unimodalClassifiers: unimodal > 0,
      noveltyRank: novelty, task: task.modelTask)
  }
}
