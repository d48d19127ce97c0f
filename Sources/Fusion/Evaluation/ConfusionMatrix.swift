/// How often each class is taken for which.
public struct ConfusionMatrix: Sendable, Equatable {
  /// `counts[true][predicted]`
  public private(set) var counts: [[Int]]

  /// - Parameters:
  ///   - predicted, labels: numbers in 0..<`classes`, running parallel; others are not counted.
  public init(predicted: [Int], labels: [Int], classes: Int) {
    counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (answer, label) in zip(predicted, labels)
    where counts.indices.contains(answer) && counts.indices.contains(label) {
      counts[label][answer] += 1
    }
  }

  public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
  /// The diagonal.
  public var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
}
