import Foundation
import Modalities
import ModalityKit

/// The encoders' work, each beside what its peer does with the same material.
enum EncoderWorks {
  static var all: [Work] {
    [
      .init(name: "count-vectorizer", prepare: countVectorizer),
      .init(name: "hashing-vectorizer", prepare: hashingVectorizer),
      .init(name: "mfcc", prepare: mfcc), .init(name: "mfcc-torch", prepare: mfcc),
      .init(name: "hog", prepare: hog(512)), .init(name: "hog-64", prepare: hog(64)),
      .init(name: "hog-opencv", prepare: hog(512)), .init(name: "hog-opencv-64", prepare: hog(64)),
      .init(name: "png-decode", prepare: pngDecode),
    ]
  }

  private static func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: folder).appending(path: name)))
  }

  /// One document a line; the unit is a token, whose number the material tells.
  private static func documents(_ folder: String) throws -> (texts: [String], tokens: Double) {
    let texts = String(decoding: try bytes(folder, "corpus.txt"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    let tokens = String(decoding: try bytes(folder, "tokens.txt"), as: UTF8.self)
    return (texts, Double(tokens.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0)
  }

  /// `CountVectorizer(max_features=2000).fit(texts).transform(texts)`: the second step is timed.
  private static func countVectorizer(_ folder: String) throws -> () throws -> Double {
    let (texts, tokens) = try documents(folder)
    var configuration = BagOfWordsConfiguration()
    configuration.tokens = .scikitLearn
    configuration.minimumLength = 2
    configuration.characters = 0
    configuration.lengthFeatures = false
    configuration.weighting = .counts
    configuration.norm = .none
    configuration.maximumFeatures = 2000
    return try transform(BagOfWordsEncoder(configuration: configuration), texts, tokens)
  }

  /// `HashingVectorizer(n_features=2**18, norm=None)`
  private static func hashingVectorizer(_ folder: String) throws -> () throws -> Double {
    let (texts, tokens) = try documents(folder)
    var configuration = HashedWordsConfiguration()
    configuration.tokens = .scikitLearn
    configuration.minimumLength = 2
    configuration.norm = .none
    configuration.features = 1 << 18
    return try transform(HashedWordsEncoder(configuration: configuration), texts, tokens)
  }

  private static func transform<Encoder: ModalityEncoder>(
    _ encoder: Encoder, _ texts: [String], _ tokens: Double
  ) throws -> () throws -> Double {
    let state = try encoder.fit(texts.map { try encoder.decode(.text($0)) })
    var row = FeatureRow()
    return {
      for text in texts { try encoder.encode(encoder.decode(.text(text)), state, into: &row) }
      return tokens
    }
  }

  /// 20 coefficients of 40 bands, n_fft 1024, hop 256, at 16 kHz; the unit is a second of sound.
  private static func mfcc(_ folder: String) throws -> () throws -> Double {
    let samples = try bytes(folder, "sound.f32").withUnsafeBytes {
      Array($0.bindMemory(to: Float.self))
    }
    let analysis = SpectralAnalysis(
      sampleRate: 16_000, windowLength: 1024, hopLength: 256, bands: 40, coefficients: 20)
    return {
      _ = analysis.analyse(samples)
      return Double(samples.count) / 16_000
    }
  }

  /// Nine orientations, cells of 8 × 8, blocks of 2 × 2, L2-Hys, of a grey picture of 8 bits.
  private static func hog(_ side: Int) -> (_ folder: String) throws -> () throws -> Double {
    { folder in
      let grey = try bytes(folder, "grey\(side).raw").map(Double.init)
      let gradients = OrientedGradients(orientations: 9, cell: 8, block: 2, norm: .l2Hys)
      return {
        _ = gradients.features(grey, width: side, height: side)
        return 1
      }
    }
  }

  private static func pngDecode(_ folder: String) throws -> () throws -> Double {
    let png = try bytes(folder, "photo.png")
    return {
      let file = try PNGFile(.bytes(png, name: "photo.png"))
      return file.width > 0 ? 1 : 0
    }
  }
}
