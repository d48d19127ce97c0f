import Foundation
import Modalities
import ModalityKit
import SeededRandom
import Testing

@Suite struct CorruptionTests {
  static let source = Waveform.Source(sampleRate: 16_000, channels: 1, isCut: false)

  static var bitmap: Bitmap {
    get throws {
      let encoder = try ThumbnailHOGEncoder.configured()
      return try encoder.decode(
        ThumbnailHOGTests.png(50, 40) { x, y in
          [UInt8(x * 5), UInt8(y * 6), UInt8((x * y) % 256), 255]
        })
    }
  }

  static var wave: Waveform {
    let samples = (0..<12_000).map { index in
      let time = Double(index) / 16_000
      let low = 0.3 * sin(2 * .pi * 300 * time)
      return Float(low + 0.1 * sin(2 * .pi * 3000 * time))
    }
    return Waveform(samples: samples, sampleRate: 16_000, source: source)
  }

  static let text = TokenizedText(
    tokens: "the quick brown fox jumps over a lazy dog in the park".split(separator: " ")
      .map(String.init), text: "The quick brown fox jumps over a lazy dog in the park.")

  /// Severity 0 is the identity, equal seeds give equal results and other seeds others, the input
  /// is not touched, and the realised amount grows with the severity on average.
  func check<Signal: Hashable & Sendable>(
    _ corruptions: [Corruption<Signal>], on signal: Signal, isSeeded: (String) -> Bool
  ) {
    for corruption in corruptions {
      let name = corruption.descriptor.name
      let untouched = corruption.apply(signal, severity: 0, seed: 1)
      #expect(untouched.signal == signal && untouched.realised == .none, "\(name)")
      let once = corruption.apply(signal, severity: 6, seed: 5)
      let again = corruption.apply(signal, severity: 6, seed: 5)
      #expect(once.signal == again.signal && once.realised == again.realised, "\(name)")
      #expect(once.signal != signal && once.realised.amount > 0, "\(name)")
      if isSeeded(name) {
        #expect(corruption.apply(signal, severity: 6, seed: 6).signal != once.signal, "\(name)")
      }
      var previous = 0.0
      for severity in stride(from: 1.0, through: 10, by: 1.5) {
        let amounts = (0..<40).map {
          corruption.apply(signal, severity: severity, seed: UInt64($0)).realised.amount
        }
        let mean = amounts.reduce(0, +) / 40
        #expect(mean >= previous, "\(name) at \(severity)")
        previous = mean
      }
      #expect(previous > 0, "\(name)")
    }
  }

  @Test func image() throws {
    let names = ThumbnailHOGEncoder.corruptions.map(\.descriptor.name)
    #expect(names == ["gaussian", "gaussian-rgb", "saltpepper", "blur", "occlude", "contrast"])
    check(ThumbnailHOGEncoder.corruptions, on: try Self.bitmap) {
      !["blur", "contrast"].contains($0)
    }
  }

  @Test func audio() {
    let names = MFCCEncoder.corruptions.map(\.descriptor.name)
    #expect(names == ["noise", "hum", "clip", "dropout", "lowpass"])
    check(MFCCEncoder.corruptions, on: Self.wave) { !["clip", "lowpass"].contains($0) }
  }

  @Test func text() {
    let names = BagOfWordsEncoder.corruptions.map(\.descriptor.name)
    #expect(names == ["drop", "mask", "typo", "shuffle"])
    check(BagOfWordsEncoder.corruptions, on: Self.text) { _ in true }
  }

  private func corruption<Signal>(
    _ name: String, _ all: [Corruption<Signal>]
  ) throws
    -> Corruption<Signal>
  {
    try #require(all.first { $0.descriptor.name == name })
  }

  @Test func gaussianNoiseHasItsDeviationOnAllChannelsAlike() throws {
    let grey = try ThumbnailHOGEncoder.configured().decode(
      ThumbnailHOGTests.png(9, 9) { _, _ in [128, 128, 128, 255] })
    let noisy = try corruption("gaussian", ThumbnailHOGEncoder.corruptions)
      .apply(grey, severity: 3, seed: 2)
    #expect(abs(noisy.realised.amount * 255 - 30) < 1)
    let rgb = noisy.signal.rgb
    #expect(stride(from: 0, to: rgb.count, by: 3).allSatisfy { rgb[$0] == rgb[$0 + 2] })
    let colored = try corruption("gaussian-rgb", ThumbnailHOGEncoder.corruptions)
      .apply(grey, severity: 3, seed: 2)
    let other = colored.signal.rgb
    #expect(stride(from: 0, to: other.count, by: 3).contains { other[$0] != other[$0 + 2] })
  }

