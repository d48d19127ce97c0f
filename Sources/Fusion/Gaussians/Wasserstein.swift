/// The squared 2-Wasserstein distance of two diagonal Gaussians and its two parts:
/// W2² = ‖mu₁ − mu₂‖² + ‖sigma₁ − sigma₂‖² (Dowson & Landau 1982; for commuting covariances).
public struct SquaredWasserstein: Sendable, Equatable {
  /// ‖mu₁ − mu₂‖²
  public let means: Double
  /// ‖sigma₁ − sigma₂‖²
  public let spreads: Double

  public var total: Double { means + spreads }

  /// - Parameters: mu and sigma of both, as many numbers each.
  public init<Row: Sequence<Float>>(
    _ first: (mu: Row, sigma: Row), _ second: (mu: Row, sigma: Row)
  ) {
    means = Self.squaredDistance(first.mu, second.mu)
    spreads = Self.squaredDistance(first.sigma, second.sigma)
  }

  private static func squaredDistance<Row: Sequence<Float>>(_ a: Row, _ b: Row) -> Double {
    zip(a, b).reduce(0) {
      let difference = Double($1.0) - Double($1.1)
      return $0 + difference * difference
    }
  }
}

extension Prediction {
  /// The distance of row `row` to row `other` of another prediction in one modality; nil unless both
  /// have it.
  public func squaredWasserstein(
    _ modality: Int, _ row: Int, to other: Prediction, _ otherRow: Int
  ) -> SquaredWasserstein? {
    guard present[modality][row], other.present[modality][otherRow] else { return nil }
    return SquaredWasserstein(
      (mu[modality].row(row), sigma[modality].row(row)),
      (other.mu[modality].row(otherRow), other.sigma[modality].row(otherRow)))
  }
}
