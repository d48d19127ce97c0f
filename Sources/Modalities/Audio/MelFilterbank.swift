import Foundation

/// Triangular filters on the mel scale of Slaney's Auditory Toolbox, each of area 2 / bandwidth:
/// librosa's defaults (`htk=False, norm="slaney"`), from 0 Hz to half the sample rate.
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
  package init(sampleRate: Double, windowLength: Int, bands count: Int) {
    let top = Self.mel(sampleRate / 2)
    let edges = (0..<count + 2).map { Self.hertz(top * Double($0) / Double(count + 1)) }
    self.edges = edges
    bands = (0..<count).map { band in
      let (low, center, high) = (edges[band], edges[band + 1], edges[band + 2])
      var firstBin = 0
      var weights: [Double] = []
      for bin in 0...windowLength / 2 {
        let frequency = Double(bin) * sampleRate / Double(windowLength)
        let rising = (frequency - low) / (center - low)
        let falling = (high - frequency) / (high - center)
        let weight = min(rising, falling) * 2 / (high - low)
        guard weight > 0 else { continue }
        if weights.isEmpty { firstBin = bin }
        weights.append(weight)
      }
      return Band(firstBin: firstBin, weights: weights)
    }
  }

  /// Linear below 1000 Hz (200/3 Hz a mel), logarithmic above (27 mel from 1 to 6.4 kHz).
  package static func mel(_ hertz: Double) -> Double {
    hertz < 1000 ? hertz * 3 / 200 : 15 + log(hertz / 1000) * 27 / log(6.4)
  }

  package static func hertz(_ mel: Double) -> Double {
    mel < 15 ? mel * 200 / 3 : 1000 * exp((mel - 15) * log(6.4) / 27)
  }
}
