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
  public func crossEntropy(
    _ logits: Variable<Scalar>, _ labels: Labels
  ) -> Variable<Scalar> {
    let probabilities = Variable<Scalar>(
      rows: logits.rows, columns: logits.columns, differentiable: false)
    let classes = logits.columns
    func label(_ row: Int) -> Int { labels.values[row % labels.values.count] }
    return record(
      MeanLoss(rows: logits.rows) { rows, losses in
        for row in rows {
          let start = row * classes
          let logTotal = softmax(
            logits.value + start, into: probabilities.value + start, count: classes)
          let label = label(row)
          losses[row] = label < 0 ? 0 : Double(logTotal - logits.value[start + label])
        }
      } count: {
        (0..<logits.rows).count { label($0) >= 0 }
      } adjoint: { rows, scale in
        guard let gradient = logits.gradient else { return }
        for row in rows {
          let (label, start) = (label(row), row * classes)
          guard label >= 0 else { continue }
          Scalar.add(scale, probabilities.value + start, to: gradient + start, count: classes)
          gradient[start + label] -= scale
        }
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
