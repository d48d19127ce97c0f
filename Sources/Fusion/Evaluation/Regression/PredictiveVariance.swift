import Autograd

/// The variance of a regression model's number, in closed form.
///
/// The number is linear in everything random: y = w·z + b with z = A x̂ + c + sigma_z ⊙ eps and
/// x̂ = Σ_m alpha^m ⊙ z^m, where the z^m ~ N(mu^m, sigma^m²) are independent. With alpha and sigma_z
/// as the means give them,
///
/// Var y = Σ_d (wA)_d² Σ_m (alpha^m_d sigma^m_d)² + Σ_k w_k² sigma_zk².
struct PredictiveVariance<Scalar: Real> {
  /// (wA)_d², D numbers.
  private let latentGains: [Double]
  /// w_k², K numbers.
  private let outputGains: [Double]

  init(_ bottleneck: VariationalBottleneck<Scalar>) {
    let (a, w) = (bottleneck.mu.weights, bottleneck.classifier.weights)
    latentGains = (0..<a.rows).map { d in
      var gain = 0.0
      for k in 0..<a.columns { gain += Double(a.value[d * a.columns + k] * w.value[k]) }
      return gain * gain
    }
    outputGains = (0..<w.count).map { Double(w.value[$0]) * Double(w.value[$0]) }
  }

  /// Of each row of a batch, in standardised units squared.
  func variances(
    _ gaussians: [Gaussian<Scalar>], _ alpha: [Variable<Scalar>], _ latent: Gaussian<Scalar>
  ) -> [Double] {
    (0..<latent.mu.rows).map { row in
      var variance = 0.0
      for (gaussian, weights) in zip(gaussians, alpha) {
        let width = weights.columns
        for (d, gain) in latentGains.enumerated() {
          let weight = weights.value[row * width + (width == 1 ? 0 : d)]
          let spread = Double(weight * gaussian.sigma.value[row * latentGains.count + d])
          variance += gain * spread * spread
        }
      }
      for (k, gain) in outputGains.enumerated() {
        let spread = Double(latent.sigma.value[row * outputGains.count + k])
        variance += gain * spread * spread
      }
      return variance
    }
  }
}
