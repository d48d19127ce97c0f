import Autograd

/// A batch behind the bottleneck: the Gaussian of z and the class scores of its samples.
public struct BottleneckBatch<Scalar: Real> {
  /// N(mu_z, sigma_z²), [B, K]
  public let latent: Gaussian<Scalar>
  /// [S·B, C] with noise, [B, C] from mu_z without.
  public let logits: Variable<Scalar>
}

/// The joint representation compressor (EAU, section 3.3): a variational information bottleneck
/// on the fused representation.
///
/// mu_z, logvar_z = FC(x̂); z = mu_z + sigma_z ⊙ eps; logits = FC(z);
/// L_VIB = cross entropy + beta · KL(N(mu_z, sigma_z²) ‖ N(0, I)).
struct VariationalBottleneck<Scalar: Real> {
  let mu: LinearLayer<Scalar>
  let logvar: LinearLayer<Scalar>
  let classifier: LinearLayer<Scalar>

  /// - Parameter noise: [S·B, K], or nil for the deterministic pass from mu_z.
  func record(
    _ fused: Variable<Scalar>, noise: Variable<Scalar>?, range: LogVarianceRange,
    on tape: Tape<Scalar>
  ) -> BottleneckBatch<Scalar> {
    let latent = Gaussian(
      mu: mu.record(fused, on: tape),
      sigma: tape.standardDeviation(logvar.record(fused, on: tape), range: range))
    let z = noise.map { tape.sample(latent, noise: $0) } ?? latent.mu
    return BottleneckBatch(latent: latent, logits: classifier.record(z, on: tape))
  }
}
