/// How often predictions of each confidence are right: what a reliability diagram draws.
public struct Reliability: Sendable, Equatable {
  /// Predictions whose confidence lies in (`low`, `high`], as in Guo et al. 2017.
  public struct Bin: Sendable, Equatable {
    public let low: Double
    public let high: Double
    public fileprivate(set) var count = 0
    fileprivate var hits = 0.0
    fileprivate var confidence = 0.0

    /// Share of right predictions; nil for an empty bin.
    public var accuracy: Double? { count > 0 ? hits / Double(count) : nil }
    /// nil for an empty bin.
    public var meanConfidence: Double? { count > 0 ? confidence / Double(count) : nil }
  }

  public private(set) var bins: [Bin]
  public let count: Int

  /// - Parameters:
  ///   - confidence: the largest probability of each prediction, 0...1.
  ///   - correct: whether it was right.
  ///   - bins: of equal width, at least 1.
  public init(confidence: [Double], correct: [Bool], bins number: Int = 15) {
    let number = max(number, 1)
    count = confidence.count
    bins = (0..<number).map {
      Bin(low: Double($0) / Double(number), high: Double($0 + 1) / Double(number))
    }
    for (value, hit) in zip(confidence, correct) {
      let upper = (value * Double(number)).rounded(.up)
      // Compared before it is converted: a diverged model's NaN lands in the first bin.
      let bin = upper > 1 ? Int(min(upper, Double(number))) - 1 : 0
      bins[bin].count += 1
      bins[bin].confidence += value
      bins[bin].hits += hit ? 1 : 0
    }
  }

  /// Expected calibration error: the mean over all predictions of
  /// |accuracy − mean confidence| of their bin.
  public var expectedCalibrationError: Double {
    bins.reduce(0.0) { $0 + abs($1.confidence - $1.hits) } / Double(max(1, count))
  }
}
