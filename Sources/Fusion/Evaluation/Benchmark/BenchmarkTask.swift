import Autograd
import ModalityKit

/// One training and its judgement: a method on one seed's data.
public struct BenchmarkTask: Sendable {
  public let method: BenchmarkMethod
  public let seed: UInt64
  public let fold: Int

  public init(method: BenchmarkMethod, seed: UInt64, fold: Int = 0) {
    self.method = method
    self.seed = seed
    self.fold = fold
  }

  /// Trains on the training split and judges on `split` under each protocol. The last epoch counts.
  public func run(
    on data: EncodedDataset, banks: CorruptionBanks, split: Dataset.Split,
    protocols: [BenchmarkProtocol], monitor: WorkMonitor
  ) throws -> [BenchmarkRecord] {
    let dropped = data.pipelines.firstIndex { $0.name == method.without }
    let data = dropped.map { data.without($0) } ?? data
    let rows = data.indices(of: split)
    let labels = data.labels(rows)
    let model = try train(on: data, banks, monitor: monitor)
    let before = try model.judge(data.tables(rows))
    return try protocols.filter { $0.applies(to: data) }.map { spoiling in
      let sweep = try sweep(spoiling, model, on: data, split: split, monitor: monitor)
      let spoiled = try spoiling.spoil(data, rows: rows, seed: seed, monitor: monitor)
      let after = model.judge(spoiled.tables)
      let metrics = ClassificationMetrics(probabilities: after.probabilities, labels: labels)
      return BenchmarkRecord(
        method: method.name, protocolName: spoiling.name, seed: seed, fold: fold, n: rows.count,
        accuracy: 100 * metrics.accuracy, nll: metrics.negativeLogLikelihood,
        brier: metrics.brier, ece: metrics.expectedCalibrationError,
        aurc: metrics.areaUnderRiskCoverage,
        alphaSpoiled: after.meanWeight(where: spoiled.spoiled),
        alphaBefore: before.meanWeight(where: spoiled.spoiled), spearman: sweep?.spearman,
        spearmanRealised: sweep?.spearmanRealised)
    }
  }

  /// nil for other protocols, and for methods without sigma.
  private func sweep(
    _ spoiling: BenchmarkProtocol, _ model: any ProbabilityModel, on data: EncodedDataset,
    split: Dataset.Split, monitor: WorkMonitor
  ) throws -> Sweep? {
    guard case .sweep(let name, let kind) = spoiling, let eau = model as? EAUProbabilities,
      let m = data.pipelines.firstIndex(where: { $0.name == name })
    else { return nil }
    return try Evaluator(eau.model, on: data).sweep(
      modality: m, kind: kind, split: split, monitor: monitor.quiet)
  }

  /// The trained method.
  func train(
    on data: EncodedDataset, _ banks: CorruptionBanks, monitor: WorkMonitor
  ) throws -> any ProbabilityModel {
    switch method.kind {
    case .eau(var options):
      options.seed = seed
      return EAUProbabilities(
        try Trainer(options).train(
          data, bank: try banks.bank(data, options, monitor: monitor), monitor: monitor
        ).model)
    case .baseline(let baseline, var options, let pairs):
      options.seed = seed
      var pairs = pairs
      pairs.seed = seed
      return try baseline.train(
        try PairedTrainingRows(
          data, bank: try banks.bank(data, pairs, monitor: monitor), options: pairs),
        options: options,
        monitor: monitor)
    }
  }
}

private struct Judgement {
  let probabilities: Matrix<Float>
  /// [modality][row]
  let weights: [[Double]]?

  /// nil where there are no weights or nothing is marked.
  func meanWeight(where marked: [[Bool]]) -> Double? {
    guard let weights else { return nil }
    let chosen = zip(weights, marked).flatMap { zip($0, $1).filter(\.1).map(\.0) }
    return chosen.isEmpty ? nil : chosen.reduce(0, +) / Double(chosen.count)
  }
}

extension ProbabilityModel {
  fileprivate func judge(_ tables: [FeatureTable]) -> Judgement {
    Judgement(probabilities: probabilities(tables), weights: weights(tables))
  }
}

/// An EAU model as benchmarks see every method.
struct EAUProbabilities: ProbabilityModel {
  let model: EAUModel<Float>
  private let inference: Inference

  init(_ model: EAUModel<Float>) {
    self.model = model
    inference = Inference(model)
  }

  func probabilities(_ tables: [FeatureTable]) -> Matrix<Float> {
    inference.predict(tables).probabilities
  }

  func weights(_ tables: [FeatureTable]) -> [[Double]]? {
    let prediction = inference.predict(tables)
    return tables.indices.map { prediction.meanAlpha($0) }
  }
}
