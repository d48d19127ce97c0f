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
    #expect(deviation(found.fused, try expected.numbers("fused")) < 1e-10)
    #expect(deviation(found.fused, try expected.numbers("fused_exact")) < 1e-10)
    #expect(deviation([found.scalar], [try expected.number("scalar")]) < 1e-10)
    #expect(deviation(found.mu, try expected.numbers("grad_mu")) < 1e-10)
    #expect(deviation(found.sigma, try expected.numbers("grad_sigma")) < 1e-10)
  }

  /// e^{1/sigma} overflows here. Ours is held against the exact weights everywhere. The reference's
  /// own weights and gradients subtract two 1/sigma of 1e8 in sample 3, each rounded by 1.5e-8:
  /// there they are compared to 1e-7, and to 1e-6 of the largest entry.
  @Test(arguments: [("dim", FusionRule.perDimension), ("mean", .perModality)])
  func tinySigma(rule: (key: String, rule: FusionRule)) throws {
    let entry = try golden.entry("fusion_tiny_sigma")
    let expected = try entry.at(rule.key)
    let found = try run(entry, rule.rule)
    #expect(deviation(found.alpha, try expected.numbers("alpha_exact")) < 1e-10)
    #expect(deviation(found.fused, try expected.numbers("fused_exact")) < 1e-10)
    #expect(deviation([found.scalar], [try expected.number("scalar")]) < 1e-7)
    let samples = try entry.matrices("mu")[0].rows
    for (values, key) in [
      (found.alpha, "alpha"), (found.fused, "fused"), (found.mu, "grad_mu"),
      (found.sigma, "grad_sigma"),
    ] {
      let reference = try expected.numbers(key)
      try #require(values.count == reference.count)
      // [M, B, columns], or [B, columns] for `fused`.
      let columns = values.count / samples / (key == "fused" ? 1 : 3)
      for sample in 0..<samples {
        let chosen = values.indices.filter { $0 / columns % samples == sample }
        let ours = chosen.map { values[$0] }
        let theirs = chosen.map { reference[$0] }
        if sample != 3 {
          #expect(deviation(ours, theirs) < 1e-10, "\(key) \(sample)")
        } else if key == "grad_sigma" {
          let largest = theirs.map { abs($0) }.max() ?? 1
          #expect(deviation(ours.map { $0 / largest }, theirs.map { $0 / largest }) < 1e-6)
        } else {
          #expect(deviation(ours, theirs) < 1e-7, "\(key)")
        }
      }
    }
  }
}
