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
    let (rows, columns) = (logits.rows, logits.columns)
    let probabilities = Variable<Scalar>(rows: rows, columns: columns, differentiable: false)
    return record(
      MeanLoss(rows: rows) { rows, losses in
        Scalar.crossEntropy(
          logits.value, columns: columns, rows: rows, labels: labels.values,
          probabilities: probabilities.value, losses: losses)
      } count: {
        (0..<rows).count { labels.values[$0 % labels.values.count] >= 0 }
      } adjoint: { rows, scale in
        guard let gradient = logits.gradient else { return }
        Scalar.crossEntropyAdjoint(
          probabilities.value, columns: columns, rows: rows, labels: labels.values, scale: scale,
          addingTo: gradient)
      })
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
