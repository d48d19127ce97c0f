import Foundation
import Testing

@testable import Fusion

/// Against scikit-learn 1.9, scipy 1.17 (Tests/Fixtures/make_regression_metrics.py), and by hand.
@Suite struct RegressionMetricsTests {
  private struct Reference: Decodable {
    struct Interval: Decodable {
      let share: Double
      let coverage: Double
      let width: Double
      let firstLow: Double
      let firstHigh: Double
    }
    let value: [Double]
    let target: [Double]
    let aleatoric: [Double]
    let epistemic: [Double]
    let mae: Double
    let rmse: Double
    let correlation: Double
    let determination: Double
    let nll: Double
    let errorSpearman: Double
    let intervals: [Interval]
  }

  private func reference() throws -> (Reference, [RegressionTarget.Value]) {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/regression_metrics.json").standardizedFileURL
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: path))
    let values = reference.value.indices.map {
      RegressionTarget.Value(
        value: reference.value[$0], aleatoric: reference.aleatoric[$0],
        epistemic: reference.epistemic[$0])
    }
    return (reference, values)
  }

  @Test func againstTheLibraries() throws {
    let (expected, values) = try reference()
    let metrics = RegressionMetrics(values, targets: expected.target)
    #expect(metrics.count == 40)
    #expect(abs(metrics.meanAbsoluteError - expected.mae) < 1e-10)
    #expect(abs(metrics.rootMeanSquaredError - expected.rmse) < 1e-10)
    #expect(abs(try #require(metrics.correlation) - expected.correlation) < 1e-10)
    #expect(abs(try #require(metrics.determination) - expected.determination) < 1e-10)
    #expect(abs(metrics.negativeLogLikelihood - expected.nll) < 1e-10)
    #expect(abs(try #require(metrics.errorRankCorrelation) - expected.errorSpearman) < 1e-10)
  }

  @Test func intervalsAreLaplace() throws {
    let (expected, values) = try reference()
    let metrics = RegressionMetrics(values, targets: expected.target)
    #expect(metrics.intervals.map { $0.share } == expected.intervals.map { $0.share })
    for (found, wanted) in zip(metrics.intervals, expected.intervals) {
      #expect(found.coverage == wanted.coverage)
      #expect(abs(found.width - wanted.width) < 1e-10)
      let first = values[0].interval(wanted.share)
      #expect(abs(first.low - wanted.firstLow) < 1e-10)
      #expect(abs(first.high - wanted.firstHigh) < 1e-10)
    }
  }

  @Test func whatCannotBeSaidIsNil() {
    let same = RegressionMetrics(
      [.init(value: 1, aleatoric: 1, epistemic: 0), .init(value: 1, aleatoric: 1, epistemic: 0)],
      targets: [2, 2])
    #expect(same.correlation == nil)
    #expect(same.determination == nil)
    #expect(same.errorRankCorrelation == nil)
    #expect(same.meanAbsoluteError == 1)
    let none = RegressionMetrics([], targets: [])
    #expect(none.count == 0 && none.meanAbsoluteError == 0)
  }
}
