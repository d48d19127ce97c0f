import Autograd

/// L_UDR, the unimodal distribution representation loss (EAU, section 3.2): draws the modalities'
/// Gaussians towards each other and towards N(0, I).
///
/// L_UDR = Σ_{a≠b} KL(p^a ‖ p^b) + Σ_m KL(p^m ‖ N(0, I)), ordered pairs, summed over D, averaged
/// over B. The paper ties the two sums; here they come apart, to be weighted as `pair` and `prior`.
extension Tape {
  /// Σ_m KL(p^m ‖ N(0, I)).
  public func priorLoss(
    _ gaussians: [Gaussian<Scalar>], presence: [Variable<Scalar>]? = nil
  ) -> Variable<Scalar> {
    weightedSum(
      gaussians.indices.map { (1, klToStandard(gaussians[$0], presence: presence?[$0])) })
  }

  /// Σ_{a≠b} KL(p^a ‖ p^b) in O(M) a dimension.
  ///
  /// The logarithms cancel over ordered pairs, which leaves
  ///     Σ_{a≠b} KL = ½ Σ_b E_b / var_b,   E_b = Σ_a ((var_a − var_b) + (mu_a − mu_b)²),
  /// and E_b follows from sums over modalities of v, m, and m², where v = var − var_l and
  /// m = mu − mu_l are taken from the present modality l with the smallest sigma. Seen from there
  /// nothing large cancels: where 1/var is huge (1e16 at sigma = 1e-8) v and m are exactly or nearly
  /// zero, and equal modalities give exactly 0. With raw moments Float keeps no digits.
  ///
  /// - Parameter presence: one [B, 1] column a modality of 0 and 1, or nil when all are there.
  public func pairLoss(
    _ gaussians: [Gaussian<Scalar>], presence: [Variable<Scalar>]? = nil
  ) -> Variable<Scalar> {
    let table = GaussianTable(gaussians, presence: presence)
    let kernels = GaussianKernels<Scalar>.fastest
    let gradients = GaussianGradients(gaussians)
    let rows = gaussians.first?.mu.rows ?? 0
    return record(
      MeanLoss(rows: rows) { rows, losses in
        kernels.pairs(
          rows.lowerBound, rows.count, table.columns, table.modalities, table.mu, table.sigma,
          table.presence, losses)
      } count: {
        rows
      } adjoint: { rows, scale in
        kernels.pairsAdjoint(
          rows.lowerBound, rows.count, table.columns, table.modalities, table.mu, table.sigma,
          table.presence, scale, gradients.mu, gradients.sigma)
      })
  }
}
