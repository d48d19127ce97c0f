import Foundation

/// From mel power to logarithms to cepstral coefficients, as librosa's `power_to_db` and `mfcc`.
package struct Cepstrum: Sendable {
  package let bands: Int
  package let coefficients: Int
  /// `[coefficients, bands]`, row-major: the orthonormal DCT-II,
  /// √(2/N) cos(π k (2n + 1) / 2N), with row 0 scaled by √½, and each row by its lifter.
  private let cosines: [Double]

  /// - Parameters:
  ///   - coefficients: at most `bands`.
  ///   - lifter: L of the sinusoidal lifter 1 + (L/2) sin(π (k + 1) / L) that coefficient k is
  ///     multiplied by (Juang, Rabiner & Wilpon 1987); none when 0.
  package init(bands: Int, coefficients: Int, lifter: Int = 0) {
    self.bands = bands
    self.coefficients = coefficients
    cosines = (0..<coefficients).flatMap { k in
      let lift = Self.lift(k, length: lifter)
      return (0..<bands).map { n in
        let scale = (2 / Double(bands)).squareRoot() * (k == 0 ? 0.5.squareRoot() : 1)
        return lift * scale * cos(.pi * Double(k) * Double(2 * n + 1) / Double(2 * bands))
      }
    }
  }

  /// 10 log₁₀(max(1e-10, power)), nowhere more than `range` dB below the loudest value of the
  /// array (librosa's `top_db`).
  package static func decibels(_ power: [Double], range: Double = 80) -> [Double] {
    var result = power.map { 10 * log10(max(1e-10, $0)) }
    guard let loudest = result.max() else { return [] }
    for index in result.indices { result[index] = max(result[index], loudest - range) }
    return result
  }

  /// Decibels relative to the largest of them.
  package static func belowLoudest(_ decibels: [Double]) -> [Double] {
    guard let loudest = decibels.max() else { return [] }
    return decibels.map { $0 - loudest }
  }

  /// ln max(1e-10, power).
  package static func naturalLogarithms(_ power: [Double]) -> [Double] {
    power.map { log(max(1e-10, $0)) }
  }

  private static func lift(_ k: Int, length: Int) -> Double {
    guard length > 0 else { return 1 }
    return 1 + Double(length) / 2 * sin(.pi * Double(k + 1) / Double(length))
  }

  /// `[frames, bands]` logarithms to `[frames, coefficients]`, both row-major.
  package func coefficients(of logarithms: [Double]) -> [Double] {
    let frames = logarithms.count / bands
    return [Double](unsafeUninitializedCapacity: frames * coefficients) { result, count in
      logarithms.withUnsafeBufferPointer { logarithms in
        cosines.withUnsafeBufferPointer { cosines in
          for frame in 0..<frames {
            for k in 0..<coefficients {
              var total = 0.0
              for n in 0..<bands {
                total += cosines[k * bands + n] * logarithms[frame * bands + n]
              }
              result[frame * coefficients + k] = total
            }
          }
        }
      }
      count = frames * coefficients
    }
  }
}
