import Autograd

/// Why the fusion weights of one sample are not what they were: the change of every alpha split,
/// without remainder, among what the modalities and their features did.
///
/// Two steps. Modalities that left the sample are taken out of the softmax, at the scores before;
/// then the scores of those present go straight from before to now (`SoftmaxPath`), each moved by its
/// features and by the factors on sigma (`ScorePath`). Both steps have closed or quadrature forms
/// whose parts add up to the change (`residual` says how well).
public struct WeightAttribution: Sendable {
  /// What something did, as a difference now − before.
  public struct Effect: Sendable, Equatable {
    /// To alpha, mean over dimensions: the number that weights are shown by.
    public var alpha: Double
    /// To the mean over dimensions of ln alpha; nil for a modality that left.
    public var logAlpha: Double?
  }

  /// A part of what a modality did to its own weight.
  public struct Part: Sendable, Equatable {
    /// To its score, mean over dimensions.
    public var score: Double
    public var logAlpha: Double
    public var alpha: Double

    public init(score: Double = 0, logAlpha: Double = 0, alpha: Double = 0) {
      self.score = score
      self.logAlpha = logAlpha
      self.alpha = alpha
    }

    public static func + (a: Part, b: Part) -> Part {
      Part(
        score: a.score + b.score, logAlpha: a.logAlpha + b.logAlpha, alpha: a.alpha + b.alpha)
    }
  }

  public struct Feature: Sendable, Equatable {
    /// Its column in the modality's rows.
    public let column: Int
    /// How far its scaled value moved.
    public let change: Double
    public let part: Part
  }

  /// Mean over dimensions, before and now.
  public struct Change: Sendable, Equatable {
    public let before: Double
    public let now: Double
    public var difference: Double { now - before }
  }

  public struct Modality: Sendable {
    public let alpha: Change
    /// nil unless it is there before and now.
    public let logAlpha: Change?
    public let score: Change?
    /// What each modality, in the model's order, did to this one's weight.
    public let effects: [Effect]
    /// Those that moved, by ascending column.
    public let features: [Feature]
    /// By its distance from the training rows, and by contradicting the others.
    public let novelty: Part
    public let consensus: Part

    /// Of the features.
    public var featureSum: Part { features.reduce(Part()) { $0 + $1.part } }
  }

  public let rule: FusionRule
  /// In the model's order; no effects for a modality that was not there before.
  public let modalities: [Modality]
  /// The greatest difference between a change and the sum of its parts.
  public let residual: Double

  /// - Parameters:
  ///   - before: one table a modality, of which row 0 counts.
  ///   - now: has no modality that `before` lacks.
  /// - Throws: `no-scores` for the rule `uniform`, `nothing-to-compare` for other modalities.
  public init(
    _ model: EAUModel<Float>, before: [FeatureTable], now: [FeatureTable]
  ) throws(FusionError) {
    // Known here, the scalar makes the compiler specialise all that follows.
    try self.init(of: model, before: before, now: now)
  }

  /// Of a model of any scalar.
  init<Scalar: Real>(
    of model: EAUModel<Scalar>, before: [FeatureTable], now: [FeatureTable]
  ) throws(FusionError) {
    rule = model.architecture.rule
    guard rule != .uniform else {
      throw FusionError(
        "no-scores",
        "under uniform weights no feature moves alpha, only how many modalities are there",
        hint: "train with another rule: `train --alpha perDimension`")
    }
    let lacks = zip(before, now).contains { !$0.present[0] && $1.present[0] }
    guard !lacks, now.contains(where: { $0.present[0] }) else {
      throw FusionError(
        "nothing-to-compare", "there is nothing the weights could be compared with",
        hint: "the sample needs a modality that it had before")
    }
    let scores = ScoreChanges(model, before: before, now: now)
    modalities = AlphaChanges(scores).modalities
    residual = modalities.map(\.residual).max() ?? 0
  }
}

extension WeightAttribution.Modality {
  /// By how much the parts miss the changes at worst.
  fileprivate var residual: Double {
    var misses = [alpha.difference - effects.reduce(0) { $0 + $1.alpha }]
    if let logAlpha, let score {
      let own = featureSum + novelty + consensus
      misses.append(logAlpha.difference - effects.reduce(0) { $0 + ($1.logAlpha ?? 0) })
      misses.append(score.difference - own.score)
    }
    return misses.map(abs).max() ?? 0
  }
}
