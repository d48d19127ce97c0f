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
    case single(ShortTimeSpectra<SingleFourierPlan>)
    case double(ShortTimeSpectra<DoubleFourierPlan>)
  }

  package let filterbank: MelFilterbank
  package let cepstrum: Cepstrum
  package let layout: FrameLayout
  private let sampleRate: Double
  private let dynamicRange: Double
  private let options: Options
  private let spectra: Spectra

  /// - Parameters: `windowLength` even, `hopLength` positive, `coefficients` at most `bands`.
  package init(
    sampleRate: Int, windowLength: Int, hopLength: Int, bands: Int, coefficients: Int,
    dynamicRange: Double = 80, options: Options = Options()
  ) {
    self.sampleRate = Double(sampleRate)
    self.dynamicRange = dynamicRange
    self.options = options
    layout = FrameLayout(
      windowLength: windowLength, hopLength: hopLength, isCentred: options.isCentred,
      padding: options.padding)
    filterbank = MelFilterbank(
      sampleRate: Double(sampleRate), windowLength: windowLength, bands: bands,
      scale: options.scale, norm: options.norm)
    cepstrum = Cepstrum(bands: bands, coefficients: coefficients, lifter: options.lifter)
    spectra =
      switch options.precision {
      case .single: .single(ShortTimeSpectra(layout: layout))
      case .double: .double(ShortTimeSpectra(layout: layout))
      }
  }

  /// - Throws: `encodingFailed` when there is no memory for a Fourier transform.
  package func analyse(_ samples: [Float]) throws(EncoderError) -> Result {
    let measured =
      switch spectra {
      case .single(let spectra): measure(samples, spectra)
      case .double(let spectra): measure(samples, spectra)
      }
    guard let measured else {
      throw EncoderError(
        .encodingFailed,
        "no memory for a Fourier transform of \(layout.windowLength) samples",
        hint: "close other programs")
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

  /// Mel power `[frames, bands]` and the centroid of each frame; nil when there is no memory.
  private func measure<Plan: FourierPlan>(
    _ samples: [Float], _ spectra: ShortTimeSpectra<Plan>
  ) -> (melPower: [Double], centroids: [Double])? {
    let frames = layout.frames(samples.count)
    let bands = filterbank.bands.count
    var melPower = [Double](repeating: 0, count: frames * bands)
    var centroids = [Double](repeating: 0, count: frames)
    let isDone = spectra.forEach(of: samples) { frame, power in
      melPower.withUnsafeMutableBufferPointer {
        filterbank.project(power, onto: $0, from: frame * bands)
      }
      centroids[frame] = centroid(power)
    }
    return isDone ? (melPower, centroids) : nil
  }

  private func centroid<Scalar: BinaryFloatingPoint>(
    _ power: UnsafeMutableBufferPointer<Scalar>
  ) -> Double {
    var total = 0.0
    var weighted = 0.0
    for bin in 0..<power.count {
      total += Double(power[bin])
      weighted += Double(power[bin]) * Double(bin)
    }
    return total > 1e-10 ? weighted / total * sampleRate / Double(layout.windowLength) : 0
  }
}
