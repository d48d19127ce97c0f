import Autograd

/// Each training sample's mean loss so far in each modality: how hard it has been.
struct LossHistory {
  private var sums: [[Double]]
  private var counts: [[Int]]

  init(modalities: Int, samples: Int) {
    sums = Array(repeating: Array(repeating: 0, count: samples), count: modalities)
    counts = Array(repeating: Array(repeating: 0, count: samples), count: modalities)
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
      }
    }
  }

  /// Writes the samples' mean losses, the smallest of all samples as 0 and the largest as 1; −1
  /// for a sample without any.
  func write<Scalar: Real>(_ positions: [Int], into columns: [Variable<Scalar>]) {
    for m in sums.indices {
      var (least, most) = (Double.infinity, -Double.infinity)
      for (sum, count) in zip(sums[m], counts[m]) where count > 0 {
        least = min(least, sum / Double(count))
        most = max(most, sum / Double(count))
      }
      let width = most > least ? most - least : 1
      for (row, position) in positions.enumerated() {
        let count = counts[m][position]
        columns[m].value[row] =
          count == 0 ? -1 : Scalar((sums[m][position] / Double(count) - least) / width)
      }
    }
  }
}
