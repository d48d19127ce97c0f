import Autograd
import Foundation

/// The two kinds of uncertainty of a class prediction, in nats, from stochastic passes.
public struct EntropyDecomposition: Sendable, Equatable {
  /// Mean over passes of the entropy of each pass: noise in the input.
  public let aleatoric: Double
  /// Mutual information: entropy of the mean minus mean entropy: doubt of the model.
  public let epistemic: Double
  /// Entropy of the mean probabilities, the sum of the two.
  public let total: Double

  /// - Parameter passes: [S, C], each row a pass's class probabilities.
  public init<Scalar: Real>(passes: Matrix<Scalar>) {
    let count = Double(max(1, passes.rows))
    var mean = [Double](repeating: 0, count: passes.columns)
    var expected = 0.0
    for s in 0..<passes.rows {
      let row = passes.row(s).map { Double($0) }
      expected += Self.entropy(row) / count
      for c in row.indices { mean[c] += row[c] / count }
    }
    total = Self.entropy(mean)
    aleatoric = expected
    epistemic = max(0, total - expected)
  }

  private static func entropy(_ probabilities: [Double]) -> Double {
    probabilities.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
  }
}
