import Autograd
import Kernels

/// The loops over the elements of Gaussians, for one number type.
///
/// `reference` is the readable form, which Double runs and tests compare with; Float has them
/// vectorised in C. All work on `rows` rows from `first` on, of matrices of `columns` columns; a
/// loss of each row goes to losses[row], adjoints add.
struct GaussianKernels<Scalar: Real> {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>
  typealias Losses = UnsafeMutablePointer<Double>
  typealias Inputs = UnsafePointer<Input?>
  typealias Outputs = UnsafePointer<Output?>

  /// (count, logvar, low, high, sigma)
  let deviation: (Int, Input, Scalar, Scalar, Output) -> Void
  /// (count, logvar, sigma, low, high, inward, upstream, gradient)
  let deviationAdjoint: (Int, Input, Input, Scalar, Scalar, Int32, Input, Output) -> Void
  /// (count, mu, sigma, noise, z)
  let sample: (Int, Input, Input, Input, Output) -> Void
  /// (first, rows, columns, mu, sigma, presence, losses)
  let prior: (Int, Int, Int, Input, Input, Input?, Losses) -> Void
  /// (first, rows, columns, mu, sigma, presence, scale, gradient by mu, by sigma)
  let priorAdjoint: (Int, Int, Int, Input, Input, Input?, Scalar, Output, Output) -> Void
  /// (first, rows, columns, modalities, mu, sigma, presence, losses)
  let pairs: (Int, Int, Int, Int, Inputs, Inputs, Inputs?, Losses) -> Void
  /// (first, rows, columns, modalities, mu, sigma, presence, scale, gradients by mu, by sigma)
  let pairsAdjoint: (Int, Int, Int, Int, Inputs, Inputs, Inputs?, Scalar, Outputs, Outputs) -> Void
  /// (first, rows, columns, mu, sigma, target, presence, losses)
  let calibration: (Int, Int, Int, Input, Input, Input, Input?, Losses) -> Void
  /// (first, rows, columns, mu, sigma, target, presence, scale, gradient by mu, by sigma)
  let calibrationAdjoint:
    (Int, Int, Int, Input, Input, Input, Input?, Scalar, Output?, Output) -> Void
  /// (first, rows, columns, modalities, score, sharpness, mu, sigma, presence, alpha, fused)
  let fuse: (Int, Int, Int, Int, Int32, Scalar, Inputs, Inputs, Inputs?, Outputs, Output) -> Void
  /// (first, rows, columns, modalities, score, sharpness, mu, sigma, presence, alpha, upstream,
  /// gradients by mu, by sigma)
  let fuseAdjoint:
    (
      Int, Int, Int, Int, Int32, Scalar, Inputs, Inputs, Inputs?, Inputs, Input, Outputs, Outputs
    ) -> Void
  /// (first, rows, batch, ln of the positive's count, of a negative's, presence, similarities →
  /// shares, losses)
  let contrast: (Int, Int, Int, Scalar, Scalar, Input?, Output, Losses) -> Void

  /// The vectorised loops where there are some.
  static var fastest: GaussianKernels {
    GaussianKernels<Float>.vectorised as? GaussianKernels ?? .reference
  }

  static var reference: GaussianKernels {
    GaussianKernels(
      deviation: ReferenceGaussians.deviation,
      deviationAdjoint: ReferenceGaussians.deviationAdjoint,
      sample: ReferenceGaussians.sample, prior: ReferenceGaussians.prior,
      priorAdjoint: ReferenceGaussians.priorAdjoint, pairs: ReferenceGaussians.pairs,
      pairsAdjoint: ReferenceGaussians.pairsAdjoint,
      calibration: ReferenceGaussians.calibration,
      calibrationAdjoint: ReferenceGaussians.calibrationAdjoint, fuse: ReferenceGaussians.fuse,
      fuseAdjoint: ReferenceGaussians.fuseAdjoint, contrast: ReferenceGaussians.contrast)
  }
}

extension GaussianKernels<Float> {
  static var vectorised: GaussianKernels {
    GaussianKernels(
      deviation: eau_deviation_f32, deviationAdjoint: eau_deviation_adjoint_f32,
      sample: eau_sample_f32, prior: eau_prior_f32, priorAdjoint: eau_prior_adjoint_f32,
      pairs: eau_pairs_f32, pairsAdjoint: eau_pairs_adjoint_f32,
      calibration: eau_calibration_f32, calibrationAdjoint: eau_calibration_adjoint_f32,
      fuse: eau_fuse_f32, fuseAdjoint: eau_fuse_adjoint_f32, contrast: eau_contrast_f32)
  }
}
