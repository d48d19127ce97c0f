import Autograd

/// A rule's scores at one sample, and how their gradient reaches sigma.
///
/// Element (m, d) of `scores` is the logit of modality m at dimension d; rules with one weight a
/// modality use a single column.
extension FusionRule {
  /// Columns of alpha for D latent dimensions.
  func columns(dimensions: Int) -> Int { self == .perModality ? 1 : dimensions }

  /// The scores of one modality. `other` is the second modality's sigma for `varianceSwap`.
  func score<Scalar: Real>(
    sigma: UnsafePointer<Scalar>, other: UnsafePointer<Scalar>?, dimensions: Int,
    sharpness: Scalar, into scores: UnsafeMutablePointer<Scalar>
  ) {
    switch self {
    case .perDimension:
      for d in 0..<dimensions { scores[d] = sharpness / sigma[d] }
    case .perModality:
      scores[0] = sharpness / Self.mean(sigma, dimensions)
    case .precision:
      for d in 0..<dimensions { scores[d] = -2 * Scalar.log(sigma[d]) }
    case .uniform:
      for d in 0..<dimensions { scores[d] = 0 }
    case .varianceSwap:
      for d in 0..<dimensions { scores[d] = other.map { $0[d] * $0[d] } ?? 0 }
    }
  }

  /// Adds d(score)/d(sigma) · upstream to the gradient of the sigma the score was made from
  /// (for `varianceSwap` that is the other modality's).
  func addScoreGradient<Scalar: Real>(
    _ upstream: UnsafePointer<Scalar>, sigma: UnsafePointer<Scalar>,
    other: UnsafePointer<Scalar>?, dimensions: Int, sharpness: Scalar,
    to gradient: UnsafeMutablePointer<Scalar>?, otherGradient: UnsafeMutablePointer<Scalar>?
  ) {
    switch self {
    case .perDimension:
      guard let gradient else { return }
      for d in 0..<dimensions { gradient[d] -= upstream[d] * sharpness / (sigma[d] * sigma[d]) }
    case .perModality:
      guard let gradient else { return }
      let mean = Self.mean(sigma, dimensions)
      let share = upstream[0] * sharpness / (mean * mean * Scalar(dimensions))
      for d in 0..<dimensions { gradient[d] -= share }
    case .precision:
      guard let gradient else { return }
      for d in 0..<dimensions { gradient[d] -= 2 * upstream[d] / sigma[d] }
    case .uniform:
      return
    case .varianceSwap:
      guard let other, let otherGradient else { return }
      for d in 0..<dimensions { otherGradient[d] += 2 * upstream[d] * other[d] }
    }
  }

  private static func mean<Scalar: Real>(_ sigma: UnsafePointer<Scalar>, _ count: Int) -> Scalar {
    var sum: Scalar = 0
    for d in 0..<count { sum += sigma[d] }
    return sum / Scalar(count)
  }
}
