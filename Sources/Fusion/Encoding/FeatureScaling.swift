import Autograd
import ModalityKit

/// Brings features to comparable sizes; fitted on training rows only.
///
/// Dense features are standardised (mean 0, standard deviation 1; constant features only centred)
/// and beyond ±`knee` grow with the logarithm only: an absurd input stays small enough for the
/// network, yet a more absurd one can still be told from it (a hard clip would hide how far a
/// corruption went). Sparse rows are multiplied by one factor that gives them a mean square length
/// of `sparseLength`².
public enum FeatureScaling: Sendable, Codable, Equatable {
  case standard(mean: [Float], deviation: [Float])
  case factor(Float)

  static let knee: Float = 4
  static let sparseLength: Float = 8

  /// - Parameters:
  ///   - count: of training samples that have the modality.
  ///   - forEachRow: hands the stored values of each of their rows to its argument, in the same
  ///     order every time; it is called once for sparse and twice for dense rows.
  init(
    count: Int, features: Int, sparse: Bool,
    forEachRow: ((UnsafeBufferPointer<Float>) -> Void) throws -> Void
  ) rethrows {
    let count = Double(max(1, count))
    if sparse {
      var squares = 0.0
      try forEachRow { row in
        squares += row.reduce(0.0) { $0 + Double($1) * Double($1) }
      }
      let length = Float((squares / count).squareRoot())
      self = .factor(length > 0 ? Self.sparseLength / length : 1)
      return
    }
    var mean = [Double](repeating: 0, count: features)
    try forEachRow { row in
      for j in 0..<min(features, row.count) { mean[j] += Double(row[j]) }
    }
    for j in 0..<features { mean[j] /= count }
    // Two passes: E[x²] − E[x]² cancels.
    var square = [Double](repeating: 0, count: features)
    try forEachRow { row in
      for j in 0..<min(features, row.count) {
        let difference = Double(row[j]) - mean[j]
        square[j] += difference * difference
      }
    }
    let deviation = (0..<features).map { j -> Float in
      let value = (square[j] / count).squareRoot()
      return value > 1e-6 * max(1, abs(mean[j])) ? Float(value) : 1
    }
    self = .standard(mean: mean.map { Float($0) }, deviation: deviation)
  }

  public func apply(to row: inout FeatureRow) {
    row.values.withUnsafeMutableBufferPointer { apply(to: $0) }
  }

  /// - Parameter values: of a dense row in column order, or of any sparse ones.
  func apply(to values: UnsafeMutableBufferPointer<Float>) {
    switch self {
    case .factor(let factor):
      for j in values.indices { values[j] *= factor }
    case .standard(let mean, let deviation):
      for j in 0..<min(values.count, mean.count) {
        values[j] = Self.compressed((values[j] - mean[j]) / deviation[j])
      }
    }
  }

  /// x up to the knee k, then sign(x) (k + ln(1 + |x| − k)): continuous with its slope.
  static func compressed(_ x: Float) -> Float {
    let excess = abs(x) - knee
    guard excess > 0 else { return x }
    return (x < 0 ? -1 : 1) * (knee + Float.log(1 + excess))
  }

  /// What `compressed` was given; beyond 5e8 deviations it stays there.
  static func expanded<Scalar: Real>(_ x: Scalar) -> Scalar {
    let knee = Scalar(knee)
    let excess = abs(x) - knee
    guard excess > 0 else { return x }
    return (x < 0 ? -1 : 1) * (knee + Scalar.exp(min(excess, 20)) - 1)
  }
}
