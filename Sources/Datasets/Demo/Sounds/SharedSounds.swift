import SeededRandom

/// The sounds that two classes make alike.
enum SharedSounds {
  /// Ambulance or bird: a long whistle that rises and falls.
  static func whistle(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let pitch = generator.uniform(1200, 1900)
    let top = pitch * generator.uniform(1.3, 1.7)
    let half = DemoSound.seconds / 2
    buffer.addTone(
      from: pitch, to: top, at: 0, lasting: half, gain: 0.5, harmonics: [1, 0.2], .steady)
    buffer.addTone(
      from: top, to: pitch, at: half, lasting: half, gain: 0.5, harmonics: [1, 0.2], .steady)
  }

  /// Bee or car: an even low hum.
  static func hum(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let pitch = generator.uniform(105, 150)
    buffer.addTone(
      from: pitch, to: pitch * generator.uniform(0.9, 1.1), at: 0, lasting: DemoSound.seconds,
      gain: 0.35, harmonics: [1, 0.7, 0.5, 0.35, 0.25, 0.15],
      vibrato: (generator.uniform(5, 9), 0.02), .steady)
    buffer.addNoise(
      at: 0, lasting: DemoSound.seconds, gain: 0.06, lowPass: 800, .steady, &generator)
  }

  /// Bell or clock: one clear stroke of a small chime.
  static func chime(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let pitch = generator.uniform(1000, 1500)
    let onset = generator.uniform(0, 0.15)
    for (ratio, gain) in [(1.0, 1.0), (2.76, 0.4), (5.4, 0.15)] {
      buffer.addTone(
        from: pitch * ratio, at: onset, lasting: DemoSound.seconds, gain: 0.5 * gain,
        .decay(0.3 / ratio))
    }
  }

  /// Fire or rain: soft noise and many small clicks.
  static func patter(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    buffer.addNoise(
      at: 0, lasting: DemoSound.seconds, gain: 0.14, lowPass: 3500, highPass: 300, .steady,
      &generator)
    for _ in 0..<(20 + generator.index(below: 15)) {
      buffer.addNoise(
        at: generator.uniform(0, DemoSound.seconds), lasting: 0.02,
        gain: generator.uniform(0.15, 0.5), lowPass: 4500, highPass: 700, .decay(0.004),
        &generator)
    }
  }

  /// Drum or sea: one deep thud and a wash of noise behind it.
  static func boom(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let onset = generator.uniform(0, 0.15)
    let pitch = generator.uniform(65, 100)
    buffer.addTone(
      from: pitch * 1.4, to: pitch, at: onset, lasting: 0.4, gain: 0.7, .decay(0.14))
    buffer.addNoise(
      at: onset, lasting: 0.55, gain: 0.3, lowPass: 900, .decay(0.18), &generator)
  }
}
