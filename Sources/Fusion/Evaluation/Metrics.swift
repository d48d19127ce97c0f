import Autograd
import Foundation

/// How good a batch of class probabilities is. Conventions follow scikit-learn where it has the
/// metric.
public struct ClassificationMetrics: Sendable, Equatable {
  public let count: Int
  /// Share of rows whose largest probability is the label's (ties: the first class).
  public let accuracy: Double
  /// Mean −ln p(label), p clipped to at least 2.2e-16 (`log_loss`).
  public let negativeLogLikelihood: Double
  /// Mean Σ_c (p_c − [c = label])², 0…2.
  public let brier: Double
  /// Expected calibration error over 15 equal-width bins of the largest probability (Guo 2017).
  public let expectedCalibrationError: Double
  /// Area under the risk–coverage curve: mean over k of the error among the k most confident.
  public let areaUnderRiskCoverage: Double
  /// Unweighted mean over the classes that occur of F1 (`f1_score(average="macro")`).
  public let macroF1: Double

  /// - Parameters:
  ///   - probabilities: [N, C], rows sum to 1.
  ///   - labels: N numbers in 0..<C.
  public init(probabilities: Matrix<Float>, labels: [Int]) {
    let count = labels.count
    self.count = count
    let rows = (0..<count).map { row -> (predicted: Int, confidence: Double) in
      var best = 0
      for c in 1..<max(1, probabilities.columns)
      where probabilities[row, c] > probabilities[row, best] { best = c }
      return (best, Double(probabilities[row, best]))
    }
    let correct = zip(rows, labels).map { $0.predicted == $1 }
    let n = Double(max(1, count))
    accuracy = Double(correct.count { $0 }) / n
    negativeLogLikelihood =
      labels.indices.reduce(0.0) {
        $0 - log(max(Double(probabilities[$1, labels[$1]]), .ulpOfOne))
      } / n
    brier =
      labels.indices.reduce(0.0) { sum, row in
        (0..<probabilities.columns).reduce(sum) {
          let difference = Double(probabilities[row, $1]) - ($1 == labels[row] ? 1 : 0)
          return $0 + difference * difference
        }
      } / n
    expectedCalibrationError = Self.calibrationError(rows.map(\.confidence), correct, bins: 15)
    areaUnderRiskCoverage = Self.riskCoverage(rows.map(\.confidence), correct)
    macroF1 = Self.macroF1(rows.map(\.predicted), labels, classes: probabilities.columns)
  }

  static func calibrationError(_ confidence: [Double], _ correct: [Bool], bins: Int) -> Double {
    var total = [Double](repeating: 0, count: bins)
    var hits = [Double](repeating: 0, count: bins)
    for (value, hit) in zip(confidence, correct) {
      // Bins are (lower, upper], as in Guo et al.
      let upper = (value * Double(bins)).rounded(.up)
      // Compared before it is converted: a diverged model's NaN lands in the first bin.
      let bin = upper > 1 ? Int(min(upper, Double(bins))) - 1 : 0
      total[bin] += value
      hits[bin] += hit ? 1 : 0
    }
    let gaps = zip(total, hits).reduce(0.0) { $0 + abs($1.0 - $1.1) }
    return gaps / Double(max(1, confidence.count))
  }

  static func riskCoverage(_ confidence: [Double], _ correct: [Bool]) -> Double {
    let order = confidence.indices.sorted { (-confidence[$0], $0) < (-confidence[$1], $1) }
    var errors = 0.0
    var area = 0.0
    for (rank, index) in order.enumerated() {
      errors += correct[index] ? 0 : 1
      area += errors / Double(rank + 1)
    }
    return area / Double(max(1, order.count))
  }

  static func macroF1(_ predicted: [Int], _ labels: [Int], classes: Int) -> Double {
    var scores: [Double] = []
    for c in 0..<classes {
      let pairs = zip(predicted, labels)
      let hits = Double(pairs.count { $0 == c && $1 == c })
      let misses = Double(pairs.count { ($0 == c) != ($1 == c) })
      if hits + misses > 0 { scores.append(2 * hits / (2 * hits + misses)) }
    }
    return scores.reduce(0, +) / Double(max(1, scores.count))
  }
}
