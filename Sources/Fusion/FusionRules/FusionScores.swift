import Autograd

/// A rule's score as a function of sigma: the logit of the softmax over modalities.
///
/// Every score falls as sigma grows, so the modality with the smallest sigma leads. A softmax needs
/// only distances from the leader, and those are computed without subtracting two scores: at
/// sigma = 1e-8 two scores near 1e8 differ by less than their own rounding.
extension FusionRule {
  /// Columns of alpha for D latent dimensions.
  func columns(dimensions: Int) -> Int { self == .perModality ? 1 : dimensions }

  /// score(sigma) − score(leader) for leader ≤ sigma: at most 0.
  func distance<Scalar: Real>(of sigma: Scalar, from leader: Scalar, sharpness: Scalar) -> Scalar {
    switch self {
    // 1/s − 1/l = (l − s)/(s l); divided twice, since s l underflows before either does.
    case .perDimension, .perModality, .consensus: sharpness * ((leader - sigma) / sigma / leader)
    case .precision: 2 * Scalar.log(leader / sigma)
    case .uniform: 0
    // The other's sigma² of two is, but for a constant, minus one's own.
    case .varianceSwap: (leader - sigma) * (leader + sigma)
    }
  }

  /// score(sigma) itself, up to a constant: enough for differences where rounding does not matter.
  func score<Scalar: Real>(of sigma: Scalar, sharpness: Scalar) -> Scalar {
    switch self {
    case .perDimension, .perModality, .consensus: sharpness / sigma
    case .precision: -2 * Scalar.log(sigma)
    case .uniform: 0
    case .varianceSwap: -sigma * sigma
    }
  }

  /// d(score)/d(sigma).
  func slope<Scalar: Real>(at sigma: Scalar, sharpness: Scalar) -> Scalar {
    switch self {
    case .perDimension, .perModality, .consensus: -sharpness / sigma / sigma
    case .precision: -2 / sigma
    case .uniform: 0
    case .varianceSwap: -2 * sigma
    }
  }
}
