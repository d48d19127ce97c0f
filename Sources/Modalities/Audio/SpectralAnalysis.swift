import Foundation
import ModalityKit

/// The short-time analysis of a waveform: mel bands in decibels, MFCC, their deltas, and the
/// spectral centroid, by librosa's conventions.
package struct SpectralAnalysis: Sendable {
  /// What else can be chosen. The defaults are librosa's, except for the precision.
  package struct Options: Sendable {
    package var scale = MelScale.slaney
    package var norm = MelNorm.slaney
    package var logarithm = MelLogarithm.decibel
    /// L of `Cepstrum`'s lifter; 0 for none.
    package var lifter = 0
    /// Orders of `CepstralDeltas` to compute: 0...2.
    package var deltas = 0
    package var isCentred = true
    package var padding = FramePadding.zero
    package var precision = SpectralPrecision.single

    package init() {}
  }

  package struct Result {
    package let frames: Int
    /// `[frames, bands]`, row-major.
    package let melPower: [Double]
    /// `[frames, bands]`, row-major; see `Cepstrum.decibels`.
    package let decibels: [Double]
    /// `[frames, bands]`, row-major: what the cosine transform takes; see `MelLogarithm`.
    package let logarithms: [Double]
    /// `[frames, coefficients]`, row-major.
    package let mfcc: [Double]
    /// `[frames, coefficients]` for each order from 1 on, row-major; see `CepstralDeltas`.
    package let deltas: [[Double]]
    /// Power-weighted mean frequency of each frame in Hz; 0 in silence.
    package let centroids: [Double]
  }

  private enum Spectra {
    case single(ShortTimeSpectra<Float>)
    case double(ShortTimeSpectra<Double>)
  }

  package let filterbank: MelFilterbank
  package let cepstrum: Cepstrum
  package let layout: FrameLayout
  private let dynamicRange: Double
  private let options: Options
  private let spectra: Spectra
  private let melWeights: BinWeights
  private let centroidWeights: BinWeights

  /// - Parameters: `windowLength` even, `hopLength` positive, `coefficients` at most `bands`.
  package init(
    sampleRate: Int, windowLength: Int, hopLength: Int, bands: Int, coefficients: Int,
    dynamicRange: Double = 80, options: Options = Options()
  ) {
    self.dynamicRange = dynamicRange
    self.options = options
    layout = FrameLayout(
      windowLength: windowLength, hopLength: hopLength, isCentred: options.isCentred,
      padding: options.padding)
    filterbank = MelFilterbank(
      sampleRate: Double(sampleRate), windowLength: windowLength, bands: bands,
      scale: options.scale, norm: options.norm)
    melWeights = BinWeights(filterbank.bands)
    let frequencies = (0...windowLength / 2).map {
      Double($0) * Double(sampleRate) / Double(windowLength)
    }
    centroidWeights = BinWeights([
      MelFilterbank.Band(firstBin: 0, weights: frequencies.map { _ in 1 }),
      MelFilterbank.Band(firstBin: 0, weights: frequencies),
    ])
    cepstrum = Cepstrum(bands: bands, coefficients: coefficients, lifter: options.lifter)
    spectra =
      switch options.precision {
      case .single: .single(ShortTimeSpectra(layout: layout))
      case .double: .double(ShortTimeSpectra(layout: layout))
      }
  }

  /// The analysis of a sound at the sample rate of this one; of no samples it is that of silence.
  package func analyse(_ samples: [Float]) -> Result {
    let measured =
      switch spectra {
      case .single(let spectra): measure(samples, spectra)
      case .double(let spectra): measure(samples, spectra)
      }
    let decibels = Cepstrum.decibels(measured.melPower, range: dynamicRange)
    let logarithms =
      switch options.logarithm {
      case .decibel: decibels
      case .loudest: Cepstrum.belowLoudest(decibels)
      case .natural: Cepstrum.naturalLogarithms(measured.melPower)
      }
    let mfcc = cepstrum.coefficients(of: logarithms)
    let orders = options.deltas > 0 ? Array(1...options.deltas) : []
    return Result(
      frames: measured.centroids.count, melPower: measured.melPower, decibels: decibels,
      logarithms: logarithms, mfcc: mfcc,
      deltas: orders.map {
        CepstralDeltas(order: $0).of(mfcc, coefficients: cepstrum.coefficients)
      },
      centroids: measured.centroids)
  }

  /// Mel power `[frames, bands]` and the centroid of each frame.
  private func measure<Scalar: SpectralScalar>(
    _ samples: [Float], _ spectra: ShortTimeSpectra<Scalar>
  ) -> (melPower: [Double], centroids: [Double]) {
    let frames = layout.frames(samples.count)
    var melPower = [Double](repeating: 0, count: frames * melWeights.rows)
    // Of each frame Σ power and Σ power · frequency.
    var moments = [Double](repeating: 0, count: frames * centroidWeights.rows)
    spectra.forEach(of: samples) { run, power in
      melWeights.project(power, of: run, into: &melPower)
      centroidWeights.project(power, of: run, into: &moments)
    }
    let centroids = stride(from: 0, to: moments.count, by: 2).map {
      moments[$0] > 1e-10 ? moments[$0 + 1] / moments[$0] : 0
    }
    return (melPower, centroids)
  }
}
