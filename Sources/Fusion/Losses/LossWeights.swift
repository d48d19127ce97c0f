/// What each term of the total loss is multiplied by.
///
/// L = task + beta · KL_z + pair · Σ_{a≠b} KL + prior · Σ_m KL_m + augmentation · Σ_m L_URA^m
///   + calibration · Σ_m L_cal^m + unimodal · Σ_m CE^m
public struct LossWeights: Sendable, Hashable, Codable {
  public var beta: Double
  public var pair: Double
  public var prior: Double
  public var augmentation: Double
  public var calibration: Double
  public var unimodal: Double

  public init(
    beta: Double, pair: Double, prior: Double, augmentation: Double, calibration: Double = 0,
    unimodal: Double = 0
  ) {
    self.beta = beta
    self.pair = pair
    self.prior = prior
    self.augmentation = augmentation
    self.calibration = calibration
    self.unimodal = unimodal
  }
}

/// The value of each term, unweighted, and the weighted total.
public struct LossValues: Sendable, Equatable {
  public var total = 0.0
  public var task = 0.0
  public var bottleneckKL = 0.0
  public var pair = 0.0
  public var prior = 0.0
  public var augmentation = 0.0
  /// nil where the preset does not use the term.
  public var calibration: Double?
  public var unimodal: Double?

  public init() {}
}
