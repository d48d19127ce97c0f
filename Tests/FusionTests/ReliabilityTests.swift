import Autograd
import Testing

@testable import Fusion

@Suite("what curves of confidence are made of")
struct ReliabilityTests {
  private let confidence = [0.3, 0.5, 0.9, 0.9, 1, 2.0 / 3]
  private let correct = [false, true, true, false, true, true]

  @Test func binsHoldTheirUpperEdge() {
    let bins = Reliability(confidence: confidence, correct: correct, bins: 3).bins
    #expect(bins.map(\.count) == [1, 2, 3])
    #expect(bins[0].accuracy == 0 && bins[0].meanConfidence == 0.3)
    #expect(bins[1].accuracy == 1)
    #expect(bins[2].accuracy == 2.0 / 3)
    #expect(bins.map(\.low) == [0, 1.0 / 3, 2.0 / 3])
  }

  @Test func emptyBinsSayNothing() {
    let reliability = Reliability(confidence: [], correct: [])
    #expect(reliability.bins.count == 15)
    #expect(reliability.bins.allSatisfy { $0.accuracy == nil && $0.meanConfidence == nil })
    #expect(reliability.expectedCalibrationError == 0)
  }

  @Test func theErrorIsTheWeightedGapOfTheBins() {
    let reliability = Reliability(confidence: confidence, correct: correct, bins: 3)
    let gaps = reliability.bins.reduce(0.0) { sum, bin in
      sum + Double(bin.count) * abs((bin.accuracy ?? 0) - (bin.meanConfidence ?? 0))
    }
    #expect(abs(reliability.expectedCalibrationError - gaps / 6) < 1e-15)
  }

  @Test func riskGoesFromTheSurestToAll() {
    let curve = RiskCoverage(confidence: confidence, correct: correct)
    #expect(curve.risk == [0, 0, 1.0 / 3, 0.25, 0.2, 2.0 / 6])
    #expect(curve.coverage.last == 1 && curve.coverage.first == 1.0 / 6)
    #expect(curve.bestRisk == [0, 0, 0, 0, 0.2, 2.0 / 6])
    #expect(abs(curve.area - curve.risk.reduce(0, +) / 6) < 1e-15)
    #expect(RiskCoverage(confidence: [], correct: []).coverage.isEmpty)
  }

  @Test func theyAreWhatTheMetricsSay() {
    let probabilities = Matrix<Float>(
      rows: 4, columns: 3, values: [0.5, 0.3, 0.2, 0.1, 0.8, 0.1, 0.4, 0.2, 0.4, 0, 0, 1])
    let labels = [0, 0, 2, 2]
    let metrics = ClassificationMetrics(probabilities: probabilities, labels: labels)
    let answers = SplitPrediction(
      indices: [0, 1, 2, 3], labels: labels,
      prediction: Prediction(
        mu: [], sigma: [], alpha: [], present: [], probabilities: probabilities, numbers: [],
        variances: []))
    #expect(answers.predicted == [0, 1, 0, 2])
    #expect(answers.reliability.expectedCalibrationError == metrics.expectedCalibrationError)
    #expect(answers.riskCoverage.area == metrics.areaUnderRiskCoverage)
    #expect(answers.confusion.counts == [[1, 1, 0], [0, 0, 0], [1, 0, 1]])
    #expect(Double(answers.confusion.correct) / 4 == metrics.accuracy)
  }

  @Test func numbersThatAreNoClassAreNotCounted() {
    #expect(ConfusionMatrix(predicted: [0, 5, -1], labels: [0, 0, 0], classes: 2).total == 1)
  }
}
