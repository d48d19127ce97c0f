/// Weighted sums over the bins of power spectra: rows of neighbouring weights, as
/// `eau_project` reads them.
struct BinWeights: Sendable {
  let rows: Int
  private let first: [Int32]
  private let counts: [Int32]
  private let weights: [Double]

  init(_ rows: [MelFilterbank.Band]) {
    self.rows = rows.count
    first = rows.map { Int32($0.firstBin) }
    counts = rows.map { Int32($0.weights.count) }
    weights = rows.flatMap(\.weights)
  }

  /// Writes Σ weight · power of each row to `result` `[frames, rows]` from the run's first frame
  /// on; `power` is `[bins, lanes]`.
  func project<Scalar: SpectralScalar>(
    _ power: UnsafePointer<Scalar>, of frames: Range<Int>, into result: inout [Double]
  ) {
    result.withUnsafeMutableBufferPointer { result in
      guard let start = result.baseAddress else { return }
      Scalar.kernels.project(
        rows, first, counts, weights, power, frames.count, rows, start + frames.lowerBound * rows)
    }
  }

  /// The readable reference for one frame's powers.
  func reference(_ power: [Double]) -> [Double] {
    var used = 0
    return (0..<rows).map { row in
      var total = 0.0
      for bin in 0..<Int(counts[row]) {
        total += weights[used + bin] * power[Int(first[row]) + bin]
      }
      used += Int(counts[row])
      return total
    }
  }
}
