import Foundation
import ModalityKit
import Testing

@testable import Modalities

/// The ways from signals to features that `explain` shows end where the encoders do.
@Suite("feature traces")
struct FeatureTraceTests {
  @Test(arguments: [
    [], ["precision=double"], ["logarithm=natural"], ["logarithm=loudest"], ["lifter=22"],
    ["center=off", "windowLength=512"], ["padding=reflect", "hopLength=100"],
  ])
  func cepstrum(_ options: [String]) throws {
    let encoder = try MFCCEncoder.typed(options)
    for file in ["int16-16000.wav", "float-44100-stereo.wav", "tone-22050.ogg"] {
      let signal = try encoder.decode(Fixture.file(file))
      var row = FeatureRow()
      try encoder.encode(signal, .init(), into: &row)
      for k in [0, 1, 7] {
        let trace = try #require(encoder.trace(signal, coefficient: k))
        #expect(Float(trace.value) == row.values[k])
        #expect(encoder.schema(.init()).names[k] == trace.featureName)
        let frame = zip(trace.cosines, trace.logarithms).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(frame - trace.coefficients[trace.frame]) < 1e-9 * max(1, abs(frame)))
        let mean = trace.coefficients[trace.active].reduce(0, +) / Double(trace.active.count)
        #expect(abs(mean - trace.value) < 1e-9 * max(1, abs(mean)))
        let power = zip(trace.weights, trace.powers).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(power - trace.bandPower) < 1e-5 * trace.bandPower)
        #expect(trace.samples.count == encoder.configuration.windowLength)
        #expect(trace.edges.low < trace.edges.centre && trace.edges.centre < trace.edges.high)
        let first = max(0, -trace.start)
        #expect(trace.samples[first] == signal.samples[trace.start + first])
      }
      #expect(encoder.trace(signal, coefficient: 20) == nil)
    }
  }

  private static let texts = [
    "a cat and a dog", "the dog barks", "a bee, a bee, a bee!", "birds sing", "the cat sleeps",
  ]

  @Test(arguments: [
    [], ["norm=l1"], ["norm=none"], ["sublinear=on"], ["smoothIdf=off"], ["weighting=counts"],
    ["characters=3"],
  ])
  func words(_ options: [String]) throws {
    let encoder = try BagOfWordsEncoder.typed(options)
    let signals = try Self.texts.map { try encoder.decode(.text($0)) }
    let state = try encoder.fit(signals)
    let signal = try encoder.decode(.text("a bee and a bee sing near a zebra"))
    var row = FeatureRow()
    try encoder.encode(signal, state, into: &row)
    let known = encoder.knownWords(signal, state)
    #expect(Set(known.map(\.word)) == ["a", "bee", "and", "sing"])
    #expect(known.map(\.value) == known.map(\.value).sorted(by: >))
    for (word, count, documents) in [("bee", 2, 1), ("a", 3, 2), ("sing", 1, 1)] {
      let trace = try #require(encoder.trace(signal, state, word: word))
      let place = try #require(row.indices?.firstIndex { Int($0) == trace.column })
      #expect(Float(trace.value) == row.values[place])
      #expect(trace.count == count && trace.words == 9 && trace.documents == documents)
      let tf = encoder.configuration.sublinear ? 1 + log(Double(count)) : Double(count)
      #expect(abs(tf * trace.idf / trace.norm - trace.value) < 1e-12)
      switch encoder.configuration.weighting {
      case .counts: #expect(trace.texts == nil && trace.idf == 1)
      case .tfidf:
        #expect(trace.texts == 5)
        let one = encoder.configuration.smoothIdf ? 1.0 : 0
        #expect(abs(trace.idf - (log((5 + one) / (Double(documents) + one)) + 1)) < 1e-12)
      }
    }
    #expect(encoder.trace(signal, state, word: "zebra") == nil)
    #expect(encoder.trace(signal, state, word: "dog") == nil)
  }

  @Test(arguments: [
    [], ["norm=l1"], ["norm=l1-sqrt"], ["norm=l2"], ["orientations=8", "cell=8"],
    ["block=1", "thumbnail=4", "hues=6"],
  ])
  func gradients(_ options: [String]) throws {
    let encoder = try ThumbnailHOGEncoder.typed(options)
    let names = encoder.schema(.init()).names
    for file in ["rgb-8.png", "palette-4.png", "grey-16.png", "rgb-alpha-8.png"] {
      let signal = try encoder.decode(Fixture.file(file))
      var row = FeatureRow()
      try encoder.encode(signal, .init(), into: &row)
      let trace = try #require(encoder.strongestGradient(signal))
      #expect(Float(trace.value) == row.values[trace.column])
      #expect(names[trace.column] == trace.featureName)
      let gradients = names.indices.filter { names[$0].hasPrefix("gradient:") }
      #expect(gradients.map { row.values[$0] }.max() == row.values[trace.column])
      let area = Double(trace.configuration.cell * trace.configuration.cell)
      let sum = trace.pixels.reduce(0) { $0 + $1.length } / area
      #expect(abs(sum - trace.histogram[trace.orientation]) < 1e-9 * max(1, sum))
      #expect(trace.values[trace.place] == trace.histogram[trace.orientation])
      for pixel in trace.pixels {
        let (across, down) = (pixel.right - pixel.left, pixel.below - pixel.above)
        #expect(abs(across * across + down * down - pixel.length * pixel.length) < 1e-6)
      }
    }
    let blank = try encoder.decode(ThumbnailHOGTests.png(8, 8) { _, _ in [9, 9, 9, 255] })
    #expect(encoder.strongestGradient(blank) == nil)
  }
}
