import Foundation

/// The discrete Fourier transform of real numbers, X_k = Σ_j x_j e^(−2πi j k / N), for N a power of
/// two of at least 4.
///
/// Two neighbours make one complex number, a radix-2 transform of half the length follows (Cooley &
/// Tukey 1965), and the two halves are taken apart: with Z the half transform and M = N / 2,
/// X_k = (Z_k + Z*_(M−k)) / 2 − i e^(−2πi k / N) (Z_k − Z*_(M−k)) / 2.
struct RealFFT {
  let size: Int
  /// cos and sin of 2π k / N for k < N / 2.
  private let cosines: [Double]
  private let sines: [Double]
  private var real: [Double]
  private var imaginary: [Double]

  init(size: Int) {
    self.size = size
    cosines = (0..<size / 2).map { cos(2 * .pi * Double($0) / Double(size)) }
    sines = (0..<size / 2).map { sin(2 * .pi * Double($0) / Double(size)) }
    real = [Double](repeating: 0, count: size / 2)
    imaginary = real
  }

  /// Adds |X_k|² to `powers[k]` for k = 0 … N / 2.
  ///
  /// - Parameters:
  ///   - values: `size` of them.
  ///   - powers: `size / 2 + 1` of them.
  mutating func addPowers(of values: [Double], to powers: inout [Double]) {
    let half = size / 2
    let bits = half.trailingZeroBitCount
    for index in 0..<half {
      let place = Int(UInt64(index).bitReversed >> UInt64(64 - bits))
      real[place] = values[2 * index]
      imaginary[place] = values[2 * index + 1]
    }
    transform()
    for k in 0...half {
      let (a, b) = (k % half, (half - k) % half)
      let even = (real: (real[a] + real[b]) / 2, imaginary: (imaginary[a] - imaginary[b]) / 2)
      let odd = (real: (imaginary[a] + imaginary[b]) / 2, imaginary: (real[b] - real[a]) / 2)
      let (c, s) = k < half ? (cosines[k], sines[k]) : (-1, 0)
      let x = even.real + c * odd.real + s * odd.imaginary
      let y = even.imaginary + c * odd.imaginary - s * odd.real
      powers[k] += x * x + y * y
    }
  }

  private mutating func transform() {
    let count = size / 2
    var width = 1
    while width < count {
      let stride = size / (2 * width)
      for start in Swift.stride(from: 0, to: count, by: 2 * width) {
        for offset in 0..<width {
          let (upper, lower) = (start + offset, start + offset + width)
          let (c, s) = (cosines[offset * stride], sines[offset * stride])
          let x = real[lower] * c + imaginary[lower] * s
          let y = imaginary[lower] * c - real[lower] * s
          (real[lower], imaginary[lower]) = (real[upper] - x, imaginary[upper] - y)
          real[upper] += x
          imaginary[upper] += y
        }
      }
      width *= 2
    }
  }
}

extension UInt64 {
  fileprivate var bitReversed: UInt64 {
    var (value, result) = (self, UInt64(0))
    for _ in 0..<64 {
      result = result << 1 | value & 1
      value >>= 1
    }
    return result
  }
}
