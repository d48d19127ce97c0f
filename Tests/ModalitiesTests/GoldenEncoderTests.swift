import Foundation
import ModalityKit
import TestSupport
import Testing

@testable import Modalities

/// The encoders against golden.json itself, which EAU_GOLDEN may replace: every text, audio and HOG
/// entry that an encoder can be configured to.
@Suite struct GoldenEncoderTests {
  let golden: Golden
  init() throws { golden = try Golden.shared() }

  static let textCases: [(entry: String, options: [(name: String, value: String)])] = [
    ("count", [("weighting", "counts"), ("norm", "none")]), ("tfidf_default", []),
    ("tfidf_sublinear", [("sublinear", "on")]), ("tfidf_nosmooth", [("smoothIdf", "off")]),
    ("tfidf_l1", [("norm", "l1")]),
    ("tfidf_nonorm", [("norm", "none")]), ("tfidf_bigrams", [("ngrams", "2")]),
    ("tfidf_min_df2", [("minimumDocuments", "2")]),
  ]

  @Test func text() throws {
    let text = try golden.entry("text")
    for (key, options) in Self.textCases {
      let encoder = try BagOfWordsEncoder(
        configuration: overlay(
          BagOfWordsTests.scikitLearn + options, on: BagOfWordsConfiguration(),
          describedBy: BagOfWordsEncoder.descriptor.parameters, owner: "bag-of-words"))
      let signals = try text.list("documents").map { try encoder.decode(.text($0.asText())) }
      let tokens = try text.list("tokens").map { try $0.asList().map { try $0.asText() } }
      #expect(signals.map { $0.tokens } == tokens)
      let state = try encoder.fit(signals)
      let entry = try text.at(key)
      let vocabulary = try entry.list("vocabulary").map { try $0.asText() }
      #expect(state.words.terms == vocabulary, "\(key)")
      #expect(try entry.numbers("shape") == [Double(signals.count), Double(vocabulary.count)])
      if key != "count" {
        #expect(deviation(state.words.idf, try entry.numbers("idf")) < 1e-10, "\(key)")
      }
      for (signal, row) in zip(signals, try entry.list("rows")) {
        let weights = encoder.weights(signal, state)
        let expected = try row.asList().map { try $0.flat() }
        #expect(weights.map { $0.column } == expected.map { Int($0[0]) }, "\(key)")
        #expect(deviation(weights.map { $0.value }, expected.map { $0[1] }) < 1e-10, "\(key)")
      }
    }
  }

  /// `[bands, frames]` to our `[frames, bands]`.
  private func byFrame(_ value: GoldenValue) throws -> [Double] {
    try value.asMatrix().transposed.values
  }

  /// The transform runs in Float; filterbank, decibels and cosines in Double.
  @Test func audio() throws {
    let audio = try golden.entry("audio")
    let expected = try audio.at("slaney_scale_slaney_norm")
    func integer(_ key: String) throws -> Int { Int(try audio.number(key)) }
    let analysis = SpectralAnalysis(
      sampleRate: try integer("sample_rate"), windowLength: try integer("n_fft"),
      hopLength: try integer("hop"), bands: try integer("n_mels"),
      coefficients: try integer("n_mfcc"))
    #expect(deviation(analysis.filterbank.edges, try expected.numbers("band_edges_hz")) < 1e-10)
    for (band, row) in zip(analysis.filterbank.bands, try expected.list("filterbank_rows")) {
      let parts = try row.asList()
      #expect(try parts[0].asNumber() == Double(band.firstBin))
      #expect(deviation(band.weights, try parts[1].flat()) < 1e-10)
    }
    let power = try byFrame(expected.at("mel_power"))
    let decibels = try byFrame(expected.at("log_mel_db"))
    #expect(deviation(Cepstrum.decibels(power), decibels) < 1e-10)
    let mfcc = try byFrame(expected.at("mfcc"))
    #expect(deviation(analysis.cepstrum.coefficients(of: decibels), mfcc) < 1e-10)
    let samples = try audio.numbers("signal_int16").map { Float($0 / 32768) }
    let result = try analysis.analyse(samples)
    #expect(try integer("frames") == result.frames)
    #expect(relativeDeviation(result.melPower, power, floor: power.max() ?? 1) < 1e-6)
    #expect(relativeDeviation(result.decibels, decibels, floor: 1) < 1e-4)
    #expect(relativeDeviation(result.mfcc, mfcc, floor: 1) < 1e-4)
    let silence = try analysis.analyse([Float](repeating: 0, count: 2048))
    let floor = try audio.number("silence_log_mel_db_value")
    #expect(silence.decibels.allSatisfy { $0 == floor })
  }

  @Test func powerSpectra() throws {
    let audio = try golden.entry("audio")
    let length = Int(try audio.number("n_fft"))
    let hop = Int(try audio.number("hop"))
    let samples = try audio.numbers("signal_int16").map { Float($0 / 32768) }
    let window = (0..<length).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(length)) }
    #expect(deviation(Array(window[..<16]), try audio.numbers("hann_periodic_first16")) < 1e-10)
    let plan = try #require(FourierPlan(windowLength: length))
    func power(frame: Int) -> [Double] {
      var power = [Float](repeating: 0, count: length / 2 + 1)
      samples.withUnsafeBufferPointer { samples in
        window.map { Float($0) }.withUnsafeBufferPointer { window in
          power.withUnsafeMutableBufferPointer {
            plan.power(of: samples, from: frame * hop - length / 2, window: window, into: $0)
          }
        }
      }
      return power.map { Double($0) }
    }
    let tenth = try audio.numbers("power_frame_10")
    #expect(relativeDeviation(power(frame: 10), tenth, floor: tenth.max() ?? 1) < 1e-6)
    let first = try audio.numbers("power_frame_0_first32")
    let largest = power(frame: 0).max() ?? 1
    #expect(relativeDeviation(Array(power(frame: 0)[..<32]), first, floor: largest) < 1e-6)
  }

  /// scikit-image sums in single precision (`L2-Hys`); the exact values are from numpy.
  @Test func orientedGradients() throws {
    let hog = try golden.entry("hog")
    let cells = try hog.numbers("pixels_per_cell")
    let blocks = try hog.numbers("cells_per_block")
    let gradients = OrientedGradients(
      orientations: Int(try hog.number("orientations")), cell: Int(cells[0]), block: Int(blocks[0]))
    let (width, height) = (Int(try hog.number("width")), Int(try hog.number("height")))
    let grey = try hog.numbers("image_uint8")
    let histograms = gradients.cellHistograms(grey, width: width, height: height)
    #expect(deviation(histograms, try hog.numbers("cell_histograms")) < 1e-10)
    let features = gradients.features(grey, width: width, height: height)
    #expect(Double(features.count) == (try hog.numbers("feature_shape").reduce(1, *)))
    #expect(deviation(features, try hog.numbers("L2-Hys_exact")) < 1e-10)
    #expect(deviation(features, try hog.numbers("L2-Hys")) < 1e-6)
    let scaled = gradients.features(grey.map { $0 / 255 }, width: width, height: height)
    let first = try hog.numbers("L2-Hys_image_over_255_first36")
    #expect(deviation(Array(scaled.prefix(first.count)), first) < 1e-6)
  }
}
