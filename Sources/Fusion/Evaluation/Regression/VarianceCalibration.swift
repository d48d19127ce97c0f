import Foundation

/// Brings a regression model's variance to the size of the errors it makes on held-out rows.
///
/// The noise of a row is a · var + b (a, b ≥ 0), var the closed-form variance of
/// `PredictiveVariance` and both in standardised units. a and b maximise the Laplace likelihood of
/// the held-out errors under that noise plus the epistemic variance. A Gaussian was
/// tried too and covers less well (docs/METHOD.md).
public struct VarianceCalibration: Sendable, Hashable, Codable {
  public let slope: Double
  public let offset: Double

  public init(slope: Double, offset: Double) {
    self.slope = slope
    self.offset = offset
  }

  /// - Parameters: parallel, in standardised units: closed-form variances, epistemic variances and
  ///   errors of held-out rows. With none the model's own variance stays as it is.
  init(variances: [Double], epistemic: [Double], errors: [Double]) {
    let count = Double(max(1, errors.count))
    let meanSquare = errors.reduce(0) { $0 + $1 * $1 } / count
    let meanVariance = variances.reduce(0, +) / count
    guard !errors.isEmpty, meanSquare > 0, meanVariance > 0 else {
      self.init(slope: 1, offset: 0)
      return
    }
    // v = s (t var/mean(var) + 1 − t): s the size and t the share that follows the model. The
    // likelihood is smooth in (t, ln s): a grid that closes in on its best point finds the maximum
    // without derivatives and the same on every machine.
    func at(_ share: Double, _ logSize: Double) -> VarianceCalibration {
      let size = meanSquare * exp(logSize)
      return VarianceCalibration(
        slope: size * share / meanVariance, offset: size * (1 - share))
    }
    var best = (share: 0.5, logSize: 0.0)
    var least = Double.infinity
    var (shareReach, sizeReach) = (0.5, 6.0)
    for _ in 0..<16 {
      let centre = best
      for i in -8...8 {
        let share = min(max(centre.share + Double(i) / 8 * shareReach, 0), 1)
        for j in -8...8 {
          let logSize = centre.logSize + Double(j) / 8 * sizeReach
          let loss = at(share, logSize).loss(variances, epistemic, errors)
          if loss < least { (least, best) = (loss, (share, logSize)) }
        }
      }
      shareReach /= 2
      sizeReach /= 2
    }
    self = at(best.share, best.logSize)
  }

  /// The noise of a row, in standardised units squared.
  public func noise(_ variance: Double) -> Double { slope * variance + offset }

  private func loss(_ variances: [Double], _ epistemic: [Double], _ errors: [Double]) -> Double {
    var sum = 0.0
    for i in errors.indices {
      // Never zero, where one exact prediction would make the likelihood infinite.
      let variance = max(noise(variances[i]) + epistemic[i], 1e-12)
      // −ln of the density e^{−|x|/s}/(2s), whose variance is 2 s².
      let scale = (variance / 2).squareRoot()
      sum += log(2 * scale) + abs(errors[i]) / scale
    }
    return sum
  }

  /// Half the width, in deviations, of the central interval that holds `share` of the errors,
  /// 0 ≤ share < 1: −ln(1 − share)/√2.
  static func halfWidth(_ share: Double) -> Double { -log(1 - share) / 2.0.squareRoot() }
}
