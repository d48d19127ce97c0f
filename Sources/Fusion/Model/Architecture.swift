import Autograd

/// The shape of an EAU model: everything but its numbers.
public struct Architecture: Codable, Hashable, Sendable {
  /// One modality's feature rows.
  public struct Input: Codable, Hashable, Sendable {
    public var name: String
    public var features: Int
    public var sparse: Bool

    public init(name: String, features: Int, sparse: Bool) {
      self.name = name
      self.features = features
      self.sparse = sparse
    }
  }

  public typealias Activation = Autograd.Activation

  public var inputs: [Input]
  public var task: ModelTask
  /// C, the columns of the output; 1 for regression.
  public var classes: Int
  /// Width of each modality's one hidden layer.
  public var hidden: Int
  public var activation: Activation
  /// D, the dimensions of each modality's Gaussian.
  public var latent: Int
  /// K, the dimensions of the bottleneck.
  public var bottleneck: Int
  public var logvarRange: LogVarianceRange
  public var rule: FusionRule
  /// g in softmax(g/sigma).
  public var sharpness: Double
  /// Whether each modality also has a classifier (or regressor) of its own, on samples of its
  /// Gaussian.
  public var unimodalClassifiers: Bool
  /// Directions by which novelty of a feature row is measured (`NoveltyReference`); 0 without.
  public var noveltyRank: Int

  public init(
    inputs: [Input], classes: Int, hidden: Int = 128, activation: Activation = .relu,
    latent: Int = 64, bottleneck: Int = 32, logvarRange: LogVarianceRange = .wide,
    rule: FusionRule = .perDimension, sharpness: Double = 1, unimodalClassifiers: Bool = false,
    noveltyRank: Int = 0, task: ModelTask = .classification
  ) {
    self.inputs = inputs
    self.task = task
    self.classes = classes
    self.hidden = hidden
    self.activation = activation
    self.latent = latent
    self.bottleneck = bottleneck
    self.logvarRange = logvarRange
    self.rule = rule
    self.sharpness = sharpness
    self.unimodalClassifiers = unimodalClassifiers
    self.noveltyRank = noveltyRank
  }
}
