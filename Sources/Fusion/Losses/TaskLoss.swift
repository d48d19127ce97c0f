import Autograd

/// What the model's last layer says.
public enum ModelTask: String, Sendable, Codable, CaseIterable {
  /// Class scores: a softmax makes probabilities of them.
  case classification
  /// One number, in standard deviations of the training targets from their mean.
  case regression
}

/// The task loss of regression.
public enum RegressionLoss: String, Sendable, Codable, CaseIterable {
  /// Mean absolute error: what work on sentiment uses.
  case absolute
  /// Mean squared error.
  case squared

  var error: RegressionError { self == .absolute ? .absolute : .squared }
}

/// What a batch is to be told: class numbers, or standardised numbers. A leaf of a loss graph.
public final class TaskTarget<Scalar: Real> {
  /// Used by classification.
  public let labels: Labels
  /// [B, 1], used by regression.
  public let numbers: Targets<Scalar>
  private let task: ModelTask
  private let loss: RegressionLoss

  init(_ task: ModelTask, loss: RegressionLoss, rows: Int) {
    self.task = task
    self.loss = loss
    labels = Labels(Array(repeating: 0, count: rows))
    numbers = Targets(Array(repeating: 0, count: rows), rows: rows)
  }

  /// Records the task loss of outputs [S·B, C] or [S·B, 1].
  func record(_ outputs: Variable<Scalar>, on tape: Tape<Scalar>) -> Variable<Scalar> {
    switch task {
    case .classification: tape.crossEntropy(outputs, labels)
    case .regression: tape.regressionLoss(outputs, numbers, loss.error)
    }
  }

  /// Takes over the targets of `other`, but for the rows of a missing modality, which get none.
  func copy(_ other: TaskTarget, where presence: Variable<Scalar>) {
    for row in labels.values.indices {
      let isPresent = presence.isPresent(row)
      labels.values[row] = isPresent ? other.labels.values[row] : -1
      numbers.values[row] = other.numbers.values[row]
      numbers.present[row] = isPresent
    }
  }
}
