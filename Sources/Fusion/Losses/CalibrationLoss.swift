import Autograd

extension Tape {
  /// L_cal of one modality: a heteroscedastic Gaussian likelihood of the clean embedding under the
  /// corrupted input's Gaussian, so that sigma learns how far noise throws the embedding.
  ///
  /// L_cal = mean over B and D of ½ [ (mu′ − target)² / sigma′² + ln sigma′² ]
  ///
  /// Not in the paper: its loss alone hardly moves the weights (docs/METHOD.md).
  ///
  /// - Parameters:
  ///   - gaussian: of the possibly corrupted input.
  ///   - target: [B, D], mu of the clean input, a leaf: no gradient flows into it.
  ///   - movesMu: whether mu′ is differentiated too, or sigma′ alone.
  ///   - presence: [B, 1] of 0 and 1; rows of a missing modality do not count.
  public func calibrationLoss(
    _ gaussian: Gaussian<Scalar>, target: Variable<Scalar>, movesMu: Bool,
    presence: Variable<Scalar>? = nil
  ) -> Variable<Scalar> {
    let (mu, sigma) = (gaussian.mu, gaussian.sigma)
    precondition(mu.count == target.count, "target shape")
    let kernels = GaussianKernels<Scalar>.fastest
    return record(
      MeanLoss(rows: mu.rows) { rows, losses in
        kernels.calibration(
          rows.lowerBound, rows.count, mu.columns, mu.value, sigma.value, target.value,
          presence?.readable, losses)
      } count: {
        mu.columns * (0..<mu.rows).count { presence.isPresent($0) }
      } adjoint: { rows, scale in
        guard let toSigma = sigma.gradient else { return }
        kernels.calibrationAdjoint(
          rows.lowerBound, rows.count, mu.columns, mu.value, sigma.value, target.value,
          presence?.readable, scale, movesMu ? mu.gradient : nil, toSigma)
      })
  }
}
