/// Class numbers of a batch: a leaf of a tape, rewritten before a replay. A negative number leaves
/// the row out of the mean.
public final class Labels {
  public var values: [Int]

  public init(_ values: [Int]) { self.values = values }
}

extension Tape {
  /// Mean over labelled rows of −ln softmax(logits)[label], natural logarithm; logits [B·S, C].
  ///
  /// With S > 1 stochastic passes the logits are stacked pass after pass and row r has the label
  /// of sample r mod B.
  @inlinable public func crossEntropy(
    _ logits: Variable<Scalar>, _ labels: Labels
  ) -> Variable<Scalar> {
    let output = result(rows: 1, columns: 1)
    let probabilities = Variable<Scalar>(
      rows: logits.rows, columns: logits.columns, differentiable: false)
    let classes = logits.columns
    var counted = 0
    return record(output) {
      var sum: Scalar = 0
      counted = 0
      for row in 0..<logits.rows {
        let start = row * classes
        let logTotal = softmax(
          logits.value + start, into: probabilities.value + start, count: classes)
        let label = labels.values[row % labels.values.count]
        guard label >= 0 else { continue }
        counted += 1
        sum += logTotal - logits.value[start + label]
      }
      output.value[0] = sum / Scalar(max(1, counted))
    } backward: {
      guard let upstream = output.gradient, let gradient = logits.gradient else { return }
      let scale = upstream[0] / Scalar(max(1, counted))
      for row in 0..<logits.rows {
        let label = labels.values[row % labels.values.count]
        guard label >= 0 else { continue }
        let start = row * classes
        Scalar.add(scale, probabilities.value + start, to: gradient + start, count: classes)
        gradient[start + label] -= scale
      }
    }
  }
}

/// Max-subtracted softmax of `count` numbers; returns ln Σ e^x.
@inlinable @discardableResult
public func softmax<Scalar: Real>(
  _ logits: UnsafePointer<Scalar>, into probabilities: UnsafeMutablePointer<Scalar>, count: Int
) -> Scalar {
  var largest = -Scalar.infinity
  for j in 0..<count { largest = max(largest, logits[j]) }
  var total: Scalar = 0
  for j in 0..<count {
    probabilities[j] = Scalar.exp(logits[j] - largest)
    total += probabilities[j]
  }
  for j in 0..<count { probabilities[j] /= total }
  return largest + Scalar.log(total)
}
