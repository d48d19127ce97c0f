import Foundation
import ModalityKit
import TestSupport
import Testing

@testable import Modalities

/// The transform in double precision against the sum that defines it, and the frames it is given.
@Suite struct FourierPlanTests {
  /// |Σ xₙ e^(−2πikn/N)|², with the angle's turn reduced to N first.
  private func power(_ input: [Double]) -> [Double] {
    (0...input.count / 2).map { k in
      var (real, imaginary) = (0.0, 0.0)
      for (n, value) in input.enumerated() {
        let angle = 2 * Double.pi * Double(k * n % input.count) / Double(input.count)
        real += value * cos(angle)
        imaginary -= value * sin(angle)
      }
      return real * real + imaginary * imaginary
    }
  }

  private func found<Plan: FourierPlan>(_ input: [Double], by type: Plan.Type) throws -> [Double] {
    let plan = try #require(Plan(windowLength: input.count))
    var values = input.map { Plan.Scalar($0) }
    var power = [Plan.Scalar](repeating: 0, count: input.count / 2 + 1)
    values.withUnsafeMutableBufferPointer { values in
      power.withUnsafeMutableBufferPointer { plan.power(of: values, into: $0) }
    }
    return power.map { Double($0) }
  }

  /// Radices 4, 2, 3, 5 and 7, primes, and products of them.
  @Test(arguments: [
    2, 4, 6, 8, 14, 16, 18, 30, 64, 66, 74, 100, 126, 128, 254, 400, 420, 512, 1000,
  ])
  func everyEvenLength(length: Int) throws {
    let input = (0..<length).map { sin(Double($0 * $0 + 1)) + 0.25 }
    let expected = power(input)
    let largest = expected.max() ?? 1
    let double = try found(input, by: DoubleFourierPlan.self)
    #expect(relativeDeviation(double, expected, floor: largest) < 1e-13)
    let single = try found(input, by: SingleFourierPlan.self)
    #expect(relativeDeviation(single, expected, floor: largest) < 1e-5)
  }

  @Test func lengthsThatAreRefused() {
    for length in [-2, 0, 7] {
      #expect(DoubleFourierPlan(windowLength: length) == nil)
      #expect(SingleFourierPlan(windowLength: length) == nil)
    }
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
