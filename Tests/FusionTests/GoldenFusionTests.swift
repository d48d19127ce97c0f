import Autograd
import Fusion
import TestSupport
import Testing

/// The fusion weights in Double against the reference values, with gradients.
@Suite struct GoldenFusionTests {
  let golden: Golden
  init() throws { golden = try Golden.shared() }

  private func run(
    _ entry: GoldenValue, _ rule: FusionRule
  ) throws
    -> (alpha: [Double], fused: [Double], scalar: Double, mu: [Double], sigma: [Double])
  {
    let gaussians = try zip(entry.matrices("mu"), entry.matrices("sigma")).map {
      Gaussian(
        mu: Variable($0, differentiable: true), sigma: Variable($1, differentiable: true))
    }
    let tape = Tape<Double>()
    let fusion = tape.fuse(gaussians, rule: rule)
    let scalar = tape.dot(fusion.fused, try entry.matrix("cotangent"))
    tape.backward(from: scalar)
    return (
      fusion.alpha.flatMap(\.matrix.values), fusion.fused.matrix.values, scalar.scalar,
      gaussians.flatMap { $0.mu.gradientMatrix.values },
      gaussians.flatMap { $0.sigma.gradientMatrix.values }
    )
  }

  @Test(
    arguments: ["fusion_2", "fusion_3"],
    [("dim", FusionRule.perDimension), ("mean", .perModality)])
  func weightsAndGradients(name: String, rule: (key: String, rule: FusionRule)) throws {
    let entry = try golden.entry(name)
    let expected = try entry.at(rule.key)
    let found = try run(entry, rule.rule)
    #expect(deviation(found.alpha, try expected.numbers("alpha")) < 1e-10)
    #expect(deviation(found.alpha, try expected.numbers("alpha_exact")) < 1e-10)
    #expect(deviation(found.fused, try expected.numbers("fused_exact")) < 1e-10)
    #expect(deviation([found.scalar], [try expected.number("scalar")]) < 1e-10)
    #expect(deviation(found.mu, try expected.numbers("grad_mu")) < 1e-10)
    #expect(deviation(found.sigma, try expected.numbers("grad_sigma")) < 1e-10)
  }

  /// e^{1/sigma} overflows here; at sigma = 1e-8 the rounding of 1/sigma itself is 1.5e-8, so alpha
  /// is compared to 1e-7 and gradients relative to their largest entry.
  @Test(arguments: [("dim", FusionRule.perDimension), ("mean", .perModality)])
  func tinySigma(rule: (key: String, rule: FusionRule)) throws {
    let entry = try golden.entry("fusion_tiny_sigma")
    let expected = try entry.at(rule.key)
    let found = try run(entry, rule.rule)
    #expect(deviation(found.alpha, try expected.numbers("alpha_exact")) < 1e-7)
    #expect(deviation(found.fused, try expected.numbers("fused_exact")) < 1e-7)
    #expect(deviation(found.mu, try expected.numbers("grad_mu")) < 1e-7)
    let gradient = try expected.numbers("grad_sigma")
    let largest = gradient.map(abs).max() ?? 1
    #expect(deviation(found.sigma.map { $0 / largest }, gradient.map { $0 / largest }) < 1e-6)
  }
}
