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
    let rows = probabilities.rowMaxima
    let correct = zip(rows, labels).map { $0.column == $1 }
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
    let confidence = rows.map(\.probability)
    expectedCalibrationError =
      Reliability(confidence: confidence, correct: correct).expectedCalibrationError
    areaUnderRiskCoverage = RiskCoverage(confidence: confidence, correct: correct).area
    macroF1 = Self.macroF1(rows.map(\.column), labels, classes: probabilities.columns)
  }

  static func macroF1(_ predicted: [Int], _ labels: [Int], classes: Int) -> Double {
    var hits = [Int](repeating: 0, count: classes)
    // Each miss counts for the class that was said and for the one that was right.
    var misses = hits
    for (said, label) in zip(predicted, labels) {
      if said == label {
        hits[label] += 1
      } else {
        misses[said] += 1
        misses[label] += 1
      }
    }
    let scores = zip(hits, misses).filter { $0 + $1 > 0 }.map { hits, misses in
      2 * Double(hits) / (2 * Double(hits) + Double(misses))
    }
    return scores.reduce(0, +) / Double(max(1, scores.count))
  }
}
