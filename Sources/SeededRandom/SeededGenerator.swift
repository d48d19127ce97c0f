import Kernels

/// The one source of randomness: xoshiro256** (Blackman & Vigna 2018) seeded through SplitMix64.
///
/// Equal seeds give equal streams on every machine. Nothing in the package draws a random number
/// that does not come from a seed the user can name.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  /// The second number of the last polar pair, kept for the next call of `normal`.
  private var spareNormal: Double?

  public init(seed: UInt64) {
    var mixer = seed
    state = (
      Self.splitMix(&mixer), Self.splitMix(&mixer), Self.splitMix(&mixer), Self.splitMix(&mixer)
    )
  }

  /// An independent stream for one named purpose, so that adding a consumer of random numbers in
  /// one place leaves every other stream as it was.
  public init(seed: UInt64, stream: UInt64...) {
    var mixed = seed
    for part in stream {
      mixed ^= part &* 0xD6E8_FEB8_6659_FD93
      mixed = Self.splitMix(&mixed)
    }
    self.init(seed: mixed)
  }

  @inline(__always) public mutating func next() -> UInt64 {
    let result = Self.rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotate(state.3, 45)
    return result
  }

  /// Uniform in [0, 1), all 53 bits of a Double's mantissa.
  @inline(__always) public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Uniform in [low, high).
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// An integer in 0..<bound without modulo bias (Lemire 2019). `bound` must be positive.
  public mutating func index(below bound: Int) -> Int {
    Int(next(upperBound: UInt64(bound)))
  }

  /// Standard normal N(0, 1) by Marsaglia's polar method.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let radius = x * x + y * y
      if radius > 0 && radius < 1 {
        let factor = (-2 * naturalLogarithm(radius) / radius).squareRoot()
        spareNormal = y * factor
        return x * factor
      }
    }
  }

  /// Fills memory with what `normal` would give call after call, rounded to Float: the same numbers
  /// (but for a rounding of the logarithm) several times as fast.
  public mutating func fillNormal(_ out: UnsafeMutablePointer<Float>, count: Int) {
    var filled = 0
    if count > 0, let spare = spareNormal {
      spareNormal = nil
      out[0] = Float(spare)
      filled = 1
    }
    // As many points as the stack is used for: beyond a kilobyte memory would be asked for.
    let block = 40
    // A copy, so that the state stays in registers while memory is written.
    var generator = self
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * (block + 1)) { memory in
      guard let x = memory.baseAddress else { return }
      while count - filled >= 2 {
        let pairs = min(block, (count - filled) / 2)
        let (y, radius) = (x + block + 1, x + 2 * (block + 1))
        var found = 0
        // Written before it is known whether the point counts: a branch would be mispredicted often.
        while found < pairs {
          let (a, b) = (2 * generator.uniform() - 1, 2 * generator.uniform() - 1)
          let squared = a * a + b * b
          (x[found], y[found], radius[found]) = (a, b, squared)
          found += (squared > 0 ? 1 : 0) & (squared < 1 ? 1 : 0)
        }
        eau_polar_normals_f32(pairs, x, y, radius, out + filled)
        filled += 2 * pairs
      }
    }
    self = generator
    if filled < count { out[filled] = Float(normal()) }
  }

  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    (value << count) | (value >> (64 - count))
  }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    defer { state &+= 0x9E37_79B9_7F4A_7C15 }
    return mixed(state)
  }
}
