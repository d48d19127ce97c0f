/// A WAV file in memory: RIFF, PCM, 16 bits, mono.
package enum WaveFile {
  /// - Parameters:
  ///   - samples: in -1...1; what is beyond is clipped, what is no number silent.
  ///   - sampleRate: Hz.
  package static func bytes(_ samples: [Float], sampleRate: Int = 16_000) -> [UInt8] {
    let rate = UInt32(sampleRate)
    let dataSize = UInt32(2 * samples.count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(44 + 2 * samples.count)
    bytes += "RIFF".utf8
    append(36 + dataSize, to: &bytes)
    bytes += "WAVEfmt ".utf8
    append(UInt32(16), to: &bytes)
    append(UInt16(1), to: &bytes)
    append(UInt16(1), to: &bytes)
    append(rate, to: &bytes)
    append(2 * rate, to: &bytes)
    append(UInt16(2), to: &bytes)
    append(UInt16(16), to: &bytes)
    bytes += "data".utf8
    append(dataSize, to: &bytes)
    for sample in samples {
      let scaled = sample.isNaN ? 0 : (min(max(sample, -1), 1) * 32_767).rounded()
      append(UInt16(bitPattern: Int16(scaled)), to: &bytes)
    }
    return bytes
  }

  private static func append<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
    }
  }
}
