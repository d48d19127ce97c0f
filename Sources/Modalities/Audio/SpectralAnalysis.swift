import Foundation
import ModalityKit

/// The short-time analysis of a waveform: mel bands in decibels, MFCC, and the spectral centroid,
/// by librosa's conventions: periodic Hann window, frames centred on multiples of the hop with
/// zeros beyond the ends, 1 + count / hop of them, power spectra without scaling.
package struct SpectralAnalysis: Sendable {
  package let filterbank: MelFilterbank
  package let cepstrum: Cepstrum
  private let sampleRate: Double
  private let windowLength: Int
  private let hopLength: Int
  private let dynamicRange: Double
  private let window: [Float]
  private let plans: FourierPlanPool

  package struct Result {
    package let frames: Int
    /// `[frames, bands]`, row-major.
    package let melPower: [Double]
    /// `[frames, bands]`, row-major; see `Cepstrum.decibels`.
    package let decibels: [Double]
    /// `[frames, coefficients]`, row-major.
    package let mfcc: [Double]
    /// Power-weighted mean frequency of each frame in Hz; 0 in silence.
    package let centroids: [Double]
  }

  /// - Parameters: `windowLength` even, `hopLength` positive, `coefficients` at most `bands`.
  package init(
    sampleRate: Int, windowLength: Int, hopLength: Int, bands: Int, coefficients: Int,
    dynamicRange: Double = 80
  ) {
    self.sampleRate = Double(sampleRate)
    self.windowLength = windowLength
    self.hopLength = hopLength
    self.dynamicRange = dynamicRange
    filterbank = MelFilterbank(
      sampleRate: Double(sampleRate), windowLength: windowLength, bands: bands)
    cepstrum = Cepstrum(bands: bands, coefficients: coefficients)
    window = (0..<windowLength).map {
      Float(0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(windowLength)))
    }
    plans = FourierPlanPool(windowLength: windowLength)
  }

  package func analyse(_ samples: [Float]) throws(EncoderError) -> Result {
    let frames = 1 + samples.count / hopLength
    let bands = filterbank.bands.count
    var melPower = [Double](repeating: 0, count: frames * bands)
    var centroids = [Double](repeating: 0, count: frames)
    let done: Void? = plans.withPlan { plan in
      samples.withUnsafeBufferPointer { samples in
        window.withUnsafeBufferPointer { window in
          withUnsafeTemporaryAllocation(of: Float.self, capacity: windowLength / 2 + 1) { power in
            for frame in 0..<frames {
              plan.power(
                of: samples, from: frame * hopLength - windowLength / 2, window: window,
                into: power)
              melPower.withUnsafeMutableBufferPointer {
                project(power, onto: $0, from: frame * bands)
              }
              centroids[frame] = centroid(power)
            }
          }
        }
      }
    }
    guard done != nil else {
      throw EncoderError(
        .encodingFailed, "no memory for a Fourier transform of \(windowLength) samples",
        hint: "close other programs")
    }
    let decibels = Cepstrum.decibels(melPower, range: dynamicRange)
    return Result(
      frames: frames, melPower: melPower, decibels: decibels,
      mfcc: cepstrum.coefficients(of: decibels), centroids: centroids)
  }

  private func project(
    _ power: UnsafeMutableBufferPointer<Float>, onto mel: UnsafeMutableBufferPointer<Double>,
    from start: Int
  ) {
    for (index, band) in filterbank.bands.enumerated() {
      mel[start + index] = band.weights.withUnsafeBufferPointer { weights in
        var total = 0.0
        for bin in 0..<weights.count { total += weights[bin] * Double(power[band.firstBin + bin]) }
        return total
      }
    }
  }

  private func centroid(_ power: UnsafeMutableBufferPointer<Float>) -> Double {
    var total = 0.0
    var weighted = 0.0
    for bin in 0..<power.count {
      total += Double(power[bin])
      weighted += Double(power[bin]) * Double(bin)
    }
    return total > 1e-10 ? weighted / total * sampleRate / Double(windowLength) : 0
  }
}
