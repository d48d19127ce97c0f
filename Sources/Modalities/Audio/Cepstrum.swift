import Foundation
import SpectralKernels

/// From mel power to logarithms to cepstral coefficients, as librosa's `power_to_db` and `mfcc`.
package struct Cepstrum: Sendable {
  package let bands: Int
  package let coefficients: Int
  /// `[bands, coefficients]`, row-major: the orthonormal DCT-II,
  /// √(2/N) cos(π k (2n + 1) / 2N), with column 0 scaled by √½, and each column by its lifter.
  private let cosines: [Double]

  /// - Parameters:
  ///   - coefficients: at most `bands`.
  ///   - lifter: L of the sinusoidal lifter 1 + (L/2) sin(π (k + 1) / L) that coefficient k is
  ///     multiplied by (Juang, Rabiner & Wilpon 1987); none when 0.
  package init(bands: Int, coefficients: Int, lifter: Int = 0) {
    self.bands = bands
    self.coefficients = coefficients
    cosines = (0..<bands).flatMap { n in
      (0..<coefficients).map { k in
        let scale = (2 / Double(bands)).squareRoot() * (k == 0 ? 0.5.squareRoot() : 1)
        return Self.lift(k, length: lifter) * scale
          * cos(.pi * Double(k) * Double(2 * n + 1) / Double(2 * bands))
      }
    }
  }

  /// The cosines of one coefficient, one a band; with the logarithms of a frame they add up to it.
  package func cosines(of coefficient: Int) -> [Double] {
    (0..<bands).map { cosines[$0 * coefficients + coefficient] }
  }

  /// 10 log₁₀(max(1e-10, power)), nowhere more than `range` dB below the loudest value of the
  /// array (librosa's `top_db`).
  package static func decibels(_ power: [Double], range: Double = 80) -> [Double] {
    var (result, loudest) = logarithms(power, scale: 10 / log(10), floor: -100)
    let least = loudest - range
    for index in result.indices where result[index] < least { result[index] = least }
    return result
  }

  /// Decibels relative to the largest of them.
  package static func belowLoudest(_ decibels: [Double]) -> [Double] {
    guard let loudest = decibels.max() else { return [] }
    return decibels.map { $0 - loudest }
  }

  /// ln max(1e-10, power).
  package static func naturalLogarithms(_ power: [Double]) -> [Double] {
    logarithms(power, scale: 1, floor: log(1e-10)).values
  }

  /// scale · ln max(1e-10, power), which is `floor` at 1e-10, and the largest of them.
  private static func logarithms(
    _ power: [Double], scale: Double, floor: Double
  ) -> (values: [Double], largest: Double) {
    var largest = 0.0
    let values = [Double](unsafeUninitializedCapacity: power.count) { result, count in
      guard let start = result.baseAddress else { return }
      largest = eau_logarithms(power.count, power, scale, 1e-10, floor, start)
      count = power.count
    }
    return (values, largest)
  }

  private static func lift(_ k: Int, length: Int) -> Double {
    guard length > 0 else { return 1 }
    return 1 + Double(length) / 2 * sin(.pi * Double(k + 1) / Double(length))
  }

  /// `[frames, bands]` logarithms to `[frames, coefficients]`, both row-major.
  package func coefficients(of logarithms: [Double]) -> [Double] {
    let frames = logarithms.count / bands
    return [Double](unsafeUninitializedCapacity: frames * coefficients) { result, count in
      guard let start = result.baseAddress else { return }
      eau_multiply_rows(frames, bands, coefficients, logarithms, cosines, start)
      count = frames * coefficients
    }
  }
}
