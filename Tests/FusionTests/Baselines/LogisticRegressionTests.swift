import Autograd
import ModalityKit
import SeededRandom
import TestSupport
import Testing

@testable import Fusion

/// Against scikit-learn's LogisticRegression on a dense and a sparse modality.
@Suite struct LogisticRegressionTests {
  private struct Problem {
    let rows: CleanRows
    let tables: [FeatureTable]
    let options: BaselineOptions
  }

  private func problem(_ entry: GoldenValue, classes: Int) throws -> Problem {
    let (dense, sparse) = (try entry.matrix("dense"), try entry.matrix("sparse"))
    let denseRows = (0..<dense.rows).map { row -> FeatureRow? in
      var result = FeatureRow()
      result.startDense(capacity: dense.columns)
      for value in dense.row(row) { result.append(Float(value)) }
      return result
    }
    let sparseRows = (0..<sparse.rows).map { row -> FeatureRow? in
      var result = FeatureRow()
      result.startSparse()
      for (column, value) in sparse.row(row).enumerated() where value != 0 {
        result.append(Float(value), at: column)
      }
      return result
    }
    let tables = [
      FeatureTable(denseRows, features: dense.columns, sparse: false),
      FeatureTable(sparseRows, features: sparse.columns, sparse: true),
    ]
    var options = BaselineOptions()
    options.inversePenalty = try entry.number("C")
    return Problem(
      rows: CleanRows(
        [("dense", tables[0]), ("sparse", tables[1])],
        labels: try entry.numbers("labels").map { Int($0) }, classes: classes),
      tables: tables, options: options)
  }

  @Test func equalsScikitLearn() throws {
    let entry = try BaselineFixture.entry("logistic")
    let problem = try problem(entry, classes: 3)
    let model = try LogisticRegression(problem.rows, options: problem.options)
    #expect(model.converged)
    #expect(deviation(model.weights.values, try entry.numbers("weights")) < 1e-5)
    #expect(deviation(model.bias.values, try entry.numbers("bias")) < 1e-5)
    let found = try Baseline.logistic.train(problem.rows, options: problem.options)
      .probabilities(problem.tables).values.map { Double($0) }
    #expect(deviation(found, try entry.numbers("probabilities")) < 1e-5)
  }

  @Test func equalsScikitLearnWithTwoClasses() throws {
    let entry = try BaselineFixture.entry("logisticTwoClasses")
    let problem = try problem(entry, classes: 2)
    let found = try LogisticRegression(problem.rows, options: problem.options)
      .probabilities(problem.tables).values.map { Double($0) }
    #expect(deviation(found, try entry.numbers("probabilities")) < 1e-5)
  }

  /// A missing modality contributes nothing, even when its row still holds features.
  @Test func aMissingModalityIsZeros() throws {
    let problem = try problem(try BaselineFixture.entry("logistic"), classes: 3)
    let model = try LogisticRegression(problem.rows, options: problem.options)
    let without = model.probabilities([problem.tables[0].dropped(), problem.tables[1]])
    let empty = FeatureTable(
      Array(repeating: nil, count: problem.tables[0].count), features: 3, sparse: false)
    #expect(without == model.probabilities([empty, problem.tables[1]]))
    #expect(without != model.probabilities(problem.tables))
  }

  /// Rows that corrupt are fitted beside the clean ones: the same rows twice are the same rows
  /// under half the penalty.
  @Test func corruptedRowsAreAdded() throws {
    struct Twice: TrainingRows {
      let clean: CleanRows
      let corrupts = true
      func write(
        _ positions: [Int], into inputs: ModelInputs<Float>, _ generator: inout SeededGenerator
      ) { clean.write(positions, into: inputs, &generator) }
    }
    let problem = try problem(try BaselineFixture.entry("logistic"), classes: 3)
    let twice = try LogisticRegression(Twice(clean: problem.rows), options: problem.options)
    var options = problem.options
    options.inversePenalty *= 2
    let once = try LogisticRegression(problem.rows, options: options)
    #expect(deviation(twice.weights.values, once.weights.values) < 1e-4)
  }
}
