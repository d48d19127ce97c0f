/// Area averaging along one axis: which source pixels an output pixel covers, and how much of each.
///
/// Output pixel o of m covers the source interval [o·n/m, (o+1)·n/m) of n pixels. Lengths are
/// counted in m-ths of a source pixel, so that they are whole numbers: a source pixel is m long,
/// an output pixel n, and the overlaps of an output pixel sum to n.
struct AreaScaling {
  let sourceCount: Int
  let targetCount: Int
  /// Where the overlaps of each output pixel start; `targetCount + 1` entries.
  let starts: [Int]
  /// First source pixel of each output pixel; `targetCount` entries.
  let firstSource: [Int]
  let overlaps: [Double]

  /// - Parameters: `sourceCount` and `targetCount` are positive.
  init(from sourceCount: Int, to targetCount: Int) {
    var starts = [0]
    var firstSource: [Int] = []
    var overlaps: [Double] = []
    for target in 0..<targetCount {
      let (low, high) = (target * sourceCount, (target + 1) * sourceCount)
      let first = low / targetCount
      firstSource.append(first)
      for source in first...(high - 1) / targetCount {
        let length = min(high, (source + 1) * targetCount) - max(low, source * targetCount)
        overlaps.append(Double(length))
      }
      starts.append(overlaps.count)
    }
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.starts = starts
    self.firstSource = firstSource
    self.overlaps = overlaps
  }

  /// The source pixels of one output pixel and how much of each it covers.
  func sources(of target: Int) -> Zip2Sequence<Range<Int>, ArraySlice<Double>> {
    let weights = overlaps[starts[target]..<starts[target + 1]]
    return zip(firstSource[target]..<firstSource[target] + weights.count, weights)
  }
}
