import Autograd
import ModalityKit

/// What happens to a split as one modality is spoiled more and more.
public struct Sweep: Sendable {
  public let modality: String
  public let kind: String
  public let severities: [Double]
  /// Mean over the samples, a value a severity.
  public let alpha: [(name: String, values: [Double])]
  public let sigma: [(name: String, values: [Double])]
  /// Empty for regression.
  public let accuracy: [Double]
  /// Mean absolute error in the target's unit, a value a severity; empty for classification.
  public let absoluteError: [Double]
  /// Severity against the spoiled modality's sigma over all samples and severities.
  public let spearman: Double?
  /// The realised corruption instead of the severity.
  public let spearmanRealised: Double?

  /// Area under a curve over the severities by the trapezoidal rule, divided by their range: the
  /// curve's mean height, in its own unit.
  public func area(under values: [Double]) -> Double {
    guard values.count == severities.count, let first = severities.first,
      let last = severities.last, last > first
    else { return values.first ?? 0 }
    let sum = severities.indices.dropFirst().reduce(0.0) {
      $0 + (severities[$1] - severities[$1 - 1]) * (values[$1] + values[$1 - 1]) / 2
    }
    return sum / (last - first)
  }
}

extension Evaluator {
  /// Corrupts one modality of every sample of the split that has it at severities 0…10.
  public func sweep(
    modality: Int, kind: String, split: Dataset.Split, monitor: WorkMonitor = .silent
  ) throws -> Sweep {
    let indices = data.indices(of: split).filter(data.signals[modality].isPresent)
    let labels = data.labels(indices)
    let severities = (0...10).map(Double.init)
    let inference = Inference(model)
    var tables = try data.tables(indices)
    let names = data.pipelines.map(\.name)
    var alpha = names.map { (name: $0, values: [Double]()) }
    var sigma = alpha
    var accuracy: [Double] = []
    var absoluteError: [Double] = []
    var (asked, realised, answered) = ([Double](), [Double](), [Double]())
    for severity in severities {
      monitor.report("sweeping \(names[modality])", severity / 11)
      let corrupted = try data.corruptedTable(
        modality: modality, kind: kind, severity: severity, indices: indices,
        seed: Self.corruptionSeed,
        monitor: monitor.quiet)
      tables[modality] = corrupted.table
      let prediction = inference.predict(tables)
      for m in names.indices {
        alpha[m].values.append(mean(prediction.meanAlpha(m), where: tables[m].present))
        sigma[m].values.append(mean(prediction.meanSigma(m), where: tables[m].present))
      }
      if let regression {
        absoluteError.append(
          regression.absoluteError(prediction.numbers, targets: data.values(indices)))
      } else {
        accuracy.append(
          ClassificationMetrics(probabilities: prediction.probabilities, labels: labels).accuracy)
      }
      asked += Array(repeating: severity, count: indices.count)
      realised += corrupted.realised
      answered += prediction.meanSigma(modality)
    }
    return Sweep(
      modality: names[modality], kind: kind, severities: severities, alpha: alpha, sigma: sigma,
      accuracy: accuracy, absoluteError: absoluteError,
      spearman: Fusion.spearman(asked, answered),
      spearmanRealised: Fusion.spearman(realised, answered))
  }

  private func mean(_ values: [Double], where present: [Bool]) -> Double {
    let kept = zip(values, present).filter(\.1).map(\.0)
    return kept.reduce(0, +) / Double(max(1, kept.count))
  }
}
