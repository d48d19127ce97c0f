import Autograd
import ModalityKit

/// A regression model judged on a split.
public struct RegressionEvaluation: Sendable {
  public let metrics: RegressionMetrics
  /// Mean absolute error with each modality alone, over the samples that have it.
  public let unimodal: [(name: String, absoluteError: Double)]
}

extension Evaluator {
  /// - Parameters:
  ///   - regression: as the training gave it.
  ///   - dropout: the rate the model was trained with.
  public func evaluate(
    _ regression: RegressionTarget, dropout: Double, split: Dataset.Split,
    corruptions: [CorruptionChoice] = [], monitor: WorkMonitor = .silent
  ) throws -> RegressionEvaluation {
    let indices = data.indices(of: split)
    let targets = data.values(indices)
    let tables = try tables(indices, corruptions, monitor)
    let unimodal = try tables.indices.map { m in
      let (alone, rows) = alone(m, in: tables)
      return (
        data.pipelines[m].name,
        regression.absoluteError(
          try numbers(alone, monitor), targets: rows.map { targets[$0] })
      )
    }
    let values = try inParts(of: tables, "judging", monitor: monitor) {
      regression.values(model, $0, dropout: dropout)
    }
    return RegressionEvaluation(
      metrics: RegressionMetrics(values, targets: targets), unimodal: unimodal)
  }

  private func numbers(_ tables: [FeatureTable], _ monitor: WorkMonitor) throws -> [Double] {
    try inParts(of: tables, "judging", monitor: monitor) { inference.predict($0).numbers }
  }

  /// Mean absolute error over a split, in the target's unit; nil when the split is empty.
  public func absoluteError(
    _ regression: RegressionTarget, split: Dataset.Split, monitor: WorkMonitor = .silent
  ) throws -> Double? {
    let indices = data.indices(of: split)
    guard !indices.isEmpty else { return nil }
    return regression.absoluteError(
      try numbers(try data.tables(indices), monitor), targets: data.values(indices))
  }
}

extension RegressionTarget {
  /// Mean |y − t| in the target's unit, of standardised numbers and targets in that unit.
  func absoluteError(_ numbers: [Double], targets: [Double]) -> Double {
    zip(numbers, targets).reduce(0) { $0 + abs(scaling.restored($1.0) - $1.1) }
      / Double(max(1, targets.count))
  }
}
