import Foundation
import Modalities
import ModalityKit
import Testing

@Suite struct AudioReadingTests {
  /// All fixtures are a sine of 440 Hz and amplitude 0.5.
  @Test(arguments: [
    ("int16-16000.wav", 0.3, 16_000, 1), ("int24-48000.wav", 0.2, 48_000, 1),
    ("float-44100-stereo.wav", 0.1, 44_100, 2), ("tone-5000.flac", 0.5, 5_000, 1),
    ("tone-22050.ogg", 0.6, 22_050, 1),
  ])
  func everyFormatGivesTheSameTone(name: String, seconds: Double, rate: Int, channels: Int) throws {
    let encoder = try MFCCEncoder.configured()
    let wave = try encoder.decode(Fixture.file(name))
    #expect(wave.sampleRate == 16_000)
    #expect(abs(wave.duration - seconds) < 0.005)
    #expect(wave.source.sampleRate == rate)
    #expect(wave.source.channels == channels)
    // Without the resampler's and the codec's edges.
    let inner = wave.samples.dropFirst(320).dropLast(320)
    let square: Double = inner.reduce(0) { $0 + Double($1) * Double($1) } / Double(inner.count)
    #expect(abs(square.squareRoot() - 0.5 / 2.0.squareRoot()) < 0.01)
    let crossings = zip(inner, inner.dropFirst()).count { ($0.0 < 0) != ($0.1 < 0) }
    let frequency = Double(crossings) / 2 / (Double(inner.count) / 16_000)
    #expect(abs(frequency - 440) < 6)
  }

  @Test func bytesAndDeferredBytesEqualTheFile() throws {
    let encoder = try MFCCEncoder.configured()
    let bytes = try Fixture.bytes("tone-22050.ogg")
    let fromFile = try encoder.decode(Fixture.file("tone-22050.ogg"))
    #expect(try encoder.decode(.bytes(bytes, name: "tone")) == fromFile)
    #expect(try encoder.decode(.deferred(name: "tone", make: { bytes })) == fromFile)
  }

  @Test(arguments: [
    ("truncated-tone-22050.ogg", EncoderError.Kind.damaged),
    ("truncated-tone-5000.flac", .wrongFormat), ("truncated-int16-16000.wav", .damaged),
    ("no-samples.wav", .emptyInput), ("text.ogg", .wrongFormat), ("text.png", .wrongFormat),
    ("missing.wav", .fileMissing), ("", .notAFile),
  ])
  func brokenFilesAreRefused(name: String, kind: EncoderError.Kind) throws {
    let encoder = try MFCCEncoder.configured()
    let found = errorKind { _ = try encoder.decode(Fixture.file(name)) }
    // libsndfile opens some truncated FLAC files and not others; both are refused.
    #expect(found == kind || (name.hasSuffix("flac") && found == .damaged))
  }

  @Test func everyTruncationIsAnErrorOrASoundAndNoCrash() throws {
    let encoder = try MFCCEncoder.configured()
    for name in ["tone-22050.ogg", "tone-5000.flac"] {
      let whole = try Fixture.bytes(name)
      for count in stride(from: 0, to: whole.count - 64, by: 61) {
        let kind = errorKind { _ = try encoder.decode(.bytes(Array(whole[..<count]), name: name)) }
        #expect(kind != nil, "\(name) cut to \(count)")
      }
    }
  }

  @Test func notFiniteSamplesBecomeZero() throws {
    let wave = try MFCCEncoder.configured().decode(Fixture.file("not-finite.wav"))
    #expect([10, 20, 30].allSatisfy { wave.samples[$0] == 0 })
    #expect(wave.samples.allSatisfy { $0.isFinite })
    #expect(abs(wave.samples[9]) > 0)
  }

  @Test func onlyTheStartOfALongSoundIsRead() throws {
    let encoder = try MFCCEncoder.configured(["maximumSeconds": "0.1"])
    let wave = try encoder.decode(Fixture.file("int16-16000.wav"))
    #expect(wave.samples.count == 1600)
    #expect(
      encoder.preview(wave).warnings == ["longer than 0.1 s; only the start was read"])
  }

  @Test func silenceIsAcceptedWithAWarning() throws {
    let encoder = try MFCCEncoder.configured()
    let wave = try encoder.decode(Fixture.file("silent.wav"))
    #expect(encoder.preview(wave).warnings == ["silent"])
    var row = FeatureRow()
    try encoder.encode(wave, .init(), into: &row)
    #expect(row.values.count == encoder.schema(.init()).count)
    #expect(row.values.allSatisfy { $0.isFinite })
  }

  @Test func captionTellsTheSource() throws {
    let encoder = try MFCCEncoder.configured()
    let wave = try encoder.decode(Fixture.file("float-44100-stereo.wav"))
    #expect(encoder.preview(wave).caption == "0.1 s at 16000 Hz from 44100 Hz stereo")
  }

  @Test func soundsOfOneSampleAreEncoded() throws {
    let encoder = try MFCCEncoder.configured()
    let header = try Fixture.bytes("int16-16000.wav").prefix(44)
    var bytes = Array(header) + [0, 64]
    bytes.replaceSubrange(4..<8, with: [38, 0, 0, 0])
    bytes.replaceSubrange(40..<44, with: [2, 0, 0, 0])
    let wave = try encoder.decode(.bytes(bytes, name: "click"))
    #expect(wave.samples == [0.5])
    var row = FeatureRow()
    try encoder.encode(wave, .init(), into: &row)
    #expect(row.values.count == 347 && row.values.allSatisfy { $0.isFinite })
  }

  @Test func inconsistentParametersAreRefused() {
    #expect(errorKind { _ = try MFCCEncoder.configured(["windowLength": "999"]) } == .badParameter)
    #expect(
      errorKind { _ = try MFCCEncoder.configured(["bands": "8", "coefficients": "9"]) }
        == .badParameter)
  }

  @Test func partsFollowTheSoundInTime() throws {
    let encoder = try MFCCEncoder.configured(["segments": "2"])
    let source = Waveform.Source(sampleRate: 16_000, channels: 1, isCut: false)
    let low = (0..<8000).map { Float(0.5 * sin(2 * .pi * 300 * Double($0) / 16_000)) }
    let high = (0..<8000).map { Float(0.5 * sin(2 * .pi * 5000 * Double($0) / 16_000)) }
    var (rising, falling) = (FeatureRow(), FeatureRow())
    try encoder.encode(
      Waveform(samples: low + high, sampleRate: 16_000, source: source), .init(), into: &rising)
    try encoder.encode(
      Waveform(samples: high + low, sampleRate: 16_000, source: source), .init(), into: &falling)
    let names = encoder.schema(.init()).names
    let first = try #require(names.firstIndex(of: "mfcc1:part0"))
    let second = try #require(names.firstIndex(of: "mfcc1:part1"))
    // Coefficient 1 falls as energy moves to higher bands.
    #expect(rising.values[first] > rising.values[second] + 10)
    #expect(falling.values[second] > falling.values[first] + 10)
  }
}
