import Foundation
import ModalityKit
import Testing

@testable import Modalities

@Suite struct SoundStatisticsTests {
  private func wave(_ samples: [Float]) -> Waveform {
    Waveform(samples: samples, sampleRate: 16_000, source: .init(sampleRate: 16_000, channels: 1))
  }

  private func features(_ samples: [Float]) throws -> [String: Float] {
    let encoder = try MFCCEncoder.configured()
    var row = FeatureRow()
    try encoder.encode(wave(samples), .init(), into: &row)
    return Dictionary(
      uniqueKeysWithValues: zip(encoder.schema(.init()).names, row.values))
  }

  /// Five frames of which the first is too quiet; the summaries of the other four by hand.
  @Test func summariesByHand() {
    let statistics = SoundStatistics(coefficients: 1, segments: 3, deltas: 1)
    let analysis = SpectralAnalysis.Result(
      frames: 5, melPower: [], decibels: [-36, 0, -30, -10, -26], logarithms: [],
      mfcc: [100, 1, 2, 4, 9], deltas: [[50, 0, 0, 3, 1]], centroids: [100, 200, 300, 400, 500])
    let sound = wave([0.5, -0.5, 0.5, 0.5])
    let found = statistics.features(sound, analysis)
    let expected = [
      // Mean 4; squares 9 + 4 + 0 + 25; changes 1, 2, 5.
      4, (38.0 / 4).squareRoot(), 1, 9, 8.0 / 3,
      // Parts of one, one and two frames.
      1, 2, 6.5,
      log(4.0 / 16_000), log(4.0), 10 * log10(0.25 + 1e-10), 300, 20_000.0.squareRoot(), 2.0 / 3,
      2.0 / 5,
      // Deltas: mean 1; squares 1 + 1 + 4 + 0; changes 0, 3, 2.
      1, 1.5.squareRoot(), 0, 3, 5.0 / 3,
    ]
    #expect(relativeDifference(found, expected) < 1e-14)
    #expect(
      statistics.names == [
        "mfcc0:mean", "mfcc0:deviation", "mfcc0:minimum", "mfcc0:maximum", "mfcc0:change",
        "mfcc0:part0", "mfcc0:part1", "mfcc0:part2",
      ] + SoundStatistics.wholeNames + [
        "delta0:mean", "delta0:deviation", "delta0:minimum", "delta0:maximum", "delta0:change",
      ])
  }

  @Test func fewerFramesThanPartsRepeatFrames() {
    let statistics = SoundStatistics(coefficients: 1, segments: 4, deltas: 0)
    let analysis = SpectralAnalysis.Result(
      frames: 2, melPower: [], decibels: [0, 0], logarithms: [], mfcc: [3, 5], deltas: [],
      centroids: [0, 0])
    #expect(Array(statistics.features(wave([1]), analysis)[5..<9]) == [3, 3, 5, 5])
  }

  /// Silence, a constant, a wave clipped to a square, one sample, huge samples: finite and sane.
  @Test func extremes() throws {
    let silence = try features([Float](repeating: 0, count: 8000))
    #expect(silence["sound:level"] == -100 && silence["sound:centroidMean"] == 0)
    // All of it is as loud as its loudest frame.
    #expect(silence["sound:loudShare"] == 1)
    #expect((silence["mfcc0:deviation"] ?? 1) < 1e-6)

    let constant = try features([Float](repeating: 0.5, count: 8000))
    #expect(abs((constant["sound:level"] ?? 0) + 6.0206) < 1e-3)
    #expect(constant["sound:zeroCrossings"] == 0)
    #expect((constant["sound:centroidMean"] ?? .infinity) < 200)

    let square = try features((0..<8000).map { $0 / 20 % 2 == 0 ? 1 : -1 })
    #expect(abs(square["sound:level"] ?? 1) < 1e-6)
    #expect(abs((square["sound:zeroCrossings"] ?? 0) - 0.05) < 1e-3)

    let loud = try features((0..<8000).map { $0 % 7 < 3 ? 1000 : -1000 })
    for row in [silence, constant, square, loud, try features([1]), try features([0])] {
      #expect(row.count == 347 && row.values.allSatisfy { $0.isFinite })
    }
  }
}
