import Autograd

/// Each training sample's mean loss so far in each modality: how hard it has been.
struct LossHistory {
  private var sums: [[Double]]
  private var counts: [[Int]]
  /// Of the samples' mean losses, a modality each.
  private var extremes: [Extremes]

  init(modalities: Int, samples: Int) {
    sums = Array(repeating: Array(repeating: 0, count: samples), count: modalities)
    counts = Array(repeating: Array(repeating: 0, count: samples), count: modalities)
    extremes = Array(repeating: Extremes(count: samples), count: modalities)
  }

  /// Adds the cross entropy of each labelled row.
  mutating func add<Scalar: Real>(
    _ positions: [Int], logits: [Variable<Scalar>], labels: [Labels]
  ) {
    for m in sums.indices {
      let probabilities = softmaxRows(logits[m].matrix)
      for (row, position) in positions.enumerated() where labels[m].values[row] >= 0 {
        let share = Double(probabilities[row, labels[m].values[row]])
        // A share of 0 is one too small for the number type.
        sums[m][position] -= Double.log(max(share, .leastNormalMagnitude))
        counts[m][position] += 1
        extremes[m].set(sums[m][position] / Double(counts[m][position]), at: position)
      }
    }
  }

  /// Writes the samples' mean losses, the smallest of all samples as 0 and the largest as 1; −1
  /// for a sample without any.
  func write<Scalar: Real>(_ positions: [Int], into columns: [Variable<Scalar>]) {
    for m in sums.indices {
      let (least, most) = (extremes[m].least, extremes[m].most)
      let width = most > least ? most - least : 1
      for (row, position) in positions.enumerated() {
        let count = counts[m][position]
        columns[m].value[row] =
          count == 0 ? -1 : Scalar((sums[m][position] / Double(count) - least) / width)
      }
    }
  }
}

/// The least and the greatest of numbers that change one by one, none of which is known at first: a
/// tree of them, so that a change does not ask all the others.
private struct Extremes {
  /// Node n has the children 2n and 2n + 1; the numbers are the leaves.
  private var lows: [Double]
  private var highs: [Double]
  private let leaves: Int

  init(count: Int) {
    leaves = max(1, count)
    lows = Array(repeating: .infinity, count: 2 * leaves)
    highs = Array(repeating: -.infinity, count: 2 * leaves)
  }

  /// +∞ while no number is known.
  var least: Double { lows[1] }
  /// −∞ while no number is known.
  var most: Double { highs[1] }

  mutating func set(_ number: Double, at place: Int) {
    var node = leaves + place
    lows[node] = number
    highs[node] = number
    while node > 1 {
      node /= 2
      lows[node] = min(lows[2 * node], lows[2 * node + 1])
      highs[node] = max(highs[2 * node], highs[2 * node + 1])
    }
  }
}
