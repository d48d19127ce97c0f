import ModalityKit
import Soxr

/// Band-limited resampling of a sound that comes in blocks, by the SoX resampler library at its
/// quality HQ (20 bits), which is librosa's default (`res_type="soxr_hq"`): flat up to 91 % of the
/// lower of the two bands, everything beyond that band at least 120 dB down.
struct StreamResampler: ~Copyable {
  /// Room for samples that a call makes.
  private static let outputSamples = 16_384
  private static let ratios = 1.0 / 256...256

  /// nil for equal rates, of which nothing changes.
  private let state: soxr_t?
  private var output: [Float]

  /// From `source` Hz to `target` Hz; their ratio must be within 1/256…256.
  init(from source: Int, to target: Int) throws(EncoderError) {
    guard source != target else {
      (state, output) = (nil, [])
      return
    }
    guard Self.ratios.contains(Double(target) / Double(source)) else {
      throw Self.failure("\(source) to \(target) Hz is a ratio beyond 256")
    }
    var failure: soxr_error_t?
    var format = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
    var quality = soxr_quality_spec(UInt(SOXR_HQ), 0)
    // One thread: sounds, not their channels, are worked on side by side.
    var runtime = soxr_runtime_spec(1)
    guard
      let state = soxr_create(
        Double(source), Double(target), 1, &failure, &format, &quality, &runtime),
      failure == nil
    else { throw Self.failure(Self.text(failure)) }
    self.state = state
    output = [Float](repeating: 0, count: Self.outputSamples)
  }

  deinit { soxr_delete(state) }

  /// Appends to `result` what the next `block` completes. After the last block comes a call with
  /// an empty one, which appends the rest: altogether about count · target / source samples.
  mutating func append(_ block: [Float], to result: inout [Float]) throws(EncoderError) {
    guard let state else {
      result += block
      return
    }
    var used = 0
    while true {
      var (taken, made) = (0, 0)
      let failure = block.withUnsafeBufferPointer { block in
        // No address means the end of the sound.
        soxr_process(
          state, block.isEmpty ? nil : block.baseAddress.map { UnsafeRawPointer($0 + used) },
          block.count - used,
          &taken, &output, output.count, &made)
      }
      if let failure { throw Self.failure(Self.text(failure)) }
      used += taken
      result += output[..<made]
      if made == 0, used == block.count || taken == 0 { return }
    }
  }

  private static func text(_ failure: soxr_error_t?) -> String {
    failure.map { String(cString: $0) } ?? "no memory"
  }

  private static func failure(_ reason: String) -> EncoderError {
    EncoderError(
      .encodingFailed, "cannot resample: \(reason)",
      hint: "choose a sample rate nearer to the file's")
  }
}
