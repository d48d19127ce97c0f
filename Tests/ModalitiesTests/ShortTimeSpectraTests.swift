import Foundation
import ModalityKit
import TestSupport
import Testing

@testable import Modalities

extension ShortTimeSpectra {
  /// The powers of every frame.
  func frames(of samples: [Float]) -> [[Double]] {
    var result: [[Double]] = []
    forEach(of: samples) { run, power in
      for lane in run.indices.map({ $0 - run.lowerBound }) {
        result.append(
          (0...layout.windowLength / 2).map { Double(power[$0 * Self.lanes + lane]) })
      }
    }
    return result
  }
}

/// The kernels in C against the sums that define them, and the frames they are given.
@Suite struct ShortTimeSpectraTests {
  private func deviation<Scalar: SpectralScalar>(
    _ type: Scalar.Type, length: Int, hop: Int
  ) -> Double {
    let layout = FrameLayout(
      windowLength: length, hopLength: hop, isCentred: false, padding: .zero)
    let spectra = ShortTimeSpectra<Scalar>(layout: layout)
    // Nine frames: one run of eight, and one of which seven lanes have no frame.
    let samples = (0..<length + 8 * hop).map { Float(sin(Double($0 * $0 % 9973 + 1))) + 0.25 }
    let frames = spectra.frames(of: samples)
    guard frames.count == 9 else { return .infinity }
    return [0, 5, 8].map { frame in
      let values = samples[frame * hop..<frame * hop + length].map { Double($0) }
      let expected = spectra.tables.reference(values)
      return relativeDeviation(frames[frame], expected, floor: expected.max() ?? 1)
    }.max() ?? .infinity
  }

  /// Radices 4, 2, 3, 5 and 7, primes, and products of them; hops that divide the window, that do
  /// not, and that are longer.
  @Test(arguments: [
    (2, 1), (4, 3), (6, 8), (8, 2), (14, 5), (18, 4), (30, 7), (64, 32), (66, 33), (74, 32),
    (100, 25), (126, 64), (128, 32), (254, 100), (400, 160), (420, 420), (512, 700), (1000, 256),
    (1024, 256), (2038, 512),
  ])
  func everyEvenLength(length: Int, hop: Int) {
    #expect(deviation(Double.self, length: length, hop: hop) < 1e-13)
    #expect(deviation(Float.self, length: length, hop: hop) < 1e-6)
  }

  @Test func weightedSums() {
    let weights = BinWeights([
      MelFilterbank.Band(firstBin: 1, weights: [0.5, 2, 0.25]),
      MelFilterbank.Band(firstBin: 0, weights: []),
      MelFilterbank.Band(firstBin: 3, weights: [3, 1]),
    ])
    let lanes = ShortTimeSpectra<Double>.lanes
    let power = (0..<5 * lanes).map { Double($0) }
    // Frames 2, 3 and 4 of five.
    var result = [Double](repeating: -1, count: 5 * 3)
    weights.project(power, of: 2..<5, into: &result)
    let before = [Double](repeating: -1, count: 6)
    let expected: [Double] = (0..<3).flatMap { lane in
      weights.reference((0..<5).map { bin in power[bin * lanes + lane] })
    }
    #expect(result == before + expected)
    // By hand, for lane 0: the bins are 0, 8, 16, 24, 32.
    let first: [Double] = [4 + 32 + 6, 0, 72 + 32]
    #expect(Array(expected.prefix(3)) == first)
  }

  /// Against libm, over all magnitudes and close to 1, where the logarithm is small.
  @Test func logarithms() {
    var values = (-299...300).map { pow(10, Double($0) + 0.37) }
    values += [1, 1.0.nextUp, 1.0.nextDown, 0.5.squareRoot(), 2.0.squareRoot(), 1e-10.nextUp]
    values += (1..<500).map { 1 + Double($0 - 250) / 100_000 }
    for (found, value) in zip(Cepstrum.naturalLogarithms(values), values) {
      let expected = log(max(1e-10, value))
      #expect(abs(found - expected) <= 4e-15 * abs(expected), "ln \(value)")
    }
    let decibels = Cepstrum.decibels([0, 1e-10, 1e-11, 1, 10], range: 200)
    #expect(relativeDeviation(decibels, [-100, -100, -100, 0, 10], floor: 1) < 1e-15)
    #expect(decibels.prefix(3).allSatisfy { $0 == -100 })
    #expect(Cepstrum.decibels([]).isEmpty)
  }

  /// The cosine transform of every width against its sum.
  @Test(arguments: [4, 7, 8, 13, 20, 64]) func cosineTransform(coefficients: Int) {
    let bands = 64
    let logarithms = (0..<3 * bands).map { sin(Double($0)) * 40 }
    var expected: [Double] = []
    for frame in 0..<3 {
      for k in 0..<coefficients {
        var total = 0.0
        for n in 0..<bands {
          let angle = Double.pi * Double(k) * Double(2 * n + 1) / Double(2 * bands)
          total += logarithms[frame * bands + n] * cos(angle)
        }
        expected.append(total * ((k == 0 ? 1.0 : 2) / Double(bands)).squareRoot())
      }
    }
    let found = Cepstrum(bands: bands, coefficients: coefficients).coefficients(of: logarithms)
    #expect(relativeDeviation(found, expected, floor: 1) < 1e-13)
  }

  /// numpy.pad(mode="reflect") of 0 1 2 3 and of one number, over several reflections.
  @Test func reflection() {
    let places = (-7..<11).map { FrameLayout.reflected($0, count: 4) }
    #expect(places == [1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2])
    #expect((-3..<4).allSatisfy { FrameLayout.reflected($0, count: 1) == 0 })
  }

  /// Sounds of every length are encoded with every choice of frames, with finite rows.
  @Test(arguments: [1, 2, 511, 1023, 1024, 1025, 1280])
  func shortSounds(count: Int) throws {
    let wave = Waveform(
      samples: (0..<count).map { Float(sin(Double($0))) }, sampleRate: 16_000,
      source: .init(sampleRate: 16_000, channels: 1))
    for (center, padding) in [("on", "zero"), ("on", "reflect"), ("off", "zero")] {
      for precision in ["single", "double"] {
        let encoder = try MFCCEncoder.configured([
          "center": center, "padding": padding, "precision": precision, "deltas": "2",
          "logarithm": "natural", "lifter": "22", "scale": "htk", "melNorm": "none",
        ])
        var row = FeatureRow()
        try encoder.encode(wave, .init(), into: &row)
        #expect(row.values.count == encoder.schema(.init()).count)
        #expect(row.values.allSatisfy { $0.isFinite })
      }
    }
    let layout = FrameLayout(
      windowLength: 1024, hopLength: 256, isCentred: false, padding: .zero)
    #expect(layout.frames(count) == (count < 1280 ? 1 : 2))
  }
}
