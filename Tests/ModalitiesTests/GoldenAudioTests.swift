import ModalityKit
import TestSupport
import Testing

@testable import Modalities

/// The audio analysis in double precision against every audio entry of golden.json (librosa), which
/// EAU_GOLDEN may replace.
@Suite struct GoldenAudioTests {
  static let entries = ["slaney_scale_slaney_norm", "htk_scale_no_norm", "htk_scale_slaney_norm"]

  let audio: GoldenValue
  let samples: [Float]

  init() throws {
    audio = try Golden.shared().entry("audio")
    samples = try audio.numbers("signal_int16").map { Float($0 / 32768) }
  }

  private func integer(_ key: String) throws -> Int { Int(try audio.number(key)) }

  private func analysis(
    _ change: (inout SpectralAnalysis.Options) -> Void = { _ in }
  ) throws -> SpectralAnalysis {
    var options = SpectralAnalysis.Options()
    options.precision = .double
    change(&options)
    return SpectralAnalysis(
      sampleRate: try integer("sample_rate"), windowLength: try integer("n_fft"),
      hopLength: try integer("hop"), bands: try integer("n_mels"),
      coefficients: try integer("n_mfcc"), options: options)
  }

  /// `[bands, frames]` to our `[frames, bands]`.
  private func byFrame(_ value: GoldenValue) throws -> [Double] {
    try value.asMatrix().transposed.values
  }

  /// A frame of `[frames, width]`.
  private func frame(_ index: Int, of values: [Double], width: Int) -> [Double] {
    Array(values.dropFirst(index * width).prefix(width))
  }

  @Test(arguments: entries) func wholeChain(entry: String) throws {
    let expected = try audio.at(entry)
    let norm: MelNorm = (try? expected.text("norm")) == "slaney" ? .slaney : .none
    let scale: MelScale = try expected.number("htk") == 1 ? .htk : .slaney
    let analysis = try analysis {
      $0.scale = scale
      $0.norm = norm
    }
    #expect(try audio.number("fmin") == 0)
    #expect(try audio.number("fmax") * 2 == audio.number("sample_rate"))
    let edges = try expected.numbers("band_edges_hz")
    #expect(relativeDeviation(analysis.filterbank.edges, edges, floor: 1e-3) < 1e-10)
    for (band, row) in zip(analysis.filterbank.bands, try expected.list("filterbank_rows")) {
      let parts = try row.asList()
      #expect(try parts[0].asNumber() == Double(band.firstBin))
      #expect(relativeDeviation(band.weights, try parts[1].flat(), floor: 1e-9) < 1e-8)
    }
    let result = analysis.analyse(samples)
    #expect(try integer("frames") == result.frames)
    let power = try byFrame(expected.at("mel_power"))
    #expect(relativeDeviation(result.melPower, power, floor: 1e-9) < 1e-8)
    let decibels = try byFrame(expected.at("log_mel_db"))
    #expect(relativeDeviation(result.decibels, decibels, floor: 1e-2) < 1e-8)
    let mfcc = try byFrame(expected.at("mfcc"))
    #expect(relativeDeviation(result.mfcc, mfcc, floor: 1e-2) < 1e-8)
  }

  /// Single precision, the encoder's default: librosa's own Float path is 2.1e-5 dB from its Double
  /// path in MFCC on this signal; ours may be as far as 1e-4.
  @Test(arguments: entries) func singlePrecision(entry: String) throws {
    let expected = try audio.at(entry)
    let norm: MelNorm = (try? expected.text("norm")) == "slaney" ? .slaney : .none
    let scale: MelScale = try expected.number("htk") == 1 ? .htk : .slaney
    let result = try analysis {
      $0.precision = .single
      $0.scale = scale
      $0.norm = norm
    }.analyse(samples)
    let power = try byFrame(expected.at("mel_power"))
    #expect(relativeDeviation(result.melPower, power, floor: power.max() ?? 1) < 1e-6)
    #expect(
      relativeDeviation(result.decibels, try byFrame(expected.at("log_mel_db")), floor: 1) < 1e-4)
    #expect(relativeDeviation(result.mfcc, try byFrame(expected.at("mfcc")), floor: 1) < 1e-4)
  }

  @Test func powerSpectra() throws {
    let spectra = ShortTimeSpectra<Double>(layout: try analysis().layout)
    let hann = try audio.numbers("hann_periodic_first16")
    #expect(relativeDeviation(Array(spectra.tables.window.prefix(16)), hann, floor: 1e-9) < 1e-8)
    let frames = spectra.frames(of: samples)
    let tenth = try audio.numbers("power_frame_10")
    #expect(relativeDeviation(frames[10], tenth, floor: 1e-9) < 1e-8)
    let first = try audio.numbers("power_frame_0_first32")
    #expect(relativeDeviation(Array(frames[0][..<32]), first, floor: 1e-9) < 1e-8)
  }

  @Test func framesThatAreNotCentred() throws {
    let expected = try audio.at("slaney_scale_slaney_norm")
    let result = try analysis { $0.isCentred = false }.analyse(samples)
    #expect(Double(result.frames) == (try expected.number("center_false_frames")))
    let power = try expected.numbers("center_false_mel_power_frame_5")
    let found = frame(5, of: result.melPower, width: power.count)
    #expect(relativeDeviation(found, power, floor: 1e-9) < 1e-8)
  }

  @Test func reflectedEnds() throws {
    let expected = try audio.at("slaney_scale_slaney_norm")
    let result = try analysis { $0.padding = .reflect }.analyse(samples)
    let power = try expected.numbers("center_reflect_mel_power_frame_0")
    let found = frame(0, of: result.melPower, width: power.count)
    #expect(relativeDeviation(found, power, floor: 1e-9) < 1e-8)
  }

  @Test func lifter() throws {
    let expected = try audio.at("slaney_scale_slaney_norm").numbers("mfcc_lifter22_frame_10")
    let result = try analysis { $0.lifter = 22 }.analyse(samples)
    let found = frame(10, of: result.mfcc, width: expected.count)
    #expect(relativeDeviation(found, expected, floor: 1e-2) < 1e-8)
  }

  @Test(arguments: [
    (MelLogarithm.natural, "log_mel_natural_frame_10"), (.loudest, "log_mel_db_ref_max_frame_10"),
  ])
  func logarithms(logarithm: MelLogarithm, key: String) throws {
    let expected = try audio.at("slaney_scale_slaney_norm").numbers(key)
    let analysis = try analysis { $0.logarithm = logarithm }
    let result = analysis.analyse(samples)
    let found = frame(10, of: result.logarithms, width: expected.count)
    #expect(relativeDeviation(found, expected, floor: 1e-2) < 1e-8)
    #expect(result.mfcc == analysis.cepstrum.coefficients(of: result.logarithms))
  }

  @Test(arguments: SpectralPrecision.allCases) func silence(precision: SpectralPrecision) throws {
    let floor = try audio.number("silence_log_mel_db_value")
    let result = try analysis { $0.precision = precision }
      .analyse([Float](repeating: 0, count: 2048))
    #expect(result.decibels.allSatisfy { $0 == floor })
    #expect(result.mfcc.allSatisfy { $0.isFinite })
  }
}
