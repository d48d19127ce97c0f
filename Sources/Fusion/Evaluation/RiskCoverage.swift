/// How often a model errs when it may keep silent where it is least confident (El-Yaniv and Wiener
/// 2010).
public struct RiskCoverage: Sendable, Equatable {
  /// Error among the k most confident predictions, k = 1…N; ties in the order given.
  public let risk: [Double]
  /// Wrong predictions among all.
  public let errors: Int

  /// - Parameters:
  ///   - confidence: of each prediction; greater means surer.
  ///   - correct: whether it was right.
  public init(confidence: [Double], correct: [Bool]) {
    let order = confidence.indices.sorted { (-confidence[$0], $0) < (-confidence[$1], $1) }
    var errors = 0
    risk = order.enumerated().map { rank, index in
      errors += correct[index] ? 0 : 1
      return Double(errors) / Double(rank + 1)
    }
    self.errors = errors
  }

  public var count: Int { risk.count }

  /// k / N for k = 1…N.
  public var coverage: [Double] {
    (1...max(1, count)).prefix(count).map { Double($0) / Double(count) }
  }

  /// The lowest risk any order could have: all right predictions first.
  public var bestRisk: [Double] {
    (1...max(1, count)).prefix(count).map { Double(max(0, $0 - (count - errors))) / Double($0) }
  }

  /// AURC: the mean of `risk` over k.
  public var area: Double { risk.reduce(0, +) / Double(max(1, count)) }
}
