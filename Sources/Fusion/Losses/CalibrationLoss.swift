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
    let output = result(rows: 1, columns: 1)
    let columns = mu.columns
    var counted: Scalar = 1
    return record(output) {
      var sum: Scalar = 0
      var rows = 0
      for row in 0..<mu.rows where presence.isPresent(row) {
        rows += 1
        for i in row * columns..<(row + 1) * columns {
          let residual = (mu.value[i] - target.value[i]) / sigma.value[i]
          sum += 0.5 * residual * residual + Scalar.log(sigma.value[i])
        }
      }
      counted = Scalar(max(1, rows * columns))
      output.value[0] = sum / counted
    } backward: {
      guard let upstream = output.gradient else { return }
      let scale = upstream[0] / counted
      for row in 0..<mu.rows where presence.isPresent(row) {
        for i in row * columns..<(row + 1) * columns {
          let inverse = 1 / sigma.value[i]
          let residual = (mu.value[i] - target.value[i]) * inverse
          if movesMu { mu.gradient?[i] += scale * residual * inverse }
          sigma.gradient?[i] += scale * (1 - residual * residual) * inverse
        }
      }
    }
  }
}
