import Foundation
import ModalityKit

/// The way from a sound's samples to one of its features: the mean of a cepstral coefficient over
/// the active frames. Every number comes from the encoder's own analysis, except for the powers of
/// single bins, which are computed by the definition.
package struct MFCCTrace: Sendable {
  package let configuration: MFCCConfiguration
  /// Which coefficient, from 0.
  package let coefficient: Int
  package let featureName: String
  package let frames: Int
  /// From the first to the last frame within 35 dB of the loudest.
  package let active: Range<Int>
  /// The frame that is looked at: the loudest.
  package let frame: Int
  /// The place of that frame's first sample; negative before the sound's first.
  package let start: Int
  /// The frame's samples, zeros or mirrored beyond the ends.
  package let samples: [Float]
  /// The frame's loudest mel band, from 0, its edges in Hz and its weights from `firstBin` on.
  package let band: Int
  package let edges: (low: Double, centre: Double, high: Double)
  package let firstBin: Int
  package let weights: [Double]
  /// |X_k|² of the band's bins, by the sum that defines it.
  package let powers: [Double]
  /// Power of the band as analysed, and what the cosine transform takes of each band of the frame.
  package let bandPower: Double
  package let logarithms: [Double]
  /// The coefficient's cosines, one a band, its scale and lifter included.
  package let cosines: [Double]
  /// The coefficient in every frame.
  package let coefficients: [Double]
  /// The feature, as the row has it before it is rounded to Float.
  package let value: Double

  /// Hann window at sample n of a frame.
  package func window(_ n: Int) -> Double {
    0.5 - 0.5 * cos(2 * .pi * Double(n) / Double(configuration.windowLength))
  }
}

extension MFCCEncoder {
  /// - Parameter coefficient: in 0..<configuration.coefficients.
  /// - Returns: nil for a sound that the encoder would refuse.
  package func trace(_ signal: Waveform, coefficient: Int) -> MFCCTrace? {
    guard (0..<configuration.coefficients).contains(coefficient),
      signal.sampleRate == configuration.sampleRate, !signal.samples.isEmpty
    else { return nil }
    let analysis = configuration.analysis
    let result = analysis.analyse(signal.samples)
    let (bands, width) = (configuration.bands, configuration.coefficients)
    let statistics = SoundStatistics(
      coefficients: width, segments: configuration.segments, deltas: configuration.deltas)
    let (peaks, active) = statistics.activity(result)
    let frame = active.max { peaks[$0] < peaks[$1] } ?? active.lowerBound
    let start = analysis.layout.start(frame)
    var samples: [Float] = []
    analysis.layout.withSamples(
      from: start, count: configuration.windowLength, of: signal.samples
    ) { samples = Array(UnsafeBufferPointer(start: $0, count: configuration.windowLength)) }
    let powers = result.melPower[frame * bands..<(frame + 1) * bands]
    let band = (0..<bands).max { powers[frame * bands + $0] < powers[frame * bands + $1] } ?? 0
    let filter = analysis.filterbank.bands[band]
    let edges = analysis.filterbank.edges
    return MFCCTrace(
      configuration: configuration, coefficient: coefficient,
      featureName: statistics.names[coefficient], frames: result.frames, active: active,
      frame: frame, start: start, samples: samples, band: band,
      edges: (edges[band], edges[band + 1], edges[band + 2]), firstBin: filter.firstBin,
      weights: filter.weights,
      powers: filter.weights.indices.map { Self.power(samples, bin: filter.firstBin + $0) },
      bandPower: powers[frame * bands + band],
      logarithms: Array(result.logarithms[frame * bands..<(frame + 1) * bands]),
      cosines: analysis.cepstrum.cosines(of: coefficient),
      coefficients: (0..<result.frames).map { result.mfcc[$0 * width + coefficient] },
      value: statistics.features(signal, result)[coefficient])
  }

  /// |Σₙ wₙ xₙ e^(−2πikn/N)|² under the periodic Hann window.
  private static func power(_ frame: [Float], bin: Int) -> Double {
    var (real, imaginary) = (0.0, 0.0)
    let count = frame.count
    for (n, sample) in frame.enumerated() {
      let window = 0.5 - 0.5 * cos(2 * .pi * Double(n) / Double(count))
      let angle = 2 * .pi * Double(bin * n % count) / Double(count)
      real += window * Double(sample) * cos(angle)
      imaginary -= window * Double(sample) * sin(angle)
    }
    return real * real + imaginary * imaginary
  }
}
