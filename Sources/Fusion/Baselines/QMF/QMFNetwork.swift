import Autograd

/// Quality-aware multimodal fusion (Zhang et al., "Provable Dynamic Fusion for Low-Quality
/// Multimodal Data", ICML 2023).
///
/// w^m = ln Σ_c e^{logits^m_c} / 10, fused = Σ_m w^m logits^m with w not differentiated;
/// L = CE(fused) + Σ_m CE(logits^m) + ranking · Σ_m L_reg^m (`Tape.rankingLoss`).
struct QMFNetwork<Scalar: Real>: FusionNetwork {
  let branches: [ModalityNetwork<Scalar>]
  let layers: [LinearLayer<Scalar>]
  private let ranking: Scalar

  struct Batch {
    /// [B, C] a modality.
    let logits: [Variable<Scalar>]
    /// [B, 1] a modality.
    let confidence: [Variable<Scalar>]
    /// [B, C]
    let fused: Variable<Scalar>
    let presence: [Variable<Scalar>]
  }

  init(_ builder: inout NetworkBuilder) {
    branches = builder.branches()
    layers = builder.heads(outputs: builder.classes)
    ranking = Scalar(builder.options.ranking)
  }

  func record(
    _ features: [Variable<Scalar>], presence: [Variable<Scalar>], on tape: Tape<Scalar>
  ) -> Batch {
    let logits = zip(layers, features).map { $0.record($1, on: tape) }
    let confidence = logits.map { tape.energyConfidence($0) }
    return Batch(
      logits: logits, confidence: confidence,
      fused: tape.energyFusion(logits, confidence: confidence, presence: presence),
      presence: presence)
  }

  func recordLoss(
    _ batch: Batch, _ targets: BatchTargets<Scalar>, on tape: Tape<Scalar>
  ) -> Variable<Scalar> {
    var terms = [(Scalar(1), tape.crossEntropy(batch.fused, targets.labels))]
    for m in batch.logits.indices {
      terms.append((1, tape.crossEntropy(batch.logits[m], targets.modalityLabels[m])))
      terms.append(
        (
          ranking,
          tape.rankingLoss(
            batch.confidence[m], pastLosses: targets.pastLosses[m], presence: batch.presence[m])
        ))
    }
    return tape.weightedSum(terms.map { (weight: $0.0, term: $0.1) })
  }

  func probabilities(_ batch: Batch) -> Matrix<Scalar> { softmaxRows(batch.fused.matrix) }

  /// Each confidence's share; a negative one counts as 0.
  func weights(_ batch: Batch) -> [[Double]]? {
    shares(
      batch.confidence.map { $0.matrix.values.map { max(0, Double($0)) } },
      presence: batch.presence)
  }

  func rememberedLogits(_ batch: Batch) -> [Variable<Scalar>]? { batch.logits }
}
