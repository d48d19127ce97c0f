import Foundation
import SndFile
import Testing

/// A container and a coding that libsndfile writes together.
struct SoundFormat: CustomTestStringConvertible {
  /// Of `SF_INFO`: the bits of both.
  let code: Int32
  let testDescription: String

  var container: Int32 { code & Int32(SF_FORMAT_TYPEMASK) }
  var coding: Int32 { code & Int32(SF_FORMAT_SUBMASK) }

  /// Every pair that this libsndfile can write at 16 kHz mono, except files that cannot be opened
  /// again: those without a header, and Sound Designer II, whose header is a file of its own.
  static let all: [SoundFormat] = list(SFC_GET_FORMAT_MAJOR_COUNT, SFC_GET_FORMAT_MAJOR)
    .filter { ![Int32(SF_FORMAT_RAW), Int32(SF_FORMAT_SD2)].contains($0.code) }
    .flatMap { container in
      list(SFC_GET_FORMAT_SUBTYPE_COUNT, SFC_GET_FORMAT_SUBTYPE).compactMap { coding in
        let format = SoundFormat(
          code: container.code | coding.code,
          testDescription: "\(container.testDescription), \(coding.testDescription)")
        return format.isWritable(channels: 1) ? format : nil
      }
    }

  func isWritable(channels: Int) -> Bool {
    var info = SF_INFO()
    info.samplerate = 16_000
    info.channels = Int32(channels)
    info.format = code
    return sf_format_check(&info) != 0 && !Self.refused.contains(Int(code))
  }

  /// What `sf_format_check` calls valid, and opening or writing then refuses.
  private static let refused = [
    SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_I, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_II,
    SF_FORMAT_WAV | SF_FORMAT_MPEG_LAYER_III, SF_FORMAT_AIFF | SF_FORMAT_DWVW_12,
  ]

  private static func list(_ countCommand: Int, _ command: Int) -> [SoundFormat] {
    var count: Int32 = 0
    sf_command(nil, Int32(countCommand), &count, Int32(MemoryLayout<Int32>.size))
    return (0..<count).compactMap { index in
      var info = SF_FORMAT_INFO()
      info.format = index
      let size = Int32(MemoryLayout<SF_FORMAT_INFO>.size)
      guard sf_command(nil, Int32(command), &info, size) == 0, let name = info.name else {
        return nil
      }
      return SoundFormat(code: info.format, testDescription: String(cString: name))
    }
  }
}

enum SoundFile {
  struct WritingFailed: Error {
    let reason: String
  }

  /// How many spoilt copies of a file are tried; EAU_SPOILT_COPIES may ask for more.
  static let spoiltCopies =
    ProcessInfo.processInfo.environment["EAU_SPOILT_COPIES"].flatMap { Int($0) } ?? 12

  /// The bytes of a file of interleaved `samples`, multiples of 1/128 within -1..<1, which every
  /// lossless coding keeps exactly.
  static func bytes(
    _ format: Int32, _ samples: [Float], channels: Int = 1, rate: Int = 16_000
  ) throws -> [UInt8] {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: url) }
    var info = SF_INFO()
    info.samplerate = Int32(rate)
    info.channels = Int32(channels)
    info.format = format
    guard let file = sf_open(url.path(), Int32(SFM_WRITE), &info) else {
      throw WritingFailed(reason: String(cString: sf_strerror(nil)))
    }
    let coding = format & Int32(SF_FORMAT_SUBMASK)
    let frames = sf_count_t(samples.count / channels)
    // Integers as such: libsndfile scales floating-point numbers by 32767, not by 32768.
    let isFloat = coding == Int32(SF_FORMAT_FLOAT) || coding == Int32(SF_FORMAT_DOUBLE)
    let written =
      isFloat
      ? sf_writef_float(file, samples, frames)
      : sf_writef_int(file, samples.map { Int32($0 * 128) << 24 }, frames)
    sf_close(file)
    guard written == frames else { throw WritingFailed(reason: "\(written) of \(frames) frames") }
    return [UInt8](try Data(contentsOf: url))
  }

  /// A rising chirp from 200 to 1200 Hz at 16 kHz under a slow envelope, in steps of 1/128: no two
  /// stretches of it are alike, so that a shift shows.
  static func chirp(_ count: Int) -> [Float] {
    (0..<count).map { index in
      let time = Double(index) / 16_000
      let phase = 2 * Double.pi * (200 * time + 500 * time * time)
      let level = 0.5 + 0.3 * sin(2 * .pi * 3 * time)
      return Float((128 * level * sin(phase)).rounded() / 128)
    }
  }
}
