import Foundation
import ModalityKit
import SeededRandom

/// Ways to spoil a sound. The realised amount is the RMS of the change over the RMS of the sound,
/// except for `dropout`: the share of the sound that is gone.
///
/// A nearly silent sound counts as one of RMS 0.001 (-60 dB), so that noise still shows in it and
/// no ratio is divided by zero.
enum AudioCorruptions {
  static let all: [Corruption<Waveform>] = [
    Corruption("noise", "adds white noise at a signal-to-noise ratio of 20 − 4·severity dB") {
      addition($0, $1, &$2, whiteNoise)
    },
    Corruption("hum", "adds mains hum, 50 Hz and overtones, at 20 − 4·severity dB") {
      addition($0, $1, &$2, mainsHum)
    },
    Corruption("clip", "cuts the wave off at 1 − 0.098·severity of its peak", spoil: clip),
    Corruption(
      "dropout", "silences a share severity/10 of the sound in pieces of 40 ms", spoil: dropout),
    Corruption(
      "lowpass", "takes the high frequencies away, above 8000 / 2^(0.6·severity) Hz",
      spoil: lowPass),
  ]

  private static let quietest = 1e-3

  private static func reference(_ waveform: Waveform) -> Double { max(waveform.level, quietest) }

  // MARK: Added sounds

  private typealias Source = (Int, Int, inout SeededGenerator) -> [Float]

  private static func addition(
    _ waveform: Waveform, _ severity: Double, _ generator: inout SeededGenerator, _ source: Source
  ) -> Corrupted<Waveform> {
    let decibels = 20 - 4 * severity
    let wanted = reference(waveform) * pow(10, -decibels / 20)
    let added = source(waveform.samples.count, waveform.sampleRate, &generator)
    let level = added.rootMeanSquare
    guard level > 0 else { return Corrupted(signal: waveform, realised: .none) }
    // Scaled by what the added sound really has, so that the ratio is met by each sample.
    let scale = Float(wanted / level)
    var samples = waveform.samples
    for index in samples.indices { samples[index] += scale * added[index] }
    let amount = change(from: waveform, to: samples)
    // Rounded first, and + 0, so that no "-0.0" is printed.
    let measured = (-200 * log10(max(amount, 1e-6))).rounded() / 10 + 0
    return Corrupted(
      signal: waveform.with(samples: samples),
      realised: RealisedCorruption(
        amount: amount, text: String(format: "SNR %.1f dB", measured)))
  }

  private static func whiteNoise(
    _ count: Int, _ sampleRate: Int, _ generator: inout SeededGenerator
  ) -> [Float] {
    (0..<count).map { _ in Float(generator.normal()) }
  }

  /// Ten partials of 50 Hz with amplitudes 1/k and random phases.
  private static func mainsHum(
    _ count: Int, _ sampleRate: Int, _ generator: inout SeededGenerator
  ) -> [Float] {
    var result = [Float](repeating: 0, count: count)
    for partial in 1...10 {
      let step = 2 * Double.pi * 50 * Double(partial) / Double(sampleRate)
      let phase = generator.uniform(0, 2 * .pi)
      // sin(phase + step · n) by rotation; ten seconds of it drift by less than 1e-10.
      let (turnCosine, turnSine) = (cos(step), sin(step))
      var (cosine, sine) = (cos(phase), sin(phase))
      for index in result.indices {
        result[index] += Float(sine / Double(partial))
        (cosine, sine) = (
          cosine * turnCosine - sine * turnSine, sine * turnCosine + cosine * turnSine
        )
      }
    }
    return result
  }

  // MARK: Things taken away

  private static func clip(
    _ waveform: Waveform, severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<Waveform> {
    let peak = waveform.samples.reduce(0) { max($0, abs($1)) }
    let limit = peak * Float(1 - 0.098 * severity)
    return changed(waveform, waveform.samples.map { min(max($0, -limit), limit) }) {
      String(
        format: "clipped to %.0f %% of the peak, change %.2f of the sound",
        100 - 9.8 * severity, $0)
    }
  }

  private static func dropout(
    _ waveform: Waveform, severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<Waveform> {
    let piece = max(1, waveform.sampleRate / 25)
    var samples = waveform.samples
    var silenced = 0
    for start in stride(from: 0, to: samples.count, by: piece)
    where generator.uniform() < severity / 10 {
      let end = min(start + piece, samples.count)
      for index in start..<end { samples[index] = 0 }
      silenced += end - start
    }
    guard silenced > 0 else { return Corrupted(signal: waveform, realised: .none) }
    let share = Double(silenced) / Double(samples.count)
    return Corrupted(
      signal: waveform.with(samples: samples),
      realised: RealisedCorruption(
        amount: share, text: String(format: "%.0f %% of the sound silenced", 100 * share)))
  }

  /// A second-order Butterworth section forwards and one backwards: 24 dB an octave and no shift
  /// in time, so that the measured change is what was taken away.
  private static func lowPass(
    _ waveform: Waveform, severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<Waveform> {
    let rate = Double(waveform.sampleRate)
    let cutoff = min(8000 / pow(2, 0.6 * severity), 0.45 * rate)
    let forwards = butterworth(waveform.samples, cutoff: cutoff / rate)
    let both = butterworth(forwards.reversed(), cutoff: cutoff / rate)
    return changed(waveform, both.reversed()) { _ in
      String(format: "nothing above %.0f Hz", cutoff)
    }
  }

  /// One section by the bilinear transform; `cutoff` in cycles a sample, below 0.5.
  private static func butterworth(_ samples: [Float], cutoff: Double) -> [Float] {
    let warped = tan(.pi * cutoff)
    let scale = 1 / (1 + 2.0.squareRoot() * warped + warped * warped)
    let gain = warped * warped * scale
    let first = 2 * (warped * warped - 1) * scale
    let second = (1 - 2.0.squareRoot() * warped + warped * warped) * scale
    var (x1, x2, y1, y2) = (0.0, 0.0, 0.0, 0.0)
    return samples.map { sample in
      let x = Double(sample)
      let y = gain * (x + 2 * x1 + x2) - first * y1 - second * y2
      (x2, x1, y2, y1) = (x1, x, y1, y)
      return Float(y)
    }
  }

  private static func changed(
    _ waveform: Waveform, _ samples: [Float], _ text: (Double) -> String
  ) -> Corrupted<Waveform> {
    let amount = change(from: waveform, to: samples)
    guard amount > 0 else { return Corrupted(signal: waveform, realised: .none) }
    return Corrupted(
      signal: waveform.with(samples: samples),
      realised: RealisedCorruption(amount: amount, text: text(amount)))
  }

  private static func change(from waveform: Waveform, to samples: [Float]) -> Double {
    zip(samples, waveform.samples).map { $0 - $1 }.rootMeanSquare / reference(waveform)
  }
}
