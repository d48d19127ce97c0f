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
    let output = result(rows: 1, columns: 1)
    let count = a.mu.count
    let rows = Scalar(max(1, a.mu.rows))
    return record(output) {
      var sum: Scalar = 0
      for i in 0..<count {
        sum += Fusion.klDivergence(
          mu1: a.mu.value[i], sigma1: a.sigma.value[i], mu2: b.mu.value[i],
          sigma2: b.sigma.value[i])
      }
      output.value[0] = sum / rows
    } backward: {
      guard let upstream = output.gradient else { return }
      let scale = upstream[0] / rows
      for i in 0..<count {
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
    }
  }

  /// Mean over the batch of KL(N(mu, sigma²) ‖ N(0, I)) = Σ_D ½ (mu² + sigma² − 1) − ln sigma.
  ///
  /// - Parameter presence: [B, 1] of 0 and 1, or nil: rows of a missing modality count as zero.
  public func klToStandard(
    _ gaussian: Gaussian<Scalar>, presence: Variable<Scalar>? = nil
  ) -> Variable<Scalar> {
    let output = result(rows: 1, columns: 1)
    let (mu, sigma) = (gaussian.mu, gaussian.sigma)
    let columns = mu.columns
    let rows = Scalar(max(1, mu.rows))
    return record(output) {
      var sum: Scalar = 0
      for row in 0..<mu.rows where presence.isPresent(row) {
        for i in row * columns..<(row + 1) * columns {
          sum += Fusion.klDivergence(
            mu1: mu.value[i], sigma1: sigma.value[i], mu2: 0, sigma2: 1)
        }
      }
      output.value[0] = sum / rows
    } backward: {
      guard let upstream = output.gradient else { return }
      let scale = upstream[0] / rows
      for row in 0..<mu.rows where presence.isPresent(row) {
        for i in row * columns..<(row + 1) * columns {
          mu.gradient?[i] += scale * mu.value[i]
          sigma.gradient?[i] += scale * (sigma.value[i] - 1) * (sigma.value[i] + 1) / sigma.value[i]
        }
      }
    }
  }
}

extension Variable {
  /// Whether row `row` of a presence column is 1.
  func isPresent(_ row: Int) -> Bool { value[row] != 0 }
}

extension Optional {
  /// The same; without a column every row is present.
  func isPresent<Scalar: Real>(_ row: Int) -> Bool where Wrapped == Variable<Scalar> {
    self?.isPresent(row) ?? true
  }
}
