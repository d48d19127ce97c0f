import Foundation
import SeededRandom

/// A mono sound under construction, with the voices that are added to it. Times in seconds,
/// frequencies in Hz, gains as peak amplitudes; what lies beyond the end is cut off.
struct SoundBuffer: Sendable {
  static let sampleRate = 16_000.0

  private(set) var samples: [Float]

  init(seconds: Double) {
    samples = [Float](repeating: 0, count: Int(seconds * Self.sampleRate))
  }

  /// How a voice's loudness runs over its duration.
  enum Envelope: Sendable {
    /// Instant attack, then exp(−t / time constant).
    case decay(Double)
    /// Smooth rise and fall: sin²(π t / duration).
    case swell
    /// Level, with 5 ms ramps at both ends.
    case steady

    func value(_ time: Double, of duration: Double) -> Double {
      switch self {
      case .decay(let constant): return exp(-time / constant) * min(time / 0.002, 1)
      case .swell:
        let arc = sin(.pi * time / duration)
        return arc * arc
      case .steady: return max(0, min(time / 0.005, (duration - time) / 0.005, 1))
      }
    }
  }

  /// A sine whose frequency glides exponentially; `harmonics` are amplitudes of its multiples
  /// (the first is the fundamental).
  mutating func addTone(
    from start: Double, to end: Double? = nil, at onset: Double, lasting duration: Double,
    gain: Double, harmonics: [Double] = [1], vibrato: (rate: Double, depth: Double) = (0, 0),
    _ envelope: Envelope
  ) {
    let ratio = pow((end ?? start) / start, 1 / (duration * Self.sampleRate))
    var glide = start
    var phase = 0.0
    eachSample(at: onset, lasting: duration) { time in
      let wobble = vibrato.rate > 0 ? vibrato.depth * sin(2 * .pi * vibrato.rate * time) : 0
      let frequency = glide * (1 + wobble)
      glide *= ratio
      phase += 2 * .pi * frequency / Self.sampleRate
      // sin(nφ) = 2 cos φ · sin((n−1)φ) − sin((n−2)φ): one sine and one cosine for all harmonics.
      let twiceCosine = harmonics.count > 1 ? 2 * cos(phase) : 0
      var (before, current) = (0.0, sin(phase))
      var (sum, multiple) = (0.0, frequency)
      for amplitude in harmonics {
        // A harmonic above half the sample rate would come back as a false low one.
        guard multiple < Self.sampleRate / 2 else { break }
        sum += amplitude * current
        (before, current) = (current, twiceCosine * current - before)
        multiple += frequency
      }
      return gain * sum * envelope.value(time, of: duration)
    }
  }

  /// White noise through a one-pole low-pass and a one-pole high-pass filter.
  mutating func addNoise(
    at onset: Double, lasting duration: Double, gain: Double, lowPass: Double,
    highPass: Double = 20, _ envelope: Envelope, _ generator: inout SeededGenerator
  ) {
    let lowShare = 1 - exp(-2 * .pi * lowPass / Self.sampleRate)
    let highShare = 1 - exp(-2 * .pi * highPass / Self.sampleRate)
    // The low-pass leaves share/(2 − share) of white noise's variance; undo that.
    let level = gain * ((2 - lowShare) / lowShare).squareRoot()
    var (low, floor) = (0.0, 0.0)
    eachSample(at: onset, lasting: duration) { time in
      low += lowShare * (generator.uniform(-1, 1) - low)
      floor += highShare * (low - floor)
      return level * (low - floor) * envelope.value(time, of: duration)
    }
  }

  /// Noise at a signal-to-noise ratio in dB; `colour` 0 is white, towards 1 ever lower.
  mutating func bury(inNoise ratio: Double, colour: Double, _ generator: inout SeededGenerator) {
    var noise = [Float](repeating: 0, count: samples.count)
    var state = 0.0
    for index in noise.indices {
      state = colour * state + generator.uniform(-1, 1)
      noise[index] = Float(state)
    }
    let wanted = Self.rootMeanSquare(samples) / pow(10, ratio / 20)
    let present = Self.rootMeanSquare(noise)
    guard present > 0 else { return }
    let factor = Float(wanted / present)
    for index in samples.indices { samples[index] += noise[index] * factor }
  }

  mutating func normalise(peak: Float) {
    let loudest = samples.reduce(0) { max($0, abs($1)) }
    guard loudest > 0 else { return }
    for index in samples.indices { samples[index] *= peak / loudest }
  }

  static func rootMeanSquare(_ samples: [Float]) -> Double {
    let energy = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
    return samples.isEmpty ? 0 : (energy / Double(samples.count)).squareRoot()
  }

  private mutating func eachSample(
    at onset: Double, lasting duration: Double, _ value: (Double) -> Double
  ) {
    let first = max(Int(onset * Self.sampleRate), 0)
    let last = min(Int((onset + duration) * Self.sampleRate), samples.count)
    guard first < last else { return }
    for index in first..<last {
      samples[index] += Float(value(Double(index - first) / Self.sampleRate))
    }
  }
}
