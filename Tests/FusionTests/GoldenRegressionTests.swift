import Autograd
import Fusion
import TestSupport
import Testing

/// The regression bottleneck, Monte-Carlo dropout and the variance that must not cancel.
@Suite struct GoldenRegressionTests {
  let golden: Golden
  init() throws { golden = try Golden.shared() }

  @Test func bottleneck() throws {
    let entry = try golden.entry("vib_regression")
    let x = Variable(try entry.matrix("x"), differentiable: true)
    let names = ["mu", "logvar", "out"]
    let weights = try names.map {
      Variable(try entry.matrix("W_\($0)").transposed, differentiable: true)
    }
    let biases = try names.map { Variable(try entry.matrix("b_\($0)"), differentiable: true) }
    let eps = try entry.matrices("eps")
    let noise = Matrix(
      rows: eps.count * x.rows, columns: eps[0].columns, values: eps.flatMap(\.values))
    let target = try entry.matrix("target")
    let tape = Tape<Double>()
    let latent = Gaussian(
      mu: tape.linear(x, weights[0], biases[0]),
      sigma: tape.standardDeviation(tape.linear(x, weights[1], biases[1]), range: .wide))
    let z = tape.sample(latent, noise: Variable(noise, differentiable: false))
    let output = tape.linear(z, weights[2], biases[2])
    let task = tape.regressionLoss(output, Targets(target.values, rows: target.rows), .squared)
    let kl = tape.klToStandard(latent)
    let loss = tape.weightedSum([(1, task), (try entry.number("beta"), kl)])
    tape.backward(from: loss)
    #expect(deviation(output.matrix.values, try entry.numbers("output")) < 1e-10)
    for (found, key) in [(task, "task_mean"), (kl, "kl_mean"), (loss, "loss")] {
      #expect(deviation([found.scalar], [try entry.number(key)]) < 1e-10, "\(key)")
    }
    func check(_ gradient: Matrix<Double>, _ key: String) throws {
      #expect(deviation(gradient.values, try entry.numbers(key)) < 1e-10, "\(key)")
    }
    try check(latent.mu.gradientMatrix, "grad_mu_z")
    try check(latent.sigma.gradientMatrix, "grad_sigma_z")
    try check(x.gradientMatrix, "grad_x")
    for (i, name) in names.enumerated() {
      try check(weights[i].gradientMatrix.transposed, "grad_W_\(name)")
      try check(biases[i].gradientMatrix, "grad_b_\(name)")
    }
  }

  @Test(arguments: [
    (RegressionError.squared, "task_per_sample"), (.halfSquared, "half_sq_per_sample"),
    (.absolute, "mae_per_sample"),
  ])
  func everyForm(error: RegressionError, key: String) throws {
    let entry = try golden.entry("vib_regression")
    let output = try #require(try entry.matrices("output").first)
    let target = try entry.matrix("target")
    let expected = try entry.numbers(key)
    for row in 0..<target.rows {
      let found = Tape<Double>().regressionLoss(
        Variable(output.gathering([row]), differentiable: true),
        Targets(Array(target.row(row)), rows: 1), error
      ).scalar
      #expect(deviation([found], [expected[row]]) < 1e-10)
    }
    // The mean over the batch, and the same twice over as two passes.
    let mean = expected.reduce(0, +) / Double(expected.count)
    let twice = Matrix(
      rows: 2 * output.rows, columns: output.columns, values: output.values + output.values)
    for stacked in [output, twice] {
      let found = Tape<Double>().regressionLoss(
        Variable(stacked, differentiable: true), Targets(target.values, rows: target.rows), error
      ).scalar
      #expect(deviation([found], [mean]) < 1e-10)
    }
  }

  /// From the weights and masks to the two parts of the variance.
  @Test func monteCarloDropout() throws {
    let entry = try golden.entry("mc_dropout_regression")
    let x = try entry.matrix("x")
    func leaf(_ matrix: Matrix<Double>) -> Variable<Double> {
      Variable(matrix, differentiable: false)
    }
    func head(
      _ input: Variable<Double>, _ name: String, _ tape: Tape<Double>
    ) throws -> Variable<Double> {
      tape.linear(
        input, leaf(try entry.matrix("W_\(name)").transposed),
        leaf(try entry.matrix("b_\(name)")))
    }
    let keep = 1 / (1 - (try entry.number("p")))
    var (means, variances, sigmas) = ([Double](), [Double](), [Double]())
    let masks = try entry.matrices("mask")
    for mask in masks {
      let tape = Tape<Double>(differentiates: false)
      let scaled = Matrix(
        rows: mask.rows, columns: mask.columns, values: mask.values.map { $0 * keep })
      let hidden = tape.layer(
        .dense(leaf(x)), leaf(try entry.matrix("W1").transposed), leaf(try entry.matrix("b1")),
        .relu, mask: leaf(scaled))
      let sigma = tape.standardDeviation(try head(hidden, "logvar", tape), range: .wide)
      means += try head(hidden, "mu", tape).matrix.values
      sigmas += sigma.matrix.values
      variances += sigma.matrix.values.map { $0 * $0 }
    }
    #expect(deviation(means, try entry.numbers("mu")) < 1e-10)
    #expect(deviation(sigmas, try entry.numbers("sigma")) < 1e-10)
    let columns = means.count / masks.count
    let found = VarianceDecomposition(
      means: Matrix(rows: masks.count, columns: columns, values: means),
      variances: Matrix(rows: masks.count, columns: columns, values: variances))
    for (values, key) in [
      (found.mean, "mean"), (found.aleatoric, "aleatoric"), (found.epistemic, "epistemic"),
      (found.total, "total"),
    ] {
      #expect(deviation(values, try entry.numbers(key)) < 1e-10, "\(key)")
    }
  }

  @Test func varianceDoesNotCancel() throws {
    let entry = try golden.entry("variance_cancellation")
    let values = try entry.numbers("mu")
    let means = Matrix(rows: values.count, columns: 1, values: values)
    let found = VarianceDecomposition(
      means: means, variances: Matrix(rows: values.count, columns: 1, repeating: 0.25))
    // The mean of numbers near 1e8 is rounded to 1.5e-8, its square is what the variance is off by.
    #expect(deviation(found.epistemic, [try entry.number("population_variance")]) < 1e-10)
    #expect(found.aleatoric == [0.25])
  }

  @Test func aSinglePassHasNoEpistemicPart() {
    let found = VarianceDecomposition(
      means: Matrix<Float>(rows: 1, columns: 2, values: [3, -1]),
      variances: Matrix<Float>(rows: 1, columns: 2, values: [0.5, 2]))
    #expect(found.mean == [3, -1])
    #expect(found.epistemic == [0, 0])
    #expect(found.total == [0.5, 2])
  }
}
