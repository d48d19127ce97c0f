/// Pearson's correlation (`scipy.stats.pearsonr`). nil where one side is constant or there are
/// fewer than two pairs.
func pearson(_ x: [Double], _ y: [Double]) -> Double? {
  guard x.count == y.count, x.count >= 2 else { return nil }
  let n = Double(x.count)
  let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
  var (product, squareX, squareY) = (0.0, 0.0, 0.0)
  for (a, b) in zip(x, y) {
    product += (a - meanX) * (b - meanY)
    squareX += (a - meanX) * (a - meanX)
    squareY += (b - meanY) * (b - meanY)
  }
  guard squareX > 0, squareY > 0 else { return nil }
  return product / (squareX * squareY).squareRoot()
}

/// Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank
/// (`scipy.stats.spearmanr`). nil where one side is constant or there are fewer than two pairs.
public func spearman(_ x: [Double], _ y: [Double]) -> Double? {
  guard x.count == y.count, x.count >= 2 else { return nil }
  return pearson(ranks(x), ranks(y))
}

/// 1-based ranks; equal values share the mean of their ranks.
func ranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var result = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
    let shared = Double(start + end + 1) / 2
    for position in start..<end { result[order[position]] = shared }
    start = end
  }
  return result
}
