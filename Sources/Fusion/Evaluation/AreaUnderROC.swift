/// Area under the receiver operating characteristic: the probability that a positive scores higher
/// than a negative, ties counting half (scikit-learn's `roc_auc_score`). 0…1, 0.5 for a score that
/// tells nothing.
///
/// From ranks that ties share (Mann–Whitney): (Σ ranks of positives − P(P + 1)/2) / (P N).
///
/// - Parameters:
///   - scores: one a sample, higher for what should be positive.
///   - positives: whether each sample is positive, as many as scores.
/// - Returns: nil where one of the two kinds does not occur, the counts differ, or a score is NaN.
public func areaUnderROC(_ scores: [Double], _ positives: [Bool]) -> Double? {
  guard scores.count == positives.count, !scores.contains(where: { $0.isNaN }) else { return nil }
  let positive = Double(positives.count { $0 })
  let negative = Double(positives.count) - positive
  guard positive > 0, negative > 0 else { return nil }
  let sum = zip(ranks(scores), positives).reduce(0.0) { $0 + ($1.1 ? $1.0 : 0) }
  return (sum - positive * (positive + 1) / 2) / (positive * negative)
}
