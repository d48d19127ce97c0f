import SeededRandom

/// A generated sound of 0.7 s, mono, 16 kHz.
package struct DemoSound: Sendable {
  static let seconds = 0.7
  /// Signal-to-noise ratio in dB of level 0+ and of level 1.
  static let ratios = (clean: 26.0, spoiled: -13.0)

  let thing: DemoClass
  /// 0 for clean to 1.
  let noise: Double
  let stream: DemoStream

  /// Samples in -1...1.
  package func render() -> [Float] {
    var generator = stream.generator()
    let look = DemoLook.draw(for: thing, pairs: AmbiguousPair.ofSounds, &generator)
    var buffer = SoundBuffer(seconds: Self.seconds)
    Self.play(thing, look, into: &buffer, &generator)
    Self.spoil(&buffer, level: noise, stream)
    buffer.normalise(peak: Float(0.6 + 0.35 * generator.uniform()))
    return buffer.samples
  }

  /// Buries the sound in noise; level 0 leaves it as it is.
  static func spoil(_ buffer: inout SoundBuffer, level: Double, _ stream: DemoStream) {
    guard level > 0 else { return }
    var spoiler = stream.generator("spoil")
    let ratio = ratios.clean + (ratios.spoiled - ratios.clean) * level
    buffer.bury(inNoise: ratio, colour: spoiler.uniform(0, 0.9), &spoiler)
  }

  private static func play(
    _ thing: DemoClass, _ look: DemoLook, into buffer: inout SoundBuffer,
    _ generator: inout SeededGenerator
  ) {
    if case .shared = look {
      switch thing {
      case .ambulance, .bird: SharedSounds.whistle(&buffer, &generator)
      case .bee, .car: SharedSounds.hum(&buffer, &generator)
      case .bell, .clock: SharedSounds.chime(&buffer, &generator)
      case .fire, .rain: SharedSounds.patter(&buffer, &generator)
      case .drum, .sea: SharedSounds.boom(&buffer, &generator)
      }
      return
    }
    switch thing {
    case .ambulance: OwnSounds.siren(&buffer, &generator)
    case .bee: OwnSounds.buzz(&buffer, &generator)
    case .bell: OwnSounds.peal(&buffer, &generator)
    case .bird: OwnSounds.chirps(&buffer, &generator)
    case .car: OwnSounds.engine(&buffer, &generator)
    case .clock: OwnSounds.ticking(&buffer, &generator)
    case .drum: OwnSounds.beats(&buffer, &generator)
    case .fire: OwnSounds.crackling(&buffer, &generator)
    case .rain: OwnSounds.downpour(&buffer, &generator)
    case .sea: OwnSounds.surf(&buffer, &generator)
    }
  }
}
