/// Area averaging along one axis: which source pixels an output pixel covers, and how much of each.
///
/// Output pixel o covers the source interval [o·n/m, (o+1)·n/m) of n source pixels scaled to m;
/// a source pixel counts by the length of it that is covered, over the interval's length.
struct AreaScaling {
  /// Where the weights of each output pixel start; `m + 1` entries.
  let starts: [Int]
  /// First source pixel of each output pixel; `m` entries.
  let firstSource: [Int]
  let weights: [Float]

  /// - Parameters: `sourceCount` and `targetCount` are positive.
  init(from sourceCount: Int, to targetCount: Int) {
    var starts = [0]
    var firstSource: [Int] = []
    var weights: [Float] = []
    let ratio = Double(sourceCount) / Double(targetCount)
    for target in 0..<targetCount {
      // Whole numbers throughout, so that an edge that falls on a pixel is exactly there.
      let first = target * sourceCount / targetCount
      let last = min(((target + 1) * sourceCount - 1) / targetCount, sourceCount - 1)
      firstSource.append(first)
      for source in first...last {
        let low = max(Double(target) * ratio, Double(source))
        let high = min(Double(target + 1) * ratio, Double(source + 1))
        weights.append(Float(max(high - low, 0) / ratio))
      }
      starts.append(weights.count)
    }
    self.starts = starts
    self.firstSource = firstSource
    self.weights = weights
  }
}
