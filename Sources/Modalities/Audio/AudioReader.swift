import ModalityKit
import SndFile

/// Reads the start of anything libsndfile opens (WAV, FLAC, Ogg Vorbis and Opus, AIFF, …) as mono.
///
/// Channels are averaged. Integer samples are scaled to -1...1; of float samples, those that are
/// not finite become 0 and the rest is held to ±1000, so that no feature can overflow.
enum AudioReader {
  static let fileLimit = 256 << 20
  /// Hz. libsamplerate converts by factors up to 256.
  static let sampleRates = 1_000...768_000

  struct Recording {
    var samples: [Float] = []
    var sampleRate = 0
    var channels = 0
    var isCut = false
  }

  /// - Throws: the errors of reading a file, `emptyInput` for no bytes or no samples,
  ///   `wrongFormat` for what is no audio file, `damaged` for one that is not all there: its
  ///   container says so (`ContainerCheck`), or more than half a second less than it declares can
  ///   be decoded.
  static func read(
    _ raw: RawInput, maximumSeconds: Double
  ) throws(EncoderError) -> Recording {
    if case .text = raw {
      throw EncoderError(
        .wrongInput, "expected an audio file, found text", hint: "give the path of a sound")
    }
    let bytes = try raw.bytes(limit: fileLimit)
    guard !bytes.isEmpty else { throw empty(raw.name, "has no bytes") }
    let flaw = ContainerCheck.flaw(bytes)
    let outcome = bytes.withUnsafeBytes { buffer -> Result<Recording, EncoderError> in
      let file = MemoryFile(buffer)
      return withExtendedLifetime(file) {
        do throws(EncoderError) {
          return .success(try decode(file, raw.name, maximumSeconds, flaw))
        } catch {
          return .failure(error)
        }
      }
    }
    let recording = try outcome.get()
    if let flaw { throw damaged(raw.name, flaw) }
    guard !recording.samples.isEmpty else { throw empty(raw.name, "holds no samples") }
    return recording
  }

  private static func decode(
    _ file: MemoryFile, _ name: String, _ maximumSeconds: Double, _ flaw: String?
  ) throws(EncoderError) -> Recording {
    var callbacks = MemoryFile.callbacks()
    var info = SF_INFO()
    let context = Unmanaged.passUnretained(file).toOpaque()
    guard let handle = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, context) else {
      if let flaw { throw damaged(name, flaw) }
      throw EncoderError(
        .wrongFormat,
        "\(name) is not an audio file that can be read: \(text(sf_strerror(nil)))",
        hint: "WAV, FLAC, Ogg Vorbis, Opus and AIFF work; the name's ending does not matter")
    }
    defer { sf_close(handle) }
    let rate = Int(info.samplerate)
    let channels = Int(info.channels)
    guard sampleRates.contains(rate), channels > 0 else {
      throw EncoderError(
        .wrongFormat,
        "\(name) has \(rate) samples a second in \(channels) channels, expected "
          + "\(sampleRates.lowerBound)…\(sampleRates.upperBound) Hz", hint: "resample the sound")
    }

    let limit = max(1, Int(Double(rate) * maximumSeconds))
    var recording = Recording(sampleRate: rate, channels: channels)
    recording.samples.reserveCapacity(max(0, min(limit, Int(clamping: info.frames))))
    let blockFrames = max(1, 65_536 / channels)
    var block = [Float](repeating: 0, count: blockFrames * channels)
    while recording.samples.count < limit {
      let wanted = min(blockFrames, limit - recording.samples.count)
      let got = Int(sf_readf_float(handle, &block, sf_count_t(wanted)))
      guard got > 0 else { break }
      append(block, frames: min(got, wanted), channels, to: &recording.samples)
    }

    let decoded = recording.samples.count
    recording.isCut = decoded == limit && info.frames > sf_count_t(limit)
    // Streams whose length is not known declare the largest number there is.
    let declared = info.frames == sf_count_t.max ? decoded : min(limit, Int(info.frames))
    if Double(declared - decoded) > 0.5 * Double(rate) || (declared > 0 && decoded == 0) {
      throw damaged(name, "\(decoded) of \(declared) samples can be decoded")
    }
    return recording
  }

  private static func append(
    _ block: [Float], frames: Int, _ channels: Int, to samples: inout [Float]
  ) {
    block.withUnsafeBufferPointer { block in
      let scale = 1 / Float(channels)
      for frame in 0..<frames {
        var total: Float = 0
        for channel in 0..<channels {
          let value = block[frame * channels + channel]
          if value.isFinite { total += min(max(value, -1000), 1000) }
        }
        samples.append(total * scale)
      }
    }
  }

  private static func text(_ message: UnsafePointer<CChar>?) -> String {
    message.map { String(cString: $0) } ?? "unknown error"
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
