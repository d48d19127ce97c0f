/// How coefficients move from frame to frame: the derivative of order 1 or 2 of the least-squares
/// polynomial of that degree over 9 frames (Savitzky & Golay 1964), as librosa's
/// `feature.delta(width=9, mode="interp")`.
///
/// With m = 4, positions i = −m…m about the middle frame, S₂ = Σi² and S₄ = Σi⁴:
/// order 1: Σ i xᵢ / S₂; order 2: 2 ((2m + 1) Σ i² xᵢ − S₂ Σ xᵢ) / ((2m + 1) S₄ − S₂²).
/// Such a derivative is the same all along its polynomial, so the first and last m frames have
/// that of the first and last 9.
package struct CepstralDeltas: Sendable {
  /// Frames that a polynomial is fitted to; odd.
  package static let width = 9

  /// 1 or 2.
  package let order: Int

  package init(order: Int) { self.order = order }

  /// `[frames, coefficients]` to the same shape, row-major, a frame. Of fewer than 9 frames the
  /// largest odd number is the width (librosa refuses them); fewer than 3 do not move: zeros.
  package func of(_ values: [Double], coefficients: Int) -> [Double] {
    let frames = values.count / max(coefficients, 1)
    var result = [Double](repeating: 0, count: values.count)
    let reach = (min(Self.width, frames) - 1) / 2
    guard reach > 0 else { return result }
    let weights = weights(reach: reach)
    for frame in 0..<frames {
      let first = min(max(frame, reach), frames - 1 - reach) - reach
      for (index, weight) in weights.enumerated() {
        let source = (first + index) * coefficients
        for coefficient in 0..<coefficients {
          result[frame * coefficients + coefficient] += weight * values[source + coefficient]
        }
      }
    }
    return result
  }

  private func weights(reach: Int) -> [Double] {
    let positions = (-reach...reach).map { Double($0) }
    let count = Double(positions.count)
    let second = positions.reduce(0) { $0 + $1 * $1 }
    guard order == 2 else { return positions.map { $0 / second } }
    let fourth = positions.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    return positions.map {
      2 * (count * $0 * $0 - second) / (count * fourth - second * second)
    }
  }
}
