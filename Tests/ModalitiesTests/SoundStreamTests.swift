import Foundation
import ModalityKit
import SndFile
import Testing

@testable import Modalities

/// Files that are read only where they are needed, and the change of rate on the way.
@Suite struct SoundStreamTests {
  private static let rates = [
    1000, 5000, 7350, 8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400,
    192_000, 768_000,
  ]

  private func tone(_ hertz: Double, seconds: Double = 1, rate: Int) -> [Float] {
    (0..<Int(seconds * Double(rate))).map {
      Float(0.5 * sin(2 * .pi * hertz * Double($0) / Double(rate)))
    }
  }

  /// Through a file of 32-bit floats at `rate`.
  private func resampled(_ samples: [Float], from rate: Int, to target: Int) throws -> [Float] {
    let bytes = try SoundFile.bytes(Int32(SF_FORMAT_WAV | SF_FORMAT_FLOAT), samples, rate: rate)
    return try AudioReader.read(
      .bytes(bytes, name: "tone"), maximumSeconds: 10, sampleRate: target
    ).samples
  }

  /// Amplitude at `hertz`, and the root mean square of all that is not that sine, both in the
  /// middle of the sound: the least-squares fit of a cosine, a sine and nothing else.
  private func fit(
    _ samples: [Float], _ hertz: Double, rate: Int
  ) -> (amplitude: Double, rest: Double) {
    let margin = samples.count / 5
    let angles = samples.indices.map { 2 * Double.pi * hertz * Double($0) / Double(rate) }
    var (cc, cs, ss, xc, xs) = (0.0, 0.0, 0.0, 0.0, 0.0)
    let middle = margin..<samples.count - margin
    for index in middle {
      let (c, s, x) = (cos(angles[index]), sin(angles[index]), Double(samples[index]))
      (cc, cs, ss, xc, xs) = (cc + c * c, cs + c * s, ss + s * s, xc + x * c, xs + x * s)
    }
    let determinant = cc * ss - cs * cs
    let a = (xc * ss - xs * cs) / determinant
    let b = (xs * cc - xc * cs) / determinant
    let rest = middle.map {
      samples[$0] - Float(a * cos(angles[$0]) + b * sin(angles[$0]))
    }
    return ((a * a + b * b).squareRoot(), rest.rootMeanSquare)
  }

  /// A sine within nine tenths of the narrower band comes out as itself, and what else comes
  /// out, images and aliases, is below -80 dB.
  @Test(arguments: rates, [4000, 16_000, 48_000]) func sinesAreKept(rate: Int, target: Int) throws {
    for share in [0.05, 0.2, 0.34, 0.45] {
      let hertz = share * Double(min(rate, target))
      let found = try resampled(tone(hertz, rate: rate), from: rate, to: target)
      #expect(abs(found.count - target) <= 1)
      let (amplitude, rest) = fit(found, hertz, rate: target)
      #expect(abs(amplitude - 0.5) < 0.005, "\(hertz) Hz")
      #expect(rest < 0.5e-4, "\(hertz) Hz")
    }
  }

  /// A sine above the band of the target is gone: no alias above -80 dB.
  @Test(arguments: rates.filter { $0 > 16_000 }) func nothingIsAliased(rate: Int) throws {
    for share in [0.505, 0.6, 0.68] {
      let found = try resampled(tone(share * 16_000, rate: rate), from: rate, to: 16_000)
      let middle = Array(found.dropFirst(2000).dropLast(2000))
      #expect(middle.rootMeanSquare < 0.5e-4 / 2.0.squareRoot(), "\(share * 16_000) Hz")
    }
  }

  /// Blocks of every length give the same samples as the whole in one.
  @Test(arguments: [(44_100, 16_000), (8000, 16_000), (16_000, 16_000)])
  func blocksMakeNoDifference(rate: Int, target: Int) throws {
    let samples = tone(700, rate: rate)
    func converted(_ length: Int) throws -> [Float] {
      var resampler = try StreamResampler(from: rate, to: target)
      var result: [Float] = []
      for start in stride(from: 0, to: samples.count, by: length) {
        try resampler.append(Array(samples[start...].prefix(length)), to: &result)
      }
      try resampler.append([], to: &result)
      return result
    }
    let whole = try converted(samples.count)
    #expect(try converted(1) == whole)
    #expect(try converted(777) == whole)
  }

  @Test func ratiosBeyondTheLibraryAreRefused() {
    #expect(errorKind { _ = try StreamResampler(from: 1, to: 16_000) } == .encodingFailed)
    #expect(errorKind { _ = try StreamResampler(from: 768_000, to: 2000) } == .encodingFailed)
  }

  @Test func soundsShorterThanASampleOfTheTargetAreOneSample() throws {
    #expect(try resampled([0.25], from: 768_000, to: 4000) == [0.25])
  }

  private func withTemporaryFile(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
    defer { unlink(path) }
    try body(path)
  }

  /// A Wave64 file of 64 GB, of which all but the first half second is a hole.
  @Test func ofAHugeFileOnlyTheStartIsRead() throws {
    let chirp = SoundFile.chirp(8000)
    var bytes = try SoundFile.bytes(Int32(SF_FORMAT_W64 | SF_FORMAT_PCM_16), chirp)
    let size = 64 << 30
    func declare(_ length: Int, at place: Int) {
      withUnsafeBytes(of: UInt64(length).littleEndian) {
        bytes.replaceSubrange(place..<place + 8, with: $0)
      }
    }
    let data = try #require(Data(bytes).range(of: Data("data".utf8))).lowerBound
    declare(size, at: 16)
    declare(size - data, at: data + 16)
    try withTemporaryFile { path in
      try Data(bytes).write(to: URL(filePath: path))
      try #require(truncate(path, off_t(size)) == 0)
      let recording = try AudioReader.read(
        .file(path: path), maximumSeconds: 1, sampleRate: 16_000)
      #expect(recording.isCut)
      #expect(recording.samples == chirp + [Float](repeating: 0, count: 8000))
      // And cut short, it is damaged, found out without reading it.
      try #require(truncate(path, off_t(size / 2)) == 0)
      let kind = errorKind {
        _ = try AudioReader.read(.file(path: path), maximumSeconds: 1, sampleRate: 16_000)
      }
      #expect(kind == .damaged)
    }
  }

  @Test func pipesAreRefusedAndDoNotBlock() throws {
    try withTemporaryFile { path in
      try #require(mkfifo(path, 0o600) == 0)
      #expect(errorKind { _ = try ByteSource(.file(path: path)) } == .notAFile)
    }
  }

  @Test func anHourIsAllowed() throws {
    let bytes = try SoundFile.bytes(
      Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_U8), [Float](repeating: 0.25, count: 200_000), rate: 1000)
    let encoder = try MFCCEncoder.configured(["maximumSeconds": "3600", "sampleRate": "4000"])
    let wave = try encoder.decode(.bytes(bytes, name: "hum"))
    #expect(wave.samples.count == 800_000 && !wave.source.isCut)
  }
}
