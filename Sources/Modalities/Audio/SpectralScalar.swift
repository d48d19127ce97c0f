import SpectralKernels

/// How the encoder computes its spectra. Raw values are the words a user types.
public enum SpectralPrecision: String, Codable, CaseIterable, Sendable {
  /// Power spectra in 32 bits; filters, logarithms and cosine transform in 64.
  case single
  /// All in 64 bits.
  case double
}

/// The numbers that power spectra are computed in.
protocol SpectralScalar: BinaryFloatingPoint, Sendable {
  static var kernels: FrameKernels<Self> { get }
}

/// The C loops of one type that run over the lanes of eight frames; their header,
/// `SpectralKernels.h`, says what each argument is.
struct FrameKernels<Scalar: SpectralScalar> {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  /// hop, width, samples, columns.
  let columns: (Int, Int, UnsafePointer<Float>, Output) -> Void
  /// length, passes, order, tables, hop, width, columns, frames, scratch, power.
  let powerSpectra:
    (Int, Int, UnsafePointer<Int32>, Input, Int, Int, Input, Output, Output, Output) -> Void
  /// rows, first, counts, weights, power, frames, stride, out.
  let project:
    (
      Int, UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Double>, Input, Int, Int,
      UnsafeMutablePointer<Double>
    ) -> Void
}

extension Float: SpectralScalar {
  static var kernels: FrameKernels<Float> {
    FrameKernels(
      columns: eau_columns_f32, powerSpectra: eau_power_spectra_f32, project: eau_project_f32)
  }
}

extension Double: SpectralScalar {
  static var kernels: FrameKernels<Double> {
    FrameKernels(
      columns: eau_columns_f64, powerSpectra: eau_power_spectra_f64, project: eau_project_f64)
  }
}
