import Autograd

/// The two kinds of uncertainty of a predicted number, from stochastic passes with dropped units.
///
/// sigma*² = mean_i(sigma_i²) [aleatoric] + Var_i(mu_i) [epistemic], where Var_i is the population
/// variance (divided by N). The published text prints (mu*)² = mean(mu_i²), which would leave
/// nothing for the epistemic part: mu* is the mean of mu_i.
public struct VarianceDecomposition: Sendable, Equatable {
  /// Mean over the passes of mu_i, one an output.
  public let mean: [Double]
  /// Mean over the passes of sigma_i²: noise in the input.
  public let aleatoric: [Double]
  /// Population variance over the passes of mu_i: doubt of the model.
  public let epistemic: [Double]

  /// The sum of the two, one an output.
  public var total: [Double] { zip(aleatoric, epistemic).map { $0 + $1 } }

  /// - Parameters:
  ///   - means: [N, outputs], a row a pass.
  ///   - variances: sigma_i², of the same shape.
  public init<Scalar: Real>(means: Matrix<Scalar>, variances: Matrix<Scalar>) {
    let mean = Self.columnMeans(means)
    // In two passes: mean of squares minus square of the mean cancels, even below zero.
    var deviations = [Double](repeating: 0, count: means.columns)
    for pass in 0..<means.rows {
      for (k, value) in means.row(pass).enumerated() {
        let difference = Double(value) - mean[k]
        deviations[k] += difference * difference / Double(means.rows)
      }
    }
    self.mean = mean
    epistemic = deviations
    aleatoric = Self.columnMeans(variances)
  }

  private static func columnMeans<Scalar: Real>(_ matrix: Matrix<Scalar>) -> [Double] {
    var sums = [Double](repeating: 0, count: matrix.columns)
    for row in 0..<matrix.rows {
      for (k, value) in matrix.row(row).enumerated() { sums[k] += Double(value) }
    }
    return sums.map { $0 / Double(max(1, matrix.rows)) }
  }
}
