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

  /// Fills `frame` (windowLength values) with the samples from `start` on times the window.
  func fill<Scalar: BinaryFloatingPoint>(
    _ frame: UnsafeMutableBufferPointer<Scalar>, from start: Int,
    of samples: UnsafeBufferPointer<Float>, window: UnsafeBufferPointer<Scalar>
  ) {
    let first = min(windowLength, max(0, -start))
    let last = max(first, min(windowLength, samples.count - start))
    for index in first..<last { frame[index] = Scalar(samples[start + index]) * window[index] }
    for index in 0..<first {
      frame[index] = outside(start + index, samples) * window[index]
    }
    for index in last..<windowLength {
      frame[index] = outside(start + index, samples) * window[index]
    }
  }

  private func outside<Scalar: BinaryFloatingPoint>(
    _ place: Int, _ samples: UnsafeBufferPointer<Float>
  ) -> Scalar {
    guard isCentred, padding == .reflect, !samples.isEmpty else { return 0 }
    return Scalar(samples[Self.reflected(place, count: samples.count)])
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
