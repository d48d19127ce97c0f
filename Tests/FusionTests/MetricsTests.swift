import Autograd
import Fusion
import TestSupport
import Testing

/// Every metric against scikit-learn, scipy or numpy, over random and degenerate cases
/// (Tests/Fixtures/make_metrics.py).
@Suite struct MetricsTests {
  let fixture: Golden
  init() throws { fixture = try Golden.fixture("metrics.json") }

  @Test func classificationMetrics() throws {
    for entry in try fixture.cases("classification") {
      let labels = try entry.numbers("labels").map { Int($0) }
      let metrics = ClassificationMetrics(
        probabilities: Matrix(
          rows: labels.count, columns: Int(try entry.number("classes")),
          values: try entry.numbers("probabilities").map { Float($0) }), labels: labels)
      let name = Comment(rawValue: try entry.text("name"))
      #expect(metrics.count == labels.count)
      for (found, key) in [
        (metrics.accuracy, "accuracy"), (metrics.negativeLogLikelihood, "nll"),
        (metrics.brier, "brier"), (metrics.macroF1, "macro_f1"),
        (metrics.expectedCalibrationError, "ece"), (metrics.areaUnderRiskCoverage, "aurc"),
      ] {
        #expect(deviation([found], [try entry.number(key)]) < 1e-10, "\(name) \(key)")
      }
    }
  }

  @Test func spearmanAgainstScipy() throws {
    for entry in try fixture.cases("spearman") {
      let found = spearman(try entry.numbers("x"), try entry.numbers("y"))
      if case .null = try entry.at("rho") {
        #expect(found == nil)
      } else {
        #expect(deviation([try #require(found)], [try entry.number("rho")]) < 1e-12)
      }
    }
    #expect(spearman([1], [1]) == nil)
    #expect(spearman([1, 2], [1, 2, 3]) == nil)
  }

  @Test func areaUnderROCAgainstScikitLearn() throws {
    for entry in try fixture.cases("roc") {
      let positives = try entry.numbers("positives").map { $0 == 1 }
      let found = areaUnderROC(try entry.numbers("scores"), positives)
      if case .null = try entry.at("area") {
        #expect(found == nil)
      } else {
        #expect(deviation([try #require(found)], [try entry.number("area")]) < 1e-12)
      }
    }
    #expect(areaUnderROC([], []) == nil)
    #expect(areaUnderROC([1, 2], [true]) == nil)
    #expect(areaUnderROC([1, .nan], [true, false]) == nil)
  }

  /// A diverged model's probabilities are judged, badly, and nothing traps.
  @Test func notANumber() {
    let metrics = ClassificationMetrics(
      probabilities: Matrix(rows: 2, columns: 2, values: [.nan, .nan, 0.25, 0.75]), labels: [1, 1])
    #expect(metrics.accuracy == 0.5)
    #expect(metrics.expectedCalibrationError.isNaN)
    let none = ClassificationMetrics(
      probabilities: Matrix<Float>(rows: 0, columns: 3), labels: [])
    #expect(none.count == 0 && none.accuracy == 0 && none.areaUnderRiskCoverage == 0)
  }

  /// Confidences .7 .8 .4 .5 .9 .6 fall into six bins: the gaps are |hit − confidence|.
  @Test func calibrationAndRiskByHand() {
    let metrics = ClassificationMetrics(
      probabilities: Matrix(
        rows: 6, columns: 3,
        values: [
          0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.3, 0.4, 0.3, 0.25, 0.25, 0.5, 0.05, 0.05, 0.9, 0.6, 0.3,
          0.1,
        ]), labels: [0, 1, 2, 2, 2, 1])
    let gaps = (0.3 + 0.2 + 0.4 + 0.5 + 0.1 + 0.6) / 6
    #expect(abs(metrics.expectedCalibrationError - gaps) < 1e-6)
    // By confidence: .9 right, .8 right, .7 right, .6 wrong, .5 right, .4 wrong.
    let area = (0 + 0 + 0 + 1.0 / 4 + 1.0 / 5 + 2.0 / 6) / 6
    #expect(abs(metrics.areaUnderRiskCoverage - area) < 1e-12)
  }

  @Test func entropyDecompositionGolden() throws {
    let entry = try Golden.shared().entry("mc_dropout_classification")
    let passes = try entry.matrices("logits")
    for row in 0..<passes[0].rows {
      let probabilities = passes.flatMap { pass -> [Double] in
        var shares = [Double](repeating: 0, count: pass.columns)
        softmax(Array(pass.row(row)), into: &shares, count: pass.columns)
        return shares
      }
      let found = EntropyDecomposition(
        passes: Matrix(rows: passes.count, columns: passes[0].columns, values: probabilities))
      #expect(
        deviation([found.total], [try entry.numbers("total_entropy")[row]]) < 1e-10)
      #expect(
        deviation(
          [found.aleatoric], [try entry.numbers("aleatoric_expected_entropy")[row]]) < 1e-10)
      #expect(
        deviation(
          [found.epistemic], [try entry.numbers("epistemic_mutual_information")[row]]) < 1e-10)
    }
  }
}
