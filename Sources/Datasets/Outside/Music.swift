import Foundation
import SeededRandom

/// Three seconds of tonal music: a bass, a chord on each beat and a tune above, in one key.
struct Music: Sendable {
  private static let seconds = 3.0
  private static let major = [0, 2, 4, 5, 7, 9, 11]
  /// Degrees of the scale on which chords stand.
  private static let progressions = [[0, 3, 4, 0], [0, 5, 3, 4], [0, 4, 5, 3], [5, 3, 0, 4]]

  let generator: SeededGenerator

  /// At `SoundBuffer.sampleRate`, peak 0.9.
  func render() -> [Float] {
    var generator = generator
    var buffer = SoundBuffer(seconds: Self.seconds)
    let key = 110 * pow(2, Double(generator.index(below: 12)) / 12)
    let progression = Self.progressions[generator.index(below: Self.progressions.count)]
    let bar = Self.seconds / Double(progression.count)
    let brightness = generator.uniform(0.3, 0.7)
    let harmonics = (0..<6).map { pow(brightness, Double($0)) }
    for (index, degree) in progression.enumerated() {
      let onset = Double(index) * bar
      buffer.addTone(
        from: Self.frequency(degree, key) / 2, at: onset, lasting: bar, gain: 0.5,
        harmonics: harmonics, .decay(bar))
      for step in [0, 2, 4] {
        buffer.addTone(
          from: Self.frequency(degree + step, key), at: onset, lasting: bar, gain: 0.25,
          harmonics: harmonics, .decay(bar / 2))
      }
      for beat in 0..<4 {
        let note = degree + [0, 2, 4, 7, 5][generator.index(below: 5)]
        buffer.addTone(
          from: 2 * Self.frequency(note, key), at: onset + Double(beat) * bar / 4,
          lasting: bar / 4, gain: 0.35, harmonics: harmonics, vibrato: (6, 0.004), .swell)
      }
    }
    buffer.normalise(peak: 0.9)
    return buffer.samples
  }

  /// Of a degree of the scale, counted from the key note upwards, in Hz.
  private static func frequency(_ degree: Int, _ key: Double) -> Double {
    let (octave, step) = (degree / major.count, degree % major.count)
    return key * pow(2, Double(octave) + Double(major[step]) / 12)
  }
}
