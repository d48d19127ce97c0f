import Autograd
import Fusion
import ModalityKit
import Testing

/// What trained methods say of rows: whole, without modalities, alone and together, sparse.
@Suite struct BaselinePredictionTests {
  /// Trained where a fifth of the rows lack a modality, then asked with one, two and all
  /// modalities gone: probabilities stay probabilities, and one view is still enough.
  @Test(arguments: Baseline.allCases)
  func missingModalities(baseline: Baseline) throws {
    let data = try Toy.data(missing: true)
    let model = try baseline.train(CleanRows(data), options: Toy.baselineOptions())
    #expect(Toy.accuracy(model, data) > 0.9)
    var tables = data.tables
    for m in 0..<3 {
      tables[m] = tables[m].dropped()
      let probabilities = model.probabilities(tables)
      for row in 0..<probabilities.rows {
        let sum = probabilities.row(row).reduce(0, +)
        #expect(abs(sum - 1) < 1e-5)
        #expect(probabilities.row(row).allSatisfy { $0 >= 0 })
      }
      if m < 2 { #expect(Toy.accuracy(model, data, tables: tables) > 0.75, "without \(m + 1)") }
    }
  }

  /// What a missing row holds must not matter: a dropped modality answers like an absent one.
  @Test(arguments: Baseline.allCases)
  func aDroppedModalityLeavesNoTrace(baseline: Baseline) throws {
    let data = try Toy.data()
    let model = try baseline.train(CleanRows(data), options: Toy.baselineOptions(epochs: 3))
    let absent = FeatureTable(
      Array(repeating: nil, count: data.tables[1].count), features: 4, sparse: false)
    let dropped = model.probabilities(
      [data.tables[0], data.tables[1].dropped(), data.tables[2]])
    #expect(dropped == model.probabilities([data.tables[0], absent, data.tables[2]]))
    #expect(dropped != model.probabilities(data.tables))
  }

  @Test(arguments: Baseline.allCases)
  func weightsAreShares(baseline: Baseline) throws {
    let data = try Toy.data(missing: true)
    let model = try baseline.train(CleanRows(data), options: Toy.baselineOptions())
    let weights = model.weights(data.tables)
    guard [.qmf, .tmc, .etmc, .attention].contains(baseline) else {
      #expect(weights == nil)
      return
    }
    let found = try #require(weights)
    #expect(found.count == 3 && found.allSatisfy { $0.count == data.dataset.samples.count })
    for row in data.dataset.samples.indices {
      var sum = 0.0
      for m in 0..<3 {
        #expect(found[m][row] >= 0)
        if !data.tables[m].present[row] { #expect(found[m][row] == 0) }
        sum += found[m][row]
      }
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test(arguments: Baseline.allCases)
  func aBatchPredictsWhatSinglesPredict(baseline: Baseline) throws {
    let data = try Toy.data(count: 300, missing: true)
    let model = try baseline.train(CleanRows(data), options: Toy.baselineOptions(epochs: 2))
    let together = model.probabilities(data.tables)
    for row in [0, 5, 270] {
      let alone = model.probabilities(try data.tables([row]))
      for c in 0..<3 { #expect(abs(alone[0, c] - together[row, c]) < 1e-5) }
    }
  }

  /// Sparse features train the same extractors; here they hold what the dense ones hold.
  @Test(arguments: Baseline.allCases)
  func sparseAndDenseFeaturesAgree(baseline: Baseline) throws {
    let data = try Toy.data()
    let sparse = data.tables.map { table -> FeatureTable in
      guard case .dense(let matrix) = table.storage else { return table }
      return FeatureTable(
        (0..<matrix.rows).map { row in
          var result = FeatureRow()
          result.startSparse()
          for (column, value) in matrix.row(row).enumerated() {
            result.append(value, at: column)
          }
          return result
        }, features: matrix.columns, sparse: true)
    }
    func train(_ tables: [FeatureTable]) throws -> Matrix<Float> {
      let named = tables.enumerated().map { (name: "view\($0.offset)", table: $0.element) }
      let rows = CleanRows(named, labels: data.dataset.samples.map(\.label), classes: 3)
      return try baseline.train(rows, options: Toy.baselineOptions(epochs: 2)).probabilities(tables)
    }
    let (left, right) = (try train(data.tables), try train(sparse))
    for (a, b) in zip(left.values, right.values) { #expect(abs(a - b) < 1e-3) }
  }
}
