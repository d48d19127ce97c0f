import Autograd
import Fusion
import TestSupport
import Testing

/// Values from scikit-learn 1.9 and scipy 1.17 (Tests/Fixtures/make_metrics.py), and hand counts.
@Suite struct MetricsTests {
  let probabilities = Matrix<Float>(
    rows: 6, columns: 3,
    values: [
      0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.3, 0.4, 0.3, 0.25, 0.25, 0.5, 0.05, 0.05, 0.9, 0.6, 0.3, 0.1,
    ])
  let labels = [0, 1, 2, 2, 2, 1]

  @Test func againstScikitLearn() {
    let metrics = ClassificationMetrics(probabilities: probabilities, labels: labels)
    #expect(metrics.count == 6)
    #expect(abs(metrics.accuracy - 4.0 / 6) < 1e-12)
    #expect(abs(metrics.negativeLogLikelihood - 0.631045300020431) < 1e-6)
    #expect(abs(metrics.macroF1 - 0.6555555555555556) < 1e-9)
    #expect(abs(metrics.brier - 0.36499999999999994) < 1e-6)
  }

  /// Confidences .7 .8 .4 .5 .9 .6 fall into six bins: the gaps are |hit − confidence|.
  @Test func calibrationErrorByHand() {
    let metrics = ClassificationMetrics(probabilities: probabilities, labels: labels)
    let expected = (0.3 + 0.2 + 0.4 + 0.5 + 0.1 + 0.6) / 6
    #expect(abs(metrics.expectedCalibrationError - expected) < 1e-6)
  }

  /// By confidence: .9 right, .8 right, .7 right, .6 wrong, .5 right, .4 wrong.
  @Test func riskCoverageByHand() {
    let metrics = ClassificationMetrics(probabilities: probabilities, labels: labels)
    let expected = (0 + 0 + 0 + 1.0 / 4 + 1.0 / 5 + 2.0 / 6) / 6
    #expect(abs(metrics.areaUnderRiskCoverage - expected) < 1e-12)
  }

  @Test func spearmanAgainstScipy() throws {
    let rising = try #require(spearman([1, 2, 3, 4], [1, 2, 3, 4]))
    #expect(abs(rising - 1) < 1e-12)
    let falling = try #require(spearman([1, 2, 3], [3, 2, 1]))
    #expect(abs(falling + 1) < 1e-12)
    let ties = try #require(spearman([1, 2, 2, 3, 5, 5], [2, 1, 4, 4, 9, 7]))
    #expect(abs(ties - 0.8508410434878082) < 1e-12)
    #expect(spearman([1, 1, 1], [1, 2, 3]) == nil)
    #expect(spearman([1], [1]) == nil)
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
