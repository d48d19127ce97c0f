import Autograd
import Fusion
import TestSupport
import Testing

/// KL and L_UDR in Double against the reference values, with gradients.
@Suite struct GoldenGaussianTests {
  let golden: Golden
  init() throws { golden = try Golden.shared() }

  private func gaussian(_ mu: Matrix<Double>, _ sigma: Matrix<Double>) -> Gaussian<Double> {
    Gaussian(
      mu: Variable(mu, differentiable: true), sigma: Variable(sigma, differentiable: true))
  }

  @Test func klDivergenceAndGradients() throws {
    let entry = try golden.entry("kl")
    let a = gaussian(try entry.matrix("mu1"), try entry.matrix("sigma1"))
    let b = gaussian(try entry.matrix("mu2"), try entry.matrix("sigma2"))
    let tape = Tape<Double>()
    let loss = tape.klDivergence(a, b)
    tape.backward(from: loss)
    #expect(deviation([loss.scalar], [try entry.number("kl_mean")]) < 1e-10)
    for (variable, name) in [
      (a.mu, "grad_mu1"), (a.sigma, "grad_sigma1"), (b.mu, "grad_mu2"), (b.sigma, "grad_sigma2"),
    ] {
      #expect(
        deviation(variable.gradientMatrix.values, try entry.numbers(name)) < 1e-10, "\(name)")
    }
    let perElement = (0..<a.mu.count).map {
      klDivergence(
        mu1: a.mu.value[$0], sigma1: a.sigma.value[$0], mu2: b.mu.value[$0],
        sigma2: b.sigma.value[$0])
    }
    #expect(deviation(perElement, try entry.numbers("kl_per_dim")) < 1e-10)
    let perSample = (0..<a.mu.rows).map { row in
      Tape<Double>().klDivergence(a.row(row), b.row(row)).scalar
    }
    #expect(deviation(perSample, try entry.numbers("kl_per_sample")) < 1e-10)
  }

  @Test func klToStandardAndGradients() throws {
    let entry = try golden.entry("kl")
    let a = gaussian(try entry.matrix("mu1"), try entry.matrix("sigma1"))
    let tape = Tape<Double>()
    let loss = tape.klToStandard(a)
    tape.backward(from: loss)
    #expect(deviation([loss.scalar], [try entry.number("kl_std_mean")]) < 1e-10)
    let perSample = (0..<a.mu.rows).map { Tape<Double>().klToStandard(a.row($0)).scalar }
    #expect(deviation(perSample, try entry.numbers("kl_std_per_sample")) < 1e-10)
    #expect(
      deviation(a.mu.gradientMatrix.values, try entry.numbers("kl_std_grad_mu1")) < 1e-10)
    #expect(
      deviation(a.sigma.gradientMatrix.values, try entry.numbers("kl_std_grad_sigma1")) < 1e-10)
  }

  @Test func klAtExtremes() throws {
    for row in try golden.entry("kl_extreme").list("rows") {
      let exact = try row.number("kl_exact")
      let found = klDivergence(
        mu1: try row.number("mu1"), sigma1: try row.number("sigma1"),
        mu2: try row.number("mu2"), sigma2: try row.number("sigma2"))
      #expect(abs(found - exact) <= max(1e-15, 1e-10 * abs(exact)), "\(row)")
      func one(_ mu: String, _ sigma: String) throws -> Gaussian<Double> {
        gaussian(
          Matrix(rows: 1, columns: 1, values: [try row.number(mu)]),
          Matrix(rows: 1, columns: 1, values: [try row.number(sigma)]))
      }
      let loss = Tape<Double>().klDivergence(
        try one("mu1", "sigma1"), try one("mu2", "sigma2"))
      #expect(loss.scalar == found)
    }
  }

  @Test(arguments: 1...4) func distributionLoss(modalities: Int) throws {
    let entry = try golden.entry("udr_\(modalities)")
    let gaussians = zip(try entry.matrices("mu"), try entry.matrices("sigma")).map(gaussian)
    let tape = Tape<Double>()
    let pair = tape.pairLoss(gaussians)
    let prior = tape.priorLoss(gaussians)
    let total = tape.weightedSum([(1, pair), (1, prior)])
    tape.backward(from: total)
    let rows = Double(gaussians[0].mu.rows)
    #expect(deviation([total.scalar], [try entry.number("udr_mean")]) < 1e-10)
    #expect(deviation([pair.scalar * rows], [try entry.numbers("kl_pair").reduce(0, +)]) < 1e-10)
    #expect(deviation([prior.scalar * rows], [try entry.numbers("kl_std").reduce(0, +)]) < 1e-10)
    for row in 0..<gaussians[0].mu.rows {
      let here = gaussians.map { $0.row(row) }
      let one = Tape<Double>()
      let udr = one.weightedSum([(1, one.pairLoss(here)), (1, one.priorLoss(here))]).scalar
      #expect(deviation([udr], [try entry.numbers("udr_per_sample")[row]]) < 1e-10)
      for a in here.indices {
        let standard = one.klToStandard(here[a]).scalar
        #expect(deviation([standard], [try entry.list("kl_std")[a].flat()[row]]) < 1e-10)
        for b in here.indices {
          let pair = one.klDivergence(here[a], here[b]).scalar
          let expected = try entry.list("kl_pair")[a].asList()[b].flat()[row]
          #expect(deviation([pair], [expected]) < 1e-10)
        }
      }
    }
    #expect(
      deviation(gaussians.flatMap { $0.mu.gradientMatrix.values }, try entry.numbers("grad_mu"))
        < 1e-10)
    #expect(
      deviation(
        gaussians.flatMap { $0.sigma.gradientMatrix.values }, try entry.numbers("grad_sigma"))
        < 1e-10)
  }

  @Test(arguments: 1...4) func distributionLossThroughLogvar(modalities: Int) throws {
    let entry = try golden.entry("udr_\(modalities)")
    let tape = Tape<Double>()
    let logvars = try entry.matrices("logvar").map { Variable($0, differentiable: true) }
    let gaussians = zip(try entry.matrices("mu"), logvars).map {
      Gaussian(
        mu: Variable($0, differentiable: true),
        sigma: tape.standardDeviation($1, range: .wide))
    }
    tape.backward(
      from: tape.weightedSum([(1, tape.pairLoss(gaussians)), (1, tape.priorLoss(gaussians))]))
    #expect(
      deviation(logvars.flatMap(\.gradientMatrix.values), try entry.numbers("grad_logvar"))
        < 1e-10)
  }
}

extension Gaussian where Scalar == Double {
  /// One row as a batch of its own.
  fileprivate func row(_ index: Int) -> Gaussian<Double> {
    Gaussian(
      mu: Variable(mu.matrix.gathering([index]), differentiable: true),
      sigma: Variable(sigma.matrix.gathering([index]), differentiable: true))
  }
}
