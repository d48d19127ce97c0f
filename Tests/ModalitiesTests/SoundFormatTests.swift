import Foundation
import ModalityKit
import SeededRandom
import SndFile
import Testing

@testable import Modalities

/// Every format that libsndfile can write, read back through the encoder's reader.
@Suite struct SoundFormatTests {
  private func read(_ bytes: [UInt8], rate: Int = 16_000) throws -> AudioReader.Recording {
    try AudioReader.read(.bytes(bytes, name: "sound"), maximumSeconds: 10, sampleRate: rate)
  }

  /// Signal-to-noise ratio in dB that a coding must keep of the chirp, or nil for lossless ones.
  /// On a second of it they reach 25 (GSM) to 51 (G.723 at 40 kbit/s).
  private func leastRatio(_ coding: Int32) -> Double? {
    switch Int(coding) {
    case SF_FORMAT_GSM610: 22
    case SF_FORMAT_VORBIS, SF_FORMAT_NMS_ADPCM_16: 26
    case SF_FORMAT_IMA_ADPCM, SF_FORMAT_MS_ADPCM: 29
    case SF_FORMAT_G723_24: 30
    case SF_FORMAT_G721_32, SF_FORMAT_G723_40, SF_FORMAT_NMS_ADPCM_24: 33
    case SF_FORMAT_ALAW, SF_FORMAT_ULAW: 34
    case SF_FORMAT_OPUS, SF_FORMAT_MPEG_LAYER_III, SF_FORMAT_NMS_ADPCM_32: 36
    default: nil
    }
  }

  @Test func theListIsLong() {
    // What the reader's guide names; libsndfile 1.2 writes 127 pairs.
    #expect(SoundFormat.all.count > 100)
    let containers = Set(SoundFormat.all.map(\.container))
    for container in [
      SF_FORMAT_WAV, SF_FORMAT_WAVEX, SF_FORMAT_W64, SF_FORMAT_RF64, SF_FORMAT_CAF, SF_FORMAT_AU,
      SF_FORMAT_AIFF, SF_FORMAT_FLAC, SF_FORMAT_OGG, SF_FORMAT_MPEG,
    ] {
      #expect(containers.contains(Int32(container)))
    }
  }

  @Test(arguments: SoundFormat.all) func roundTrip(format: SoundFormat) throws {
    let chirp = SoundFile.chirp(8000)
    let bytes = try SoundFile.bytes(format.code, chirp)
    let header = try read(bytes)
    // At the file's own rate nothing is resampled. Four formats keep another rate or none.
    let others: [Int] = [SF_FORMAT_WVE, SF_FORMAT_XI, SF_FORMAT_VOC, SF_FORMAT_SDS]
    #expect(header.sampleRate == 16_000 || others.contains(Int(format.container)))
    let found = try read(bytes, rate: header.sampleRate).samples
    // Codings in blocks fill up the last; one container adds a byte.
    #expect((8000..<8400).contains(found.count))
    let kept = zip(found, chirp)
    guard let least = leastRatio(format.coding) else {
      // libsndfile writes the last, partial block of a Sample Dump wrong.
      let whole = format.container == Int32(SF_FORMAT_SDS) ? 7920 : 8000
      #expect(found.count == 8000 && kept.prefix(whole).allSatisfy { $0 == $1 })
      return
    }
    let noise = kept.map { $0 - $1 }.rootMeanSquare
    #expect(20 * log10(chirp.rootMeanSquare / noise) > least)
  }

  /// Channel c of n holds the chirp times c + 1: their mean is (n + 1) / 2 chirps.
  @Test(arguments: [2, 3, 6, 8, 32]) func channelsAreAveraged(channels: Int) throws {
    let quiet = SoundFile.chirp(500).map { Float(($0 * 128 / 40).rounded(.towardZero) / 128) }
    let samples = quiet.flatMap { value in (1...channels).map { value * Float($0) } }
    let mean = quiet.map { $0 * Float(channels + 1) / 2 }
    for format in [SF_FORMAT_WAV, SF_FORMAT_AIFF, SF_FORMAT_CAF, SF_FORMAT_W64, SF_FORMAT_AU] {
      let code = Int32(format | SF_FORMAT_PCM_16)
      let recording = try read(SoundFile.bytes(code, samples, channels: channels))
      #expect(recording.channels == channels)
      #expect(zip(recording.samples, mean).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(recording.samples.count == 500)
    }
  }

  /// Formats that say how long they are; of the others the part that is there is read.
  @Test(arguments: SoundFormat.all) func halfOfAFile(format: SoundFormat) throws {
    let declaring = [
      SF_FORMAT_WAV, SF_FORMAT_WAVEX, SF_FORMAT_W64, SF_FORMAT_RF64, SF_FORMAT_CAF, SF_FORMAT_AU,
      SF_FORMAT_AIFF, SF_FORMAT_FLAC, SF_FORMAT_OGG, SF_FORMAT_MPEG, SF_FORMAT_SVX,
    ]
    let bytes = try SoundFile.bytes(format.code, SoundFile.chirp(24_000))
    let half = Array(bytes.prefix(bytes.count / 2))
    let kind = errorKind { _ = try read(half) }
    let isClear = kind == nil || kind == .damaged || kind == .wrongFormat
    #expect(declaring.contains(Int(format.container)) ? kind == .damaged : isClear)
  }

  /// Bytes changed, cut and repeated at random: a sound of finite samples or an error.
  @Test(arguments: SoundFormat.all) func spoiltBytes(format: SoundFormat) throws {
    let channels = format.isWritable(channels: 2) ? 2 : 1
    let whole = try SoundFile.bytes(format.code, SoundFile.chirp(2000), channels: channels)
    var generator = SeededGenerator(seed: UInt64(format.code))
    for _ in 0..<SoundFile.spoiltCopies {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        // Half of the changes in the header.
        let reach = Bool.random(using: &generator) ? min(128, bytes.count) : bytes.count
        let place = Int.random(in: 0..<reach, using: &generator)
        bytes[place] =
          [0, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &generator)]
          .randomElement(using: &generator) ?? 0
      }
      if Int.random(in: 0..<4, using: &generator) == 0 {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
      }
      do {
        let recording = try AudioReader.read(
          .bytes(bytes, name: "spoilt"), maximumSeconds: 0.5, sampleRate: 8000)
        #expect(recording.samples.allSatisfy { $0.isFinite })
        #expect((1...4100).contains(recording.samples.count))
      } catch {
        #expect(
          [.emptyInput, .wrongFormat, .damaged].contains(error.kind), "\(error.message)")
      }
    }
  }
}
