import Foundation
import SeededRandom

/// One stroke of a bell: the bigger, the lower and the longer it rings.
package struct BellSound: Sendable {
  /// The nominal's frequency in Hz at size 0 and at size 100.
  static let nominal = (small: 2600.0, big: 330.0)
  /// Bells of a size are tuned up to so many octaves apart from the middle.
  static let tuning = 0.2
  /// Seconds until a partial has fallen to 1/e, at size 0 and at size 100.
  static let ring = (small: 0.06, big: 0.4)

  let size: Double
  /// 0 for clean to 1.
  let noise: Double
  let stream: DemoStream

  /// Samples in -1...1.
  package func render() -> [Float] {
    var generator = stream.generator()
    var buffer = SoundBuffer(seconds: DemoSound.seconds)
    let share = size / 100
    let nominal =
      Self.nominal.small * pow(Self.nominal.big / Self.nominal.small, share)
      * pow(2, generator.uniform(-Self.tuning, Self.tuning))
    let ring =
      (Self.ring.small + (Self.ring.big - Self.ring.small) * share) * generator.uniform(0.85, 1.15)
    let onset = generator.uniform(0, 0.1)
    for (ratio, gain) in OwnSounds.bellPartials {
      buffer.addTone(
        from: nominal * ratio, at: onset, lasting: DemoSound.seconds, gain: 0.25 * gain,
        .decay(ring * 1.6 / (0.6 + ratio)))
    }
    DemoSound.spoil(&buffer, level: noise, stream)
    buffer.normalise(peak: Float(0.6 + 0.35 * generator.uniform()))
    return buffer.samples
  }
}
