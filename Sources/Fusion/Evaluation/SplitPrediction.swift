import Autograd
import ModalityKit

/// What a model says of a split, sample by sample.
public struct SplitPrediction: Sendable {
  /// Positions in the data set.
  public let indices: [Int]
  /// Parallel to `indices`; meaningless for regression.
  public let labels: [Int]
  public let prediction: Prediction

  /// The likeliest class of each sample (ties: the first).
  public var predicted: [Int] { prediction.best.map(\.column) }
  /// Its probability.
  public var confidence: [Double] { prediction.best.map(\.probability) }
  public var correct: [Bool] { zip(predicted, labels).map(==) }

  public var reliability: Reliability { Reliability(confidence: confidence, correct: correct) }
  public var riskCoverage: RiskCoverage { RiskCoverage(confidence: confidence, correct: correct) }
  public var confusion: ConfusionMatrix {
    ConfusionMatrix(
      predicted: predicted, labels: labels, classes: prediction.probabilities.columns)
  }
}

extension Evaluator {
  /// The model's answers on the clean samples of a split.
  public func predictions(split: Dataset.Split) throws -> SplitPrediction {
    let indices = data.indices(of: split)
    return SplitPrediction(
      indices: indices, labels: data.labels(indices),
      prediction: inference.predict(try data.tables(indices)))
  }
}

extension Prediction {
  /// The column and value of each row's largest probability (ties: the first).
  fileprivate var best: [(column: Int, probability: Double)] { probabilities.rowMaxima }
}

extension Matrix<Float> {
  /// The column and value of each row's largest number (ties: the first).
  var rowMaxima: [(column: Int, probability: Double)] {
    guard columns > 0 else { return [] }
    return (0..<rows).map { row in
      var best = 0
      for column in 1..<max(1, columns) where self[row, column] > self[row, best] { best = column }
      return (best, Double(self[row, best]))
    }
  }
}
