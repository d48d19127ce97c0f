import Autograd
import ModalityKit

/// The methods put beside a model: trained on the rows it was trained on, clean or paired with the
/// same corruptions, from the same seed and for as many epochs.
public struct BaselineSet {
  /// In the order of the tables.
  public static let names = ["concatenation", "uniform", "late", "qmf", "tmc"]

  private let models: [(name: String, model: any ProbabilityModel)]

  /// - Parameter options: of the model they stand beside.
  /// - Throws: `FusionError`, also when stopped.
  public init(
    beside options: TrainingOptions, on data: EncodedDataset, monitor: WorkMonitor
  ) throws {
    let banks = CorruptionBanks()
    let methods = Self.names.compactMap { BenchmarkMethod(name: $0, calibrated: options) }
    models = try methods.enumerated().map { index, method in
      let part = monitor.part(index..<index + 1, of: methods.count)
      part.report("training \(method.name)", 0)
      let task = BenchmarkTask(method: method.taking(epochs: options.epochs), seed: options.seed)
      return (method.name, try task.train(on: data, banks, monitor: part))
    }
  }

  /// Accuracy of each on the same rows.
  public func accuracies(
    _ tables: [FeatureTable], labels: [Int], monitor: WorkMonitor = .silent
  ) throws -> [(name: String, accuracy: Double)] {
    try models.map { name, model in
      let values = try inParts(of: tables, "judging \(name)", monitor: monitor) {
        model.probabilities($0).values
      }
      let probabilities = Matrix(
        rows: labels.count, columns: values.count / max(1, labels.count), values: values)
      return (
        name, ClassificationMetrics(probabilities: probabilities, labels: labels).accuracy
      )
    }
  }
}
