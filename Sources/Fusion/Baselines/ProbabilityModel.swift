import Autograd

/// A trained classifier of samples in several modalities. Not thread-safe.
public protocol ProbabilityModel {
  /// [N, C], rows sum to 1.
  ///
  /// - Parameter tables: one a modality, rows running parallel.
  func probabilities(_ tables: [FeatureTable]) -> Matrix<Float>

  /// [modality][sample]: how much each modality counts, summing to 1 over the modalities present
  /// and 0 where missing. Nil for methods without weights.
  func weights(_ tables: [FeatureTable]) -> [[Double]]?
}

/// Max-subtracted softmax of each row.
func softmaxRows<Scalar: Real>(_ logits: Matrix<Scalar>) -> Matrix<Scalar> {
  var result = logits
  logits.values.withUnsafeBufferPointer { source in
    result.values.withUnsafeMutableBufferPointer { target in
      guard let from = source.baseAddress, let to = target.baseAddress else { return }
      for row in 0..<logits.rows {
        let start = row * logits.columns
        softmax(from + start, into: to + start, count: logits.columns)
      }
    }
  }
  return result
}

/// Scores at least 0 of the modalities, [modality][sample], divided by their sum; equal shares
/// where all are 0, and 0 where missing.
func shares<Scalar: Real>(
  _ scores: [[Double]], presence: [Variable<Scalar>]
) -> [[Double]] {
  var result = scores
  for row in scores.first?.indices ?? 0..<0 {
    let present = scores.indices.filter { presence[$0].isPresent(row) }
    let total = present.reduce(0.0) { $0 + scores[$1][row] }
    for m in scores.indices {
      let isPresent = presence[m].isPresent(row)
      result[m][row] =
        !isPresent ? 0 : total > 0 ? scores[m][row] / total : 1 / Double(present.count)
    }
  }
  return result
}
