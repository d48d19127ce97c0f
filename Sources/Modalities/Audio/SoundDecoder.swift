import SndFile

/// An audio file opened by libsndfile and read in blocks, as mono.
///
/// Channels are averaged. Integer samples are scaled to -1...1; of float samples, those that are
/// not finite become 0 and the rest is held to ±1000, so that no feature can overflow.
struct SoundDecoder: ~Copyable {
  /// Why libsndfile does not open a file, in its own words.
  struct Refusal: Error {
    let reason: String
  }

  /// Samples of all channels that are read at once.
  private static let blockSamples = 65_536
  private static let loudest: Float = 1000

  /// Hz, as the file says: may be anything.
  let sampleRate: Int
  /// Positive.
  let channels: Int
  /// Samples of each channel that the file declares: may be anything, and nil for a stream whose
  /// length is not known.
  let declaredFrames: Int?
  /// Whether `declaredFrames` is a guess from the size of the file and its first frames, as of MP3
  /// without a header of its own.
  let isLengthEstimated: Bool
  private let handle: OpaquePointer
  /// What libsndfile reads from, as long as it is open.
  private let file: VirtualFile
  /// `[frames, channels]`.
  private var block: [Float]

  init(_ source: ByteSource) throws(Refusal) {
    file = VirtualFile(source)
    var callbacks = VirtualFile.callbacks()
    var info = SF_INFO()
    let context = Unmanaged.passUnretained(file).toOpaque()
    guard let handle = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, context) else {
      throw Refusal(reason: sf_strerror(nil).map { String(cString: $0) } ?? "unknown error")
    }
    self.handle = handle
    sampleRate = Int(info.samplerate)
    channels = max(1, Int(info.channels))
    // Streams whose length is not known declare the largest number there is.
    declaredFrames = info.frames == sf_count_t.max ? nil : Int(info.frames)
    isLengthEstimated = info.format & Int32(SF_FORMAT_TYPEMASK) == Int32(SF_FORMAT_MPEG)
    block = [Float](repeating: 0, count: max(1, Self.blockSamples / channels) * channels)
  }

  deinit { sf_close(handle) }

  /// Replaces `mono` by the next samples, at most `limit` of them; by none at the end, or where
  /// the file cannot be decoded further.
  mutating func read(into mono: inout [Float], limit: Int) {
    let wanted = min(block.count / channels, limit)
    guard wanted > 0 else { return mono.removeAll(keepingCapacity: true) }
    let got = max(0, min(wanted, Int(sf_readf_float(handle, &block, sf_count_t(wanted)))))
    let (channels, scale) = (self.channels, 1 / Float(channels))
    mono = block.withUnsafeBufferPointer { block in
      [Float](unsafeUninitializedCapacity: got) { mono, count in
        if channels == 2 {
          // By far the most common: a loop of its own is worked off in vector lanes.
          for frame in 0..<got {
            mono[frame] = (Self.held(block[2 * frame]) + Self.held(block[2 * frame + 1])) * scale
          }
        } else {
          for frame in 0..<got {
            let first = frame * channels
            mono[frame] = block[first..<first + channels].reduce(0) { $0 + Self.held($1) } * scale
          }
        }
        count = got
      }
    }
  }

  /// Without branches, which a loop over many samples is faster for.
  private static func held(_ value: Float) -> Float {
    let inside = value > loudest ? loudest : value < -loudest ? -loudest : value
    return value - value == 0 ? inside : 0
  }
}
