/// What lies beyond the ends of a sound where a centred frame reaches over them.
public enum FramePadding: String, Codable, CaseIterable, Sendable {
  case zero
  /// The sound mirrored at its first and last sample, which are not repeated (numpy's `reflect`).
  case reflect
}

/// Which samples belong to which frame, by librosa's conventions.
///
/// Centred: frame t is centred on sample t · hop, and there are 1 + count / hop of them. Not
/// centred: frame t starts at sample t · hop, and there are 1 + (count − window) / hop, all within
/// the sound; a sound shorter than one window is one frame, with zeros after its end (librosa
/// refuses it).
package struct FrameLayout: Sendable {
  /// Samples; positive.
  package let windowLength: Int
  /// Samples; positive.
  package let hopLength: Int
  package let isCentred: Bool
  package let padding: FramePadding

  /// Frames of a sound of `count` samples.
  package func frames(_ count: Int) -> Int {
    isCentred ? 1 + count / hopLength : 1 + max(0, count - windowLength) / hopLength
  }

  /// The place of a frame's first sample, negative before the sound's first.
  func start(_ frame: Int) -> Int {
    frame * hopLength - (isCentred ? windowLength / 2 : 0)
  }

  /// Calls `body` with `count` samples from `start` on: those of the sound itself, or a copy where
  /// some lie beyond its ends.
  func withSamples(
    from start: Int, count: Int, of samples: [Float], _ body: (UnsafePointer<Float>) -> Void
  ) {
    samples.withUnsafeBufferPointer { samples in
      if start >= 0, start + count <= samples.count, let first = samples.baseAddress {
        return body(first + start)
      }
      let mirrors = isCentred && padding == .reflect && !samples.isEmpty
      body(
        (start..<start + count).map { place in
          if samples.indices.contains(place) { return samples[place] }
          return mirrors ? samples[Self.reflected(place, count: samples.count)] : 0
        })
    }
  }

  /// The place within 0..<count that `place` is the mirror image of, over as many reflections as
  /// it takes: 3 2 1 | 0 1 2 3 | 2 1 0.
  package static func reflected(_ place: Int, count: Int) -> Int {
    guard count > 1 else { return 0 }
    let period = 2 * (count - 1)
    let turn = ((place % period) + period) % period
    return turn < count ? turn : period - turn
  }
}
