import Autograd
import ModalityKit
import Testing

@testable import Fusion

/// What is done to feature rows in training, told apart on rows that are constant in themselves.
@Suite struct FeatureDamageTests {
  private static let rows = 400
  private static let columns = 32

  /// Every feature of row r.
  private static func original(_ row: Int) -> Float { 1 + Float(row) / 1000 }

  /// Two dense modalities of equal rows, and a sparse one.
  private func inputs() -> ModelInputs<Float> {
    let inputs = ModelInputs<Float>(
      [
        .init(name: "a", features: Self.columns, sparse: false),
        .init(name: "b", features: Self.columns, sparse: false),
        .init(name: "words", features: 5, sparse: true),
      ], rows: Self.rows)
    var words = FeatureRow()
    words.startSparse()
    words.append(2, at: 3)
    let table = FeatureTable(
      [FeatureRow?](repeating: words, count: Self.rows), features: 5, sparse: true)
    inputs.begin()
    for row in 0..<Self.rows {
      inputs.write(table, row: row, modality: 2, as: row)
      for case .dense(let variable) in inputs.leaves {
        for j in 0..<Self.columns {
          variable.value[row * Self.columns + j] = Self.original(row)
        }
      }
    }
    return inputs
  }

  private func dense(_ inputs: ModelInputs<Float>) -> [Matrix<Float>] {
    inputs.leaves.compactMap {
      if case .dense(let variable) = $0 { variable.matrix } else { nil }
    }
  }

  private func damaged(share: Double, seed: UInt64 = 1) -> [Matrix<Float>] {
    let inputs = inputs()
    FeatureDamage(share: share, seed: seed).apply(to: inputs)
    return dense(inputs)
  }

  private func changed(_ matrix: Matrix<Float>) -> [Int] {
    (0..<Self.rows).filter { row in matrix.row(row).contains { $0 != Self.original(row) } }
  }

  @Test func theSeedDecides() {
    let once = damaged(share: 0.5)
    #expect(once == damaged(share: 0.5))
    #expect(once != damaged(share: 0.5, seed: 2))
  }

  @Test func theShareOfRowsIsDamagedInEachModalityApart() {
    for matrix in damaged(share: 0) { #expect(changed(matrix).isEmpty) }
    let half = damaged(share: 0.5).map(changed)
    // 200 expected, standard deviation 10; a few losses and exchanges take no feature.
    for rows in half { #expect((155...235).contains(rows.count), "\(rows.count)") }
    #expect(half[0] != half[1])
    for matrix in damaged(share: 1) { #expect(changed(matrix).count > 370) }
  }

  @Test func everyKindOccursAsDescribed() {
    let matrix = damaged(share: 1)[0]
    var counts: [FeatureDamage.Kind: Int] = [:]
    for row in 0..<Self.rows {
      let (own, next) = (Self.original(row), Self.original((row + 1) % Self.rows))
      let values = matrix.row(row)
      let first = values.first ?? 0
      if values.allSatisfy({ $0 == first }) && first > 0 && first < own {
        counts[.fading, default: 0] += 1
      } else if values.allSatisfy({ $0 == own || $0 == 0 }) {
        counts[.loss, default: 0] += 1
      } else if values.allSatisfy({ $0 == own || $0 == next }) {
        counts[.exchange, default: 0] += 1
      } else {
        #expect(Set(values).count == Self.columns, "noise is drawn for each feature")
        counts[.noise, default: 0] += 1
      }
    }
    // 100 expected of each, standard deviation 9.
    for kind in FeatureDamage.Kind.allCases {
      #expect((60...140).contains(counts[kind] ?? 0), "\(kind): \(counts)")
    }
  }

  /// Noise of deviation 30 is compressed as any feature is: 4 + ln(1 + 200 − 4) < 10.
  @Test func valuesStayFiniteAndBounded() {
    for seed in 1...5 {
      for matrix in damaged(share: 1, seed: UInt64(seed)) {
        #expect(matrix.values.allSatisfy { abs($0) < 10 })
        #expect(matrix.values.contains { abs($0) > 6 }, "noise goes far")
      }
    }
  }

  @Test func sparseLeavesAndPresenceAreLeftAlone() throws {
    let inputs = inputs()
    FeatureDamage(share: 1, seed: 1).apply(to: inputs)
    guard case .sparse(let words) = try #require(inputs.leaves.last) else {
      Issue.record("the last leaf is sparse")
      return
    }
    #expect(words.rows.values == [Float](repeating: 2, count: Self.rows))
    #expect(words.rows.indices == [Int32](repeating: 3, count: Self.rows))
    #expect(inputs.presence.allSatisfy { $0.matrix.values.allSatisfy { $0 == 1 } })
  }
}
