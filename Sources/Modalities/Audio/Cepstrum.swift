import Foundation

/// From mel power to decibels to cepstral coefficients, as librosa's `power_to_db` and `mfcc`.
package struct Cepstrum: Sendable {
  package let bands: Int
  package let coefficients: Int
  /// `[coefficients, bands]`, row-major: the orthonormal DCT-II,
  /// √(2/N) cos(π k (2n + 1) / 2N), with row 0 scaled by √½.
  private let cosines: [Double]

  /// `coefficients` must be at most `bands`.
  package init(bands: Int, coefficients: Int) {
    self.bands = bands
    self.coefficients = coefficients
    cosines = (0..<coefficients).flatMap { k in
      (0..<bands).map { n in
        let scale = (2 / Double(bands)).squareRoot() * (k == 0 ? 0.5.squareRoot() : 1)
        return scale * cos(.pi * Double(k) * Double(2 * n + 1) / Double(2 * bands))
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

  /// `[frames, bands]` decibels to `[frames, coefficients]`, both row-major.
  package func coefficients(of decibels: [Double]) -> [Double] {
    let frames = decibels.count / bands
    return [Double](unsafeUninitializedCapacity: frames * coefficients) { result, count in
      decibels.withUnsafeBufferPointer { decibels in
        cosines.withUnsafeBufferPointer { cosines in
          for frame in 0..<frames {
            for k in 0..<coefficients {
              var total = 0.0
              for n in 0..<bands {
                total += cosines[k * bands + n] * decibels[frame * bands + n]
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
