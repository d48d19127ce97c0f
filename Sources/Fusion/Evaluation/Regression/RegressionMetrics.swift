import Foundation

/// How good predicted numbers and their intervals are. Conventions follow scikit-learn and scipy.
public struct RegressionMetrics: Sendable, Equatable {
  public let count: Int
  /// Mean |y − t|, in the target's unit.
  public let meanAbsoluteError: Double
  /// √ mean (y − t)².
  public let rootMeanSquaredError: Double
  /// Pearson's; nil where one side is constant or there are fewer than two rows.
  public let correlation: Double?
  /// 1 − Σ(y − t)²/Σ(t − mean)²; nil where the targets are constant.
  public let determination: Double?
  /// Mean −ln density of the target under N(y, deviation²), in nats.
  public let negativeLogLikelihood: Double
  /// Of |y − t| with the predicted deviation; nil where one side is constant.
  public let errorRankCorrelation: Double?
  /// For central intervals of 50, 80 and 95 %.
  public let intervals: [Interval]

  public struct Interval: Sendable, Equatable {
    /// What the interval should hold, 0…1.
    public let share: Double
    /// The share of targets it does hold.
    public let coverage: Double
    /// Mean, in the target's unit.
    public let width: Double
  }

  public static let shares = [0.5, 0.8, 0.95]

  /// - Parameter targets: parallel to the predictions, in the same unit.
  public init(_ predictions: [RegressionTarget.Value], targets: [Double]) {
    let values = predictions.map(\.value)
    let errors = zip(values, targets).map { abs($0 - $1) }
    let n = Double(max(1, errors.count))
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    count = errors.count
    meanAbsoluteError = errors.reduce(0, +) / n
    rootMeanSquaredError = (squares / n).squareRoot()
    correlation = pearson(values, targets)
    let mean = targets.reduce(0, +) / n
    let spread = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    determination = spread > 0 ? 1 - squares / spread : nil
    negativeLogLikelihood =
      zip(predictions, errors).reduce(0) {
        let variance = max($1.0.aleatoric + $1.0.epistemic, .leastNormalMagnitude)
        return $0 + 0.5 * (log(2 * .pi * variance) + $1.1 * $1.1 / variance)
      } / n
    errorRankCorrelation = spearman(errors, predictions.map(\.deviation))
    intervals = Self.shares.map { share in
      let ranges = predictions.map { $0.interval(share) }
      return Interval(
        share: share,
        coverage: Double(zip(ranges, targets).count { $0.low <= $1 && $1 <= $0.high }) / n,
        width: ranges.reduce(0) { $0 + $1.high - $1.low } / n)
    }
  }
}