  @Test func saltAndPepperHasItsDensity() throws {
    let grey = try ThumbnailHOGEncoder.configured().decode(
      ThumbnailHOGTests.png(9, 9) { _, _ in [128, 128, 128, 255] })
    let spoiled = try corruption("saltpepper", ThumbnailHOGEncoder.corruptions)
      .apply(grey, severity: 4, seed: 2)
    let share = Double(spoiled.signal.rgb.count { $0 != 128 }) / Double(grey.rgb.count)
    #expect(abs(share - 0.4) < 0.03)
  }

  @Test func noiseHasItsSignalToNoiseRatio() throws {
    let noise = try corruption("noise", MFCCEncoder.corruptions)
    let result = noise.apply(Self.wave, severity: 4, seed: 3)
    #expect(result.realised.text == "SNR 4.0 dB")
    #expect(abs(result.realised.amount - pow(10, -4.0 / 20)) < 1e-4)
    #expect(noise.apply(Self.wave, severity: 5, seed: 3).realised.text == "SNR 0.0 dB")
    // A silent sound gets noise too, of a level that can be heard.
    let silent = Waveform(
      samples: [Float](repeating: 0, count: 1000), sampleRate: 16_000, source: Self.source)
    let spoiled = noise.apply(silent, severity: 5, seed: 3)
    #expect(spoiled.realised.amount.isFinite && spoiled.realised.amount > 0.9)
    #expect(spoiled.signal.samples.contains { $0 != 0 })
  }

  @Test func droppingEverythingLeavesNothing() throws {
    let gone = try corruption("drop", BagOfWordsEncoder.corruptions)
      .apply(Self.text, severity: 10, seed: 1)
    #expect(gone.signal.tokens.isEmpty && gone.signal.text.isEmpty)
    #expect(gone.realised == RealisedCorruption(amount: 1, text: "12 of 12 words dropped"))
    let silenced = try corruption("dropout", MFCCEncoder.corruptions)
      .apply(Self.wave, severity: 10, seed: 1)
    #expect(silenced.signal.samples.allSatisfy { $0 == 0 })
    #expect(silenced.realised.text == "100 % of the sound silenced")
  }

  @Test func maskAndTypoKeepTheNumberOfWords() throws {
    let masked = try corruption("mask", BagOfWordsEncoder.corruptions)
      .apply(Self.text, severity: 10, seed: 1)
    #expect(masked.signal.tokens == [String](repeating: "_", count: 12))
    let misspelt = try corruption("typo", BagOfWordsEncoder.corruptions)
      .apply(Self.text, severity: 10, seed: 1)
    #expect(zip(misspelt.signal.tokens, Self.text.tokens).allSatisfy { $0 != $1 })
    #expect(misspelt.realised.amount == 1)
    let shuffled = try corruption("shuffle", BagOfWordsEncoder.corruptions)
      .apply(Self.text, severity: 10, seed: 1)
    #expect(shuffled.signal.tokens.sorted() == Self.text.tokens.sorted())
  }

  @Test func lowPassKeepsLowTonesAndRemovesHighOnes() throws {
    let low = try corruption("lowpass", MFCCEncoder.corruptions)
    func kept(_ frequency: Double) -> Double {
      let samples = (0..<8000).map { Float(sin(2 * .pi * frequency * Double($0) / 16_000)) }
      let wave = Waveform(samples: samples, sampleRate: 16_000, source: Self.source)
      let inner = low.apply(wave, severity: 5, seed: 1).signal.samples[2000..<6000]
      let square: Double = inner.reduce(0) { $0 + Double($1) * Double($1) }
      return (square / 2000).squareRoot()
    }
    // Cutoff 1000 Hz, -6 dB there after both passes, 24 dB an octave above.
    #expect(abs(kept(100) - 1) < 0.01)
    #expect(abs(kept(1000) - 0.5) < 0.02)
    #expect(kept(4000) < 0.01)
  }

  @Test func contrastAtTenIsTheMeanGrey() throws {
    let flat = try corruption("contrast", ThumbnailHOGEncoder.corruptions)
      .apply(try Self.bitmap, severity: 10, seed: 1)
    #expect(Set(flat.signal.rgb).count == 1)
  }

  @Test func corruptSignalsStayEncodable() throws {
    for type in BuiltInEncoders.all {
      let encoder = try type.make()
      let signals = try EncoderContractTests.inputs(type.descriptor.modality)
        .map { try encoder.decode($0) }
      let fitted = try encoder.fit(signals)
      var row = FeatureRow()
      for kind in type.corruptions {
        for severity in [0.01, 10] {
          for spoiled in [
            try encoder.corrupt(signals[0], kind: kind.name, severity: severity, seed: 4),
            try fitted.corrupt(signals[0], kind: kind.name, severity: severity, seed: 4),
          ] {
            try fitted.encode(spoiled.signal, into: &row)
            #expect(row.values.allSatisfy { $0.isFinite }, "\(kind.name)")
          }
        }
      }
    }
  }
}
