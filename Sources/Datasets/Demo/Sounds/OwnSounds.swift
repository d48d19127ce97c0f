import SeededRandom

/// The sound that only one class makes. Pitch, timing and colour vary from call to call.
enum OwnSounds {
  /// Two tones in turn.
  static func siren(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let low = generator.uniform(560, 720)
    let high = low * generator.uniform(1.28, 1.42)
    let length = generator.uniform(0.15, 0.22)
    var onset = -generator.uniform(0, length)
    var isHigh = generator.uniform() < 0.5
    while onset < DemoSound.seconds {
      let pitch = isHigh ? high : low
      buffer.addTone(
        from: pitch, at: max(onset, 0), lasting: length, gain: 0.5,
        harmonics: [1, 0.45, 0.3, 0.15], .steady)
      onset += length
      isHigh.toggle()
    }
  }

  /// A sawtooth that wobbles in pitch, swelling as it flies by.
  static func buzz(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let pitch = generator.uniform(180, 270)
    let sawtooth = (1...9).map { 1 / Double($0) }
    buffer.addTone(
      from: pitch, to: pitch * generator.uniform(0.85, 1.15), at: 0, lasting: DemoSound.seconds,
      gain: 0.4, harmonics: sawtooth, vibrato: (generator.uniform(14, 26), 0.05), .swell)
    buffer.addTone(
      from: pitch * 1.01, at: 0, lasting: DemoSound.seconds, gain: 0.12, harmonics: sawtooth,
      vibrato: (generator.uniform(9, 13), 0.03), .steady)
  }

  /// Frequency ratio to the nominal and gain: hum, prime, tierce, quint, nominal and two above.
  static let bellPartials = [
    (0.25, 0.5), (0.5, 0.7), (0.6, 0.55), (0.75, 0.3), (1, 1), (1.5, 0.5), (2, 0.35),
  ]

  /// One or two strokes of a church bell.
  static func peal(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let nominal = generator.uniform(900, 1500)
    var onset = generator.uniform(0, 0.08)
    while onset < DemoSound.seconds {
      for (ratio, gain) in bellPartials {
        buffer.addTone(
          from: nominal * ratio, at: onset, lasting: DemoSound.seconds, gain: 0.25 * gain,
          .decay(0.35 / (0.6 + ratio)))
      }
      onset += generator.uniform(0.3, 0.5)
    }
  }

  /// Three to six short calls that fall or rise steeply.
  static func chirps(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let pitch = generator.uniform(2600, 3900)
    let isFalling = generator.uniform() < 0.6
    var onset = generator.uniform(0, 0.06)
    while onset < DemoSound.seconds - 0.05 {
      let length = generator.uniform(0.045, 0.09)
      let start = pitch * generator.uniform(0.9, 1.25)
      buffer.addTone(
        from: start, to: start * (isFalling ? 0.68 : 1.45), at: onset, lasting: length,
        gain: generator.uniform(0.4, 0.7), harmonics: [1, 0.15], .swell)
      onset += length + generator.uniform(0.03, 0.1)
    }
  }

  /// Firing pulses of a motor on rumbling noise.
  static func engine(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let pitch = generator.uniform(48, 85)
    let strengths = (1...14).map { _ in generator.uniform(0.15, 1) }
    buffer.addTone(
      from: pitch, to: pitch * generator.uniform(0.9, 1.5), at: 0, lasting: DemoSound.seconds,
      gain: 0.22, harmonics: strengths, .steady)
    buffer.addNoise(
      at: 0, lasting: DemoSound.seconds, gain: 0.22, lowPass: 500, .steady, &generator)
  }

  /// Tick and tock at an even pace.
  static func ticking(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let pace = generator.uniform(0.13, 0.2)
    let pitch = generator.uniform(1500, 2300)
    var onset = generator.uniform(0.01, pace)
    var isTick = true
    while onset < DemoSound.seconds {
      let tone = isTick ? pitch : pitch * 0.75
      buffer.addTone(
        from: tone, at: onset, lasting: 0.05, gain: 0.6, harmonics: [1, 0, 0.4], .decay(0.007))
      buffer.addNoise(
        at: onset, lasting: 0.02, gain: 0.4, lowPass: 7000, highPass: 1500, .decay(0.003),
        &generator)
      onset += pace
      isTick.toggle()
    }
  }

  /// Two to five strokes whose pitch drops, each with the slap of the skin.
  static func beats(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let pitch = generator.uniform(95, 170)
    let pace = generator.uniform(0.13, 0.24)
    var onset = generator.uniform(0, 0.08)
    while onset < DemoSound.seconds {
      let force = generator.uniform(0.55, 1)
      buffer.addTone(
        from: pitch * 1.7, to: pitch, at: onset, lasting: 0.25, gain: 0.9 * force,
        harmonics: [1, 0.25], .decay(0.06))
      buffer.addNoise(
        at: onset, lasting: 0.08, gain: 0.35 * force, lowPass: 3500, .decay(0.015), &generator)
      onset += generator.uniform() < 0.3 ? pace / 2 : pace
    }
  }

  /// Sharp crackles at random over a low roar.
  static func crackling(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    buffer.addNoise(
      at: 0, lasting: DemoSound.seconds, gain: 0.12, lowPass: generator.uniform(250, 450), .steady,
      &generator)
    for _ in 0..<(14 + generator.index(below: 14)) {
      buffer.addNoise(
        at: generator.uniform(0, DemoSound.seconds), lasting: 0.03,
        gain: generator.uniform(0.2, 0.9), lowPass: generator.uniform(2000, 6000), highPass: 500,
        .decay(generator.uniform(0.002, 0.006)), &generator)
    }
  }

  /// Even bright noise with the plops of single drops.
  static func downpour(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    buffer.addNoise(
      at: 0, lasting: DemoSound.seconds, gain: 0.3, lowPass: 7500,
      highPass: generator.uniform(900, 2000), .steady, &generator)
    for _ in 0..<(6 + generator.index(below: 8)) {
      let pitch = generator.uniform(900, 2200)
      buffer.addTone(
        from: pitch, to: pitch * 1.5, at: generator.uniform(0, DemoSound.seconds), lasting: 0.03,
        gain: generator.uniform(0.1, 0.3), .decay(0.008))
    }
  }

  /// A wave that rolls in and breaks: low noise, then hiss.
  static func surf(_ buffer: inout SoundBuffer, _ generator: inout SeededGenerator) {
    let onset = generator.uniform(-0.1, 0.1)
    buffer.addNoise(
      at: 0, lasting: DemoSound.seconds, gain: 0.15, lowPass: 350, .steady, &generator)
    buffer.addNoise(
      at: max(onset, 0), lasting: 0.6, gain: 0.5, lowPass: generator.uniform(700, 1200), .swell,
      &generator)
    buffer.addNoise(
      at: onset + 0.25, lasting: 0.45, gain: 0.18, lowPass: 5000, highPass: 1200, .swell,
      &generator)
  }
}
