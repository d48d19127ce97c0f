/// Triangular filters on a mel scale from 0 Hz to half the sample rate, as librosa's
/// `filters.mel(htk=…, norm=…)`.
package struct MelFilterbank: Sendable {
  /// A filter's non-zero weights and the bin of the first; a filter between two bins has none.
  package struct Band: Sendable {
    package let firstBin: Int
    package let weights: [Double]
  }

  package let bands: [Band]
  /// Hz; filter b rises from edge b over b+1 and falls to b+2.
  package let edges: [Double]

  /// - Parameters: all positive; `windowLength` is that of the Fourier transform.
  package init(
    sampleRate: Double, windowLength: Int, bands count: Int, scale: MelScale = .slaney,
    norm: MelNorm = .slaney
  ) {
    let top = scale.mel(sampleRate / 2)
    let edges = (0..<count + 2).map { scale.hertz(top * Double($0) / Double(count + 1)) }
    self.edges = edges
    bands = (0..<count).map { band in
      let (low, center, high) = (edges[band], edges[band + 1], edges[band + 2])
      var firstBin = 0
      var weights: [Double] = []
      for bin in 0...windowLength / 2 {
        let frequency = Double(bin) * sampleRate / Double(windowLength)
        let rising = (frequency - low) / (center - low)
        let falling = (high - frequency) / (high - center)
        let weight = norm.scaled(min(rising, falling), from: low, to: high)
        guard weight > 0 else { continue }
        if weights.isEmpty { firstBin = bin }
        weights.append(weight)
      }
      return Band(firstBin: firstBin, weights: weights)
    }
  }
}
