import Foundation
import ModalityKit
import TestSupport
import Testing

@testable import Modalities

/// The encoders against golden.json itself, which EAU_GOLDEN may replace: every text and HOG
/// entry that an encoder can be configured to. `GoldenAudioTests` has the audio.
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
    #expect(gradients.norm == .l2Hys)
    let scaled = gradients.features(grey.map { $0 / 255 }, width: width, height: height)
    let first = try hog.numbers("L2-Hys_image_over_255_first36")
    #expect(deviation(Array(scaled.prefix(first.count)), first) < 1e-6)
  }
  @Test(arguments: [(BlockNorm.l1, "L1"), (.l2, "L2"), (.l2Hys, "L2-Hys")])
  func blockNorms(norm: BlockNorm, key: String) throws {
    let hog = try golden.entry("hog")
    let features = try self.features(hog, norm)
    #expect(deviation(features, try hog.numbers(key + "_exact")) < 1e-10)
    #expect(deviation(features, try hog.numbers(key)) < 1e-6)
  }

  /// L1-sqrt is by definition the root of L1.
  @Test func rootOfTheFirstNorm() throws {
    let hog = try golden.entry("hog")
    let roots = try features(hog, .l1Root)
    #expect(deviation(roots.map { $0 * $0 }, try hog.numbers("L1_exact")) < 1e-10)
    #expect(roots.allSatisfy { $0 >= 0 })
  }

  private func features(_ hog: GoldenValue, _ norm: BlockNorm) throws -> [Double] {
    let gradients = OrientedGradients(
      orientations: Int(try hog.number("orientations")),
      cell: Int(try hog.numbers("pixels_per_cell")[0]),
      block: Int(try hog.numbers("cells_per_block")[0]), norm: norm)
    return gradients.features(
      try hog.numbers("image_uint8"), width: Int(try hog.number("width")),
      height: Int(try hog.number("height")))
  }
}
