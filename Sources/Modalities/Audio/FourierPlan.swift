/// The squared magnitudes of the discrete Fourier transform of frames of one length. A plan holds
/// tables and scratch memory, so it is not for two threads at once: `FourierPlanPool` hands out
/// each plan to one user at a time.
protocol FourierPlan: AnyObject {
  associatedtype Scalar: BinaryFloatingPoint & Sendable

  /// nil when there is no memory. `windowLength` must be even and positive.
  init?(windowLength: Int)

  /// |Σₙ xₙ e^(−2πikn/N)|² for k = 0…N/2 of the N = windowLength values of `input`, into the
  /// N/2 + 1 values of `power`.
  func power(
    of input: UnsafeMutableBufferPointer<Scalar>,
    into power: UnsafeMutableBufferPointer<Scalar>)
}

/// How the encoder computes its spectra. Raw values are the words a user types.
public enum SpectralPrecision: String, Codable, CaseIterable, Sendable {
  /// kissfft in 32 bits.
  case single
  /// `DoubleFourierPlan` in 64 bits.
  case double
}
