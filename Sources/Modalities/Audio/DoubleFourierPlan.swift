import Foundation

/// Power spectra in double precision. A real transform of N numbers is a complex one of N/2: with
/// z[n] = x[2n] + i x[2n+1], Z its transform and Z' = conj Z[N/2 − k],
/// X[k] = (Z + Z')/2 − i e^(−2πik/N) (Z − Z')/2 (Press et al., Numerical Recipes, §12.3).
final class DoubleFourierPlan: FourierPlan {
  private let transform: ComplexTransform
  /// cos and −sin of 2πk / N for k in 0...N/2.
  private let cosines: [Double]
  private let sines: [Double]
  /// Four runs of N/2: real and imaginary parts of the values and of the scratch.
  private let memory: UnsafeMutablePointer<Double>

  init?(windowLength: Int) {
    guard windowLength > 0, windowLength.isMultiple(of: 2) else { return nil }
    let half = windowLength / 2
    guard let raw = malloc(4 * half * MemoryLayout<Double>.stride) else { return nil }
    memory = raw.bindMemory(to: Double.self, capacity: 4 * half)
    memory.initialize(repeating: 0, count: 4 * half)
    transform = ComplexTransform(count: half)
    let angles = (0...half).map { 2 * Double.pi * Double($0) / Double(windowLength) }
    cosines = angles.map { cos($0) }
    sines = angles.map { -sin($0) }
  }

  deinit { free(memory) }

  func power(
    of input: UnsafeMutableBufferPointer<Double>, into power: UnsafeMutableBufferPointer<Double>
  ) {
    let half = transform.count
    let values = ComplexTransform.Parts(real: memory, imaginary: memory + half)
    let scratch = ComplexTransform.Parts(real: memory + 2 * half, imaginary: memory + 3 * half)
    for index in 0..<half {
      values.real[index] = input[2 * index]
      values.imaginary[index] = input[2 * index + 1]
    }
    let result = transform.transform(values, scratch: scratch)
    cosines.withUnsafeBufferPointer { cosines in
      sines.withUnsafeBufferPointer { sines in
        // X[0] and X[N/2] share Z[0].
        let (first, second) = (result.real[0], result.imaginary[0])
        power[0] = (first + second) * (first + second)
        power[half] = (first - second) * (first - second)
        for k in 1..<max(half, 1) {
          let (zr, zi) = (result.real[k], result.imaginary[k])
          let (mr, mi) = (result.real[half - k], -result.imaginary[half - k])
          let (evenR, evenI) = ((zr + mr) / 2, (zi + mi) / 2)
          // −i (Z − Z') / 2
          let (oddR, oddI) = ((zi - mi) / 2, (mr - zr) / 2)
          let real = evenR + oddR * cosines[k] - oddI * sines[k]
          let imaginary = evenI + oddR * sines[k] + oddI * cosines[k]
          power[k] = real * real + imaginary * imaginary
        }
      }
    }
  }
}
