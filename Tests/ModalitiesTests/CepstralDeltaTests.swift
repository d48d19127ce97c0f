import ModalityKit
import TestSupport
import Testing

@testable import Modalities

/// Deltas against librosa (golden-deltas.json; make_deltas.py writes it), and their features.
@Suite struct CepstralDeltaTests {
  @Test(arguments: ["full", "short", "shortest"]) func deltasEqualLibrosa(entry: String) throws {
    let golden = try Golden.fixture("modalities/golden-deltas.json").entry(entry)
    let mfcc = try golden.matrix("mfcc")
    for (order, key) in [(1, "delta"), (2, "deltaDelta")] {
      let found = CepstralDeltas(order: order).of(
        mfcc.transposed.values, coefficients: mfcc.rows)
      let expected = try golden.matrix(key).transposed.values
      #expect(relativeDeviation(found, expected, floor: 1) < 1e-10, "\(key)")
    }
  }

  @Test func slopeAndCurvatureOfAParabola() {
    // 3 − 2t + t²/4 and 5t, interleaved: slopes t/2 − 2 and 5, curvatures 1/2 and 0.
    var (values, slopes, curvatures): ([Double], [Double], [Double]) = ([], [], [])
    for frame in 0..<12 {
      let t = Double(frame)
      values += [3 - 2 * t + t * t / 4, 5 * t]
      // The first four frames have the slope of the fifth, the last four that of the eighth.
      slopes += [min(max(t, 4), 7) / 2 - 2, 5]
      curvatures += [0.5, 0]
    }
    let first = CepstralDeltas(order: 1).of(values, coefficients: 2)
    #expect(deviation(first, slopes) < 1e-12)
    let second = CepstralDeltas(order: 2).of(values, coefficients: 2)
    #expect(deviation(second, curvatures) < 1e-12)
  }

  @Test(arguments: [0, 1, 2]) func tooFewFramesDoNotMove(frames: Int) {
    let values = [Double](repeating: 3, count: frames * 2)
    for order in 1...2 {
      let found = CepstralDeltas(order: order).of(values, coefficients: 2)
      #expect(found == [Double](repeating: 0, count: frames * 2))
    }
  }

  /// A column for each summary of each coefficient, behind those that are always there.
  @Test func featuresOfDeltasFollowTheOthers() throws {
    func row(_ deltas: String) throws -> (names: [String], values: [Float]) {
      let encoder = try MFCCEncoder.configured(["deltas": deltas])
      var row = FeatureRow()
      let wave = try encoder.decode(Fixture.file("int16-16000.wav"))
      try encoder.encode(wave, .init(), into: &row)
      return (encoder.schema(.init()).names, row.values)
    }
    let (plain, first, second) = (try row("0"), try row("1"), try row("2"))
    #expect(plain.names.count == 347 && plain.values.count == 347)
    #expect(first.names.count == 447 && second.names.count == 547)
    #expect(Array(second.names.prefix(447)) == first.names)
    #expect(Array(second.values.prefix(447)) == first.values)
    #expect(Array(first.values.prefix(347)) == plain.values)
    #expect(first.names[347] == "delta0:mean" && second.names[447] == "deltaDelta0:mean")
    #expect(Set(second.names).count == 547)
    #expect(second.values[347...].contains { $0 != 0 })
    #expect(second.values.allSatisfy { $0.isFinite })
  }
}
