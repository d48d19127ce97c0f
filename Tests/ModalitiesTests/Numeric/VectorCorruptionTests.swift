import Modalities
import ModalityKit
import Testing

@Suite struct VectorCorruptionTests {
  /// A hundred features of range 1000 from 500 on, a hundred of range 0.01 from -1 on, one constant.
  static let signal = VectorSignal(
    values: (0..<100).map { 500 + 10 * Double($0) } + (0..<100).map { -1 + 1e-4 * Double($0) } + [7]
  )

  private func fitted() throws -> (VectorEncoder, VectorRanges) {
    let encoder = try VectorEncoder.configured()
    let low = [Double](repeating: 500, count: 100) + [Double](repeating: -1, count: 100) + [7]
    let high = [Double](repeating: 1500, count: 100) + [Double](repeating: -0.99, count: 100) + [7]
    return (
      encoder, try encoder.fit([VectorSignal(values: low), VectorSignal(values: high)])
    )
  }

  private func corruption(_ name: String) throws -> Corruption<VectorSignal> {
    let state = try fitted().1
    return try #require(
      VectorEncoder.corruptions(fitted: state).first { $0.descriptor.name == name })
  }

  @Test func fittedAndUnfittedOnesHaveTheSameNames() throws {
    let names = VectorEncoder.corruptions.map(\.descriptor)
    #expect(names.map(\.name) == ["gaussian", "dropout", "shuffle"])
    #expect(VectorEncoder.corruptions(fitted: try fitted().1).map(\.descriptor) == names)
  }

  @Test func everyCorruptionKeepsTheRules() throws {
    CorruptionTests().check(VectorEncoder.corruptions, on: Self.signal) { _ in true }
    CorruptionTests().check(
      VectorEncoder.corruptions(fitted: try fitted().1), on: Self.signal
    ) { _ in true }
  }

  @Test func noiseIsMeasuredInTrainingRanges() throws {
    let noise = try corruption("gaussian")
    var squares = (wide: 0.0, narrow: 0.0)
    for seed in 0..<50 {
      let result = noise.apply(Self.signal, severity: 2, seed: UInt64(seed))
      for j in 0..<100 {
        let wide = (result.signal.values[j] - Self.signal.values[j]) / 1000
        let narrow = (result.signal.values[100 + j] - Self.signal.values[100 + j]) / 0.01
        squares.wide += wide * wide
        squares.narrow += narrow * narrow
      }
      #expect(abs(result.realised.amount - 2) < 0.5)
    }
    // 5000 draws: the deviation is known to 1 %.
    #expect(abs((squares.wide / 5000).squareRoot() - 2) < 0.1)
    #expect(abs((squares.narrow / 5000).squareRoot() - 2) < 0.1)
    #expect(noise.apply(Self.signal, severity: 2, seed: 1).signal.values[200] != 7)
  }

  @Test func droppedNumbersAreAtTheirTrainingMinimum() throws {
    let result = try corruption("dropout").apply(Self.signal, severity: 4, seed: 3)
    let changed = Self.signal.values.indices.filter {
      result.signal.values[$0] != Self.signal.values[$0]
    }
    let lowest = [Double](repeating: 500, count: 100) + [Double](repeating: -1, count: 100)
    #expect(changed.allSatisfy { result.signal.values[$0] == lowest[$0] })
    #expect(result.realised.amount == Double(changed.count) / 201)
    #expect(abs(result.realised.amount - 0.4) < 0.1)

    let (encoder, state) = try fitted()
    let all = try corruption("dropout").apply(Self.signal, severity: 10, seed: 3)
    var row = FeatureRow()
    try encoder.encode(all.signal, state, into: &row)
    #expect(row.values == [Float](repeating: 0, count: 201))
    // The constant and the two that stood at their minimum already did not change.
    #expect(all.realised.text == "198 of 201 numbers lowered to their training minimum")
  }

  @Test func shufflingPermutesTheScaledNumbers() throws {
    // Without the constant, which is 0 after scaling whatever came to its place.
    let encoder = try VectorEncoder.configured()
    let ranges = try fitted().1
    let state = try encoder.fit(
      [ranges.minimum, ranges.maximum].map { VectorSignal(values: Array($0.prefix(200))) })
    let signal = VectorSignal(values: Array(Self.signal.values.prefix(200)))
    let shuffle = try #require(
      VectorEncoder.corruptions(fitted: state).first { $0.descriptor.name == "shuffle" })
    let result = shuffle.apply(signal, severity: 10, seed: 3)
    var (before, after) = (FeatureRow(), FeatureRow())
    try encoder.encode(signal, state, into: &before)
    try encoder.encode(result.signal, state, into: &after)
    #expect(before.values != after.values)
    let pairs = zip(before.values.sorted(), after.values.sorted())
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-4 })

    let moved = zip(result.signal.values, signal.values).count { $0 != $1 }
    #expect(result.realised.amount == Double(moved) / 200)
    #expect(result.realised.amount > 0.95)
    let half = shuffle.apply(signal, severity: 5, seed: 3)
    #expect((0.4...0.5).contains(half.realised.amount))
  }

  /// The doors that the fusion core uses: with and without what was learned.
  @Test func theErasedDoorsDiffer() throws {
    let encoder = try EncoderType(VectorEncoder.self).make()
    let signals = try [[0, 0], [1000, 10.0]].map { try encoder.decode(.numbers($0)) }
    let fitted = try encoder.fit(signals)
    func change(_ result: Corrupted<ErasedSignal>) throws -> Double {
      abs(try #require(result.signal.value as? VectorSignal).values[0])
    }
    let plain = try encoder.corrupt(signals[0], kind: "gaussian", severity: 1, seed: 2)
    let measured = try fitted.corrupt(signals[0], kind: "gaussian", severity: 1, seed: 2)
    #expect(abs(try change(measured) / change(plain) - 1000) < 1e-6)
    #expect(abs(plain.realised.amount - measured.realised.amount) < 1e-12)
    #expect(
      errorKind { _ = try fitted.corrupt(signals[0], kind: "blur", severity: 1, seed: 1) }
        == .unknownCorruption)
  }
}
