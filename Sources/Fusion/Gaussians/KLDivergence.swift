import Autograd

/// KL(N(mu1, sigma1²) ‖ N(mu2, sigma2²)) of two scalar Gaussians:
/// ln(sigma2/sigma1) + (sigma1² + (mu1 − mu2)²) / (2 sigma2²) − ½.
///
/// With r = (sigma1² − sigma2²)/sigma2² this is ½ (r − ln(1 + r)) + (mu1 − mu2)²/(2 sigma2²), which
/// keeps its digits when the two are nearly equal, where the textbook form cancels to 0.
public func klDivergence<Scalar: Real>(
  mu1: Scalar, sigma1: Scalar, mu2: Scalar, sigma2: Scalar
) -> Scalar {
  let ratio = (sigma1 - sigma2) * (sigma1 + sigma2) / (sigma2 * sigma2)
  let distance = (mu1 - mu2) / sigma2
  // Far from 1 the logarithm of the ratio of sigmas does not underflow as log1p(-1) would.
  let spread =
    abs(ratio) < 0.5
    ? ratio - Scalar.log1p(ratio) : ratio - 2 * (Scalar.log(sigma1) - Scalar.log(sigma2))
  return 0.5 * (spread + distance * distance)
}

extension Tape {
  /// Mean over the batch of KL(a ‖ b), summed over D. Result [1, 1].
  public func klDivergence(_ a: Gaussian<Scalar>, _ b: Gaussian<Scalar>) -> Variable<Scalar> {
    precondition(a.mu.count == b.mu.count, "KL shapes")
    let columns = a.mu.columns
    return record(
      MeanLoss(rows: a.mu.rows) { rows, losses in
        for row in rows {
          losses[row] = (row * columns..<(row + 1) * columns).reduce(0.0) {
            $0
              + Double(
                Fusion.klDivergence(
                  mu1: a.mu.value[$1], sigma1: a.sigma.value[$1], mu2: b.mu.value[$1],
                  sigma2: b.sigma.value[$1]))
          }
        }
      } count: {
        a.mu.rows
      } adjoint: { rows, scale in
        for i in rows.lowerBound * columns..<rows.upperBound * columns {
          let (s1, s2) = (a.sigma.value[i], b.sigma.value[i])
          let difference = a.mu.value[i] - b.mu.value[i]
          let precision = 1 / (s2 * s2)
          a.mu.gradient?[i] += scale * difference * precision
          b.mu.gradient?[i] -= scale * difference * precision
          // sigma1² − sigma2² as a product: it keeps its digits where the two are nearly equal.
          let spread = (s1 - s2) * (s1 + s2)
          a.sigma.gradient?[i] += scale * spread * precision / s1
          b.sigma.gradient?[i] -= scale * (spread + difference * difference) * precision / s2
        }
      })
  }

  /// Mean over the batch of KL(N(mu, sigma²) ‖ N(0, I)) = Σ_D ½ (mu² + sigma² − 1) − ln sigma.
  ///
  /// - Parameter presence: [B, 1] of 0 and 1, or nil: rows of a missing modality count as zero.
  public func klToStandard(
    _ gaussian: Gaussian<Scalar>, presence: Variable<Scalar>? = nil
  ) -> Variable<Scalar> {
    let (mu, sigma) = (gaussian.mu, gaussian.sigma)
    let kernels = GaussianKernels<Scalar>.fastest
    return record(
      MeanLoss(rows: mu.rows) { rows, losses in
        kernels.prior(
          rows.lowerBound, rows.count, mu.columns, mu.value, sigma.value, presence?.readable,
          losses)
      } count: {
        mu.rows
      } adjoint: { rows, scale in
        guard let toMu = mu.gradient, let toSigma = sigma.gradient else { return }
        kernels.priorAdjoint(
          rows.lowerBound, rows.count, mu.columns, mu.value, sigma.value, presence?.readable,
          scale, toMu, toSigma)
      })
  }
}

extension Variable {
  var readable: UnsafePointer<Scalar> { UnsafePointer(value) }

  /// Whether row `row` of a presence column is 1.
  func isPresent(_ row: Int) -> Bool { value[row] != 0 }
}

extension Optional {
  /// The same; without a column every row is present.
  func isPresent<Scalar: Real>(_ row: Int) -> Bool where Wrapped == Variable<Scalar> {
    self?.isPresent(row) ?? true
  }
}
