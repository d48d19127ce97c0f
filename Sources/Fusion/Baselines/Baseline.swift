import Autograd

/// A method of fusion that EAU is measured against, in the same code and on the same features.
///
/// A guide to each stands in docs/fusion/.
public enum Baseline: String, CaseIterable, Sendable, Codable {
  /// Extractor outputs side by side, one classifier.
  case concatenation
  /// A classifier a modality, the mean of their probabilities.
  case late
  /// Multinomial logistic regression on all features.
  case logistic
  /// Energy-weighted logits (Zhang et al., ICML 2023).
  case qmf
  /// Dempster's combination of Dirichlet evidence (Han et al., ICLR 2021).
  case tmc
  /// The same with a view of all modalities together (Han et al., TPAMI 2022).
  case etmc
  /// Learned attention over the modalities.
  case attention

  public var summary: String {
    switch self {
    case .concatenation: "hidden layers side by side, one classifier"
    case .late: "a classifier a modality, mean of the probabilities"
    case .logistic: "multinomial logistic regression on all features"
    case .qmf: "logits weighted by their energy (Zhang et al. 2023)"
    case .tmc: "evidence of each modality, Dempster's rule (Han et al. 2021)"
    case .etmc: "tmc and a view of all modalities together (Han et al. 2022)"
    case .attention: "attention over the modalities' embeddings"
    }
  }

  /// Trains the method. A seed reproduces the run bit for bit, and methods trained with the same
  /// seed meet the same batches and the same corruptions.
  ///
  /// - Parameters:
  ///   - monitor: hears of the progress, and is asked after every step whether to stop.
  ///   - onEpoch: called after each epoch, counted from 1, with its mean loss. `logistic` has no
  ///     epochs and does not call it.
  /// - Throws: `FusionError`: too few samples, or stopped. A half-trained baseline would be an
  ///   unfair number, so stopping gives no model.
  public func train(
    _ rows: some TrainingRows, options: BaselineOptions = BaselineOptions(),
    monitor: WorkMonitor = .silent, onEpoch: (_ number: Int, _ loss: Double) -> Void = { _, _ in }
  ) throws -> any ProbabilityModel {
    guard rows.labels.count >= 4 else { throw FusionError.tooFewSamples(rows.labels.count) }
    var builder = NetworkBuilder(inputs: rows.inputs, classes: rows.classes, options: options)
    func fit(_ network: some FusionNetwork<Float>) throws -> any ProbabilityModel {
      try NetworkTraining(network, rows, options).run(
        "training \(rawValue)", monitor: monitor, onEpoch: onEpoch)
      return NetworkModel(network, inputs: rows.inputs)
    }
    switch self {
    case .concatenation: return try fit(ConcatenationNetwork(&builder))
    case .late: return try fit(LateNetwork(&builder))
    case .logistic:
      return try LogisticRegression(rows, options: options, monitor: monitor)
    case .qmf: return try fit(QMFNetwork(&builder))
    case .tmc: return try fit(EvidentialNetwork(&builder, pseudoView: false))
    case .etmc: return try fit(EvidentialNetwork(&builder, pseudoView: true))
    case .attention: return try fit(AttentionNetwork(&builder))
    }
  }
}
