import ModalityKit

/// Reads the start of anything libsndfile opens (WAV, FLAC, Ogg, MP3, AIFF, …) as mono at one
/// sample rate.
///
/// A file named by its path is read where and as far as it is needed, and what is read goes block
/// by block through decoding, averaging of channels and resampling: memory is that of the result.
enum AudioReader {
  /// Hz. Sounds are resampled by factors up to 256.
  static let sampleRates = 1_000...768_000

  struct Recording {
    /// At the rate that was asked for.
    var samples: [Float] = []
    /// Hz, of the file.
    var sampleRate: Int
    var channels: Int
    /// Whether the file is longer than what was read.
    var isCut = false
  }

  /// - Throws: the errors of reading a file, `emptyInput` for no bytes or no samples,
  ///   `wrongFormat` for what is no audio file, `damaged` for one that is not all there: its
  ///   container says so (`ContainerCheck`), or less than 98 % of what it declares can be decoded
  ///   (of MP3, whose length may be an estimate, all but the last half second).
  static func read(
    _ raw: RawInput, maximumSeconds: Double, sampleRate target: Int
  ) throws(EncoderError) -> Recording {
    if case .text = raw {
      throw EncoderError(
        .wrongInput, "expected an audio file, found text", hint: "give the path of a sound")
    }
    let source = try ByteSource(raw)
    guard source.count > 0 else { throw empty(raw.name, "has no bytes") }
    let flaw = ContainerCheck.flaw(source)
    var decoder: SoundDecoder
    do {
      decoder = try SoundDecoder(source)
    } catch {
      if let flaw { throw damaged(raw.name, flaw) }
      throw EncoderError(
        .wrongFormat, "\(raw.name) is not an audio file that can be read: \(error.reason)",
        hint: "WAV, FLAC, Ogg, MP3, AIFF and others work; the name's ending does not matter")
    }
    let recording = try decode(&decoder, raw.name, maximumSeconds, target)
    if let flaw { throw damaged(raw.name, flaw) }
    guard !recording.samples.isEmpty else { throw empty(raw.name, "holds no samples") }
    return recording
  }

  private static func decode(
    _ decoder: inout SoundDecoder, _ name: String, _ maximumSeconds: Double, _ target: Int
  ) throws(EncoderError) -> Recording {
    let (rate, channels) = (decoder.sampleRate, decoder.channels)
    guard sampleRates.contains(rate) else {
      throw EncoderError(
        .wrongFormat,
        "\(name) has \(rate) samples a second, expected \(sampleRates.lowerBound)…"
          + "\(sampleRates.upperBound) Hz", hint: "resample the sound")
    }
    let limit = max(1, Int(Double(rate) * maximumSeconds))
    var recording = Recording(sampleRate: rate, channels: channels)
    var resampler = try StreamResampler(from: rate, to: target)
    var block: [Float] = []
    var decoded = 0
    var first: Float?
    while decoded < limit {
      decoder.read(into: &block, limit: limit - decoded)
      if block.isEmpty { break }
      if decoded == 0 {
        first = block.first
        let expected = min(limit, max(block.count, decoder.declaredFrames ?? 0))
        recording.samples.reserveCapacity(expected * target / rate + target / 100)
      }
      decoded += block.count
      try resampler.append(block, to: &recording.samples)
    }
    try resampler.append([], to: &recording.samples)
    // A sound too short for a sample at the lower rate is its first.
    if recording.samples.isEmpty, let first { recording.samples = [first] }
    recording.isCut = decoded == limit && decoder.declaredFrames.map { $0 > limit } ?? true
    let declared = min(limit, decoder.declaredFrames ?? decoded)
    let tolerated = decoder.isLengthEstimated ? rate / 2 : max(0, declared) / 50
    if declared - decoded > tolerated || (declared > 0 && decoded == 0) {
      throw damaged(name, "\(decoded) of \(declared) samples can be decoded")
    }
    return recording
  }

  private static func empty(_ name: String, _ what: String) -> EncoderError {
    EncoderError(
      .emptyInput, "\(name) \(what), expected a sound", hint: "check how it was recorded")
  }

  private static func damaged(_ name: String, _ what: String) -> EncoderError {
    EncoderError(
      .damaged, "\(name) is a damaged audio file: \(what)", hint: "fetch or record it again")
  }
}
