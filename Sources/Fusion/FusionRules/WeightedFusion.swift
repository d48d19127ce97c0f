import Autograd

/// A batch fused: the weights and their weighted mean.
public struct FusedBatch<Scalar: Real> {
  /// One [B, D] (or [B, 1] for `perModality`) a modality; over modalities they sum to 1 at every
  /// element. Zero where the modality is missing. No gradient flows out of alpha itself.
  public let alpha: [Variable<Scalar>]
  /// x̂ = Σ_m alpha^m ⊙ mu^m, [B, D]. Zero where every modality is missing.
  public let fused: Variable<Scalar>
}

extension Tape {
  /// alpha = softmax over modalities of the rule's scores, x̂ = Σ_m alpha^m ⊙ mu^m
  /// (EAU, section 3.3).
  ///
  /// The adjoint: with upstream u, d/d mu^m = alpha^m u, and the score of modality m receives
  /// alpha^m u (mu^m − x̂). The difference is taken between modalities,
  /// (mu^m − mu^l) − Σ_k alpha^k (mu^k − mu^l) with l the leader: for a leader with alpha near 1 the
  /// plain mu^l − x̂ would be rounding noise, and is then multiplied by 1/sigma².
  ///
  /// - Parameters:
  ///   - presence: one [B, 1] column of 0 and 1 a modality, or nil when all are there.
  ///   - sharpness: g in softmax(g/sigma); 1 is the paper.
  public func fuse(
    _ gaussians: [Gaussian<Scalar>], rule: FusionRule, presence: [Variable<Scalar>]? = nil,
    sharpness: Scalar = 1
  ) -> FusedBatch<Scalar> {
    precondition(rule.accepts(modalities: gaussians.count), "\(rule) and its modalities")
    guard let shape = gaussians.first?.mu else {
      return FusedBatch(alpha: [], fused: result(rows: 0, columns: 0))
    }
    let width = rule.columns(dimensions: shape.columns)
    let batch = FusedBatch(
      alpha: gaussians.map { _ in
        Variable(rows: shape.rows, columns: width, differentiable: false)
      }, fused: result(rows: shape.rows, columns: shape.columns))
    if rule == .perModality {
      let fusion = ModalityFusion(
        gaussians, score: rule.score, presence: presence, sharpness: sharpness, batch)
      record(
        batch.fused, forward: .eachRow(shape.rows) { $0.forEach(fusion.fuse) },
        backward: [.eachRow(shape.rows) { $0.forEach(fusion.adjoint) }])
    } else {
      recordElementwise(
        gaussians, score: rule.score, presence: presence, sharpness: sharpness, batch)
    }
    return batch
  }

  /// A weight for each dimension.
  private func recordElementwise(
    _ gaussians: [Gaussian<Scalar>], score: FusionScore, presence: [Variable<Scalar>]?,
    sharpness: Scalar, _ batch: FusedBatch<Scalar>
  ) {
    let (table, kernels) = (
      GaussianTable(gaussians, presence: presence), GaussianKernels<Scalar>.fastest
    )
    let alpha = OutputTable(batch.alpha) { $0.value }
    let alphaRead = InputTable(batch.alpha) { $0.readable }
    let gradients = GaussianGradients(gaussians)
    let (fused, count) = (batch.fused, gaussians.count)
    record(
      fused,
      forward: .eachRow(fused.rows) { rows in
        kernels.fuse(
          rows.lowerBound, rows.count, fused.columns, count, score.rawValue, sharpness, table.mu,
          table.sigma, table.presence, UnsafePointer(alpha.pointers), fused.value)
      },
      backward: [
        .eachRow(fused.rows) { rows in
          guard let upstream = fused.gradient else { return }
          kernels.fuseAdjoint(
            rows.lowerBound, rows.count, fused.columns, count, score.rawValue, sharpness, table.mu,
            table.sigma, table.presence, UnsafePointer(alphaRead.pointers), upstream,
            gradients.mu, gradients.sigma)
        }
      ])
  }
}
