import Autograd

/// The logit of the softmax over modalities as a function of sigma.
///
/// Every score falls as sigma grows, so the modality with the smallest sigma leads. A softmax needs
/// only distances from the leader, and those are computed without subtracting two scores: at
/// sigma = 1e-8 two scores near 1e8 differ by less than their own rounding.
///
/// The raw values are those of `EAU_SCORE_…` in the C kernels.
enum FusionScore: Int32, CaseIterable {
  /// g/sigma
  case inverse
  /// −ln sigma²
  case precision
  /// 0
  case uniform
  /// −sigma²: the other's variance of two is, but for a constant, minus one's own.
  case varianceSwap

  /// score(sigma) − score(leader) for leader ≤ sigma: at most 0.
  func distance<Scalar: Real>(of sigma: Scalar, from leader: Scalar, sharpness: Scalar) -> Scalar {
    switch self {
    // 1/s − 1/l = (l − s)/(s l); divided twice, since s l underflows before either does.
    case .inverse: sharpness * ((leader - sigma) / sigma / leader)
    case .precision: 2 * Scalar.log(leader / sigma)
    case .uniform: 0
    case .varianceSwap: (leader - sigma) * (leader + sigma)
    }
  }

  /// score(sigma) itself, up to a constant: enough for differences where rounding does not matter.
  func value<Scalar: Real>(at sigma: Scalar, sharpness: Scalar) -> Scalar {
    switch self {
    case .inverse: sharpness / sigma
    case .precision: -2 * Scalar.log(sigma)
    case .uniform: 0
    case .varianceSwap: -sigma * sigma
    }
  }

  /// d(score)/d(sigma).
  func slope<Scalar: Real>(at sigma: Scalar, sharpness: Scalar) -> Scalar {
    switch self {
    case .inverse: -sharpness / sigma / sigma
    case .precision: -2 / sigma
    case .uniform: 0
    case .varianceSwap: -2 * sigma
    }
  }
}

extension FusionRule {
  var score: FusionScore {
    switch self {
    case .perDimension, .perModality, .consensus: .inverse
    case .precision: .precision
    case .uniform: .uniform
    case .varianceSwap: .varianceSwap
    }
  }

  /// Columns of alpha for D latent dimensions.
  func columns(dimensions: Int) -> Int { self == .perModality ? 1 : dimensions }
}
