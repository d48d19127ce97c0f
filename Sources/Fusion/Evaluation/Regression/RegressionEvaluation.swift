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
    let unimodal = tables.indices.map { m in
      let (alone, rows) = alone(m, in: tables)
      return (
        data.pipelines[m].name,
        regression.absoluteError(
          inference.predict(alone).numbers, targets: rows.map { targets[$0] })
      )
    }
    return RegressionEvaluation(
      metrics: RegressionMetrics(
        regression.values(model, tables, dropout: dropout), targets: targets),
      unimodal: unimodal)
  }

  /// Mean absolute error over a split, in the target's unit; nil when the split is empty.
  public func absoluteError(
    _ regression: RegressionTarget, split: Dataset.Split
  )
    throws -> Double?
  {
    let indices = data.indices(of: split)
    guard !indices.isEmpty else { return nil }
    return regression.absoluteError(
      inference.predict(try data.tables(indices)).numbers, targets: data.values(indices))
  }
}

extension RegressionTarget {
  /// Mean |y − t| in the target's unit, of standardised numbers and targets in that unit.
  func absoluteError(_ numbers: [Double], targets: [Double]) -> Double {
    zip(numbers, targets).reduce(0) { $0 + abs(scaling.restored($1.0) - $1.1) }
      / Double(max(1, targets.count))
  }
}
