import Autograd
import Fusion
import TestSupport
import Testing

/// L_URA in Double against the reference values, with gradients.
@Suite struct GoldenAugmentationTests {
  let golden: Golden
  init() throws { golden = try Golden.shared() }

  static let entries = [
    "ura_cosine", "ura_dot", "ura_cosine_tau001", "ura_dot_huge", "ura_cosine_B2",
  ]

  private func gaussian(_ mu: Matrix<Double>, _ sigma: Matrix<Double>) -> Gaussian<Double> {
    Gaussian(
      mu: Variable(mu, differentiable: true), sigma: Variable(sigma, differentiable: true))
  }

  @Test(
    arguments: entries, [("standard", AugmentationForm.infoNCE), ("literal", .literal)])
  func augmentationLoss(name: String, form: (key: String, form: AugmentationForm)) throws {
    let entry = try golden.entry(name)
    let expected = try entry.at(form.key)
    let one = gaussian(try entry.matrix("mu"), try entry.matrix("sigma"))
    let tape = Tape<Double>()
    let loss = try tape.augmentationLoss(
      one, anchorNoise: Variable(try entry.matrix("eps_anchor"), differentiable: false),
      augmentedNoise: Variable(try entry.matrix("eps_aug"), differentiable: false),
      tau: try entry.number("tau"), form: form.form,
      similarity: try entry.text("sim") == "dot" ? .dot : .cosine)
    tape.backward(from: loss)
    #expect(deviation([loss.scalar], [try expected.number("mean")]) < 1e-10)
    #expect(
      deviation(one.mu.gradientMatrix.values, try expected.numbers("grad_mu")) < 1e-10)
    #expect(
      deviation(one.sigma.gradientMatrix.values, try expected.numbers("grad_sigma")) < 1e-10)
  }

  /// What the loss is made of, through the operations it is made from. A row's loss in the standard
  /// form is the cross entropy of its similarities with itself as the label.
  @Test(
    arguments: entries)
  func augmentationParts(name: String) throws {
    let entry = try golden.entry(name)
    let one = gaussian(try entry.matrix("mu"), try entry.matrix("sigma"))
    let tape = Tape<Double>()
    func sample(_ noise: String, _ expected: String) throws -> Variable<Double> {
      let z = tape.sample(one, noise: Variable(try entry.matrix(noise), differentiable: false))
      #expect(deviation(z.matrix.values, try entry.numbers(expected)) < 1e-10)
      return try entry.text("sim") == "dot" ? z : tape.rowsNormalised(z)
    }
    let anchor = try sample("eps_anchor", "z_anchor")
    let augmented = try sample("eps_aug", "z_aug")
    func products(scale: Double) -> Matrix<Double> {
      let result = Variable<Double>(
        rows: anchor.rows, columns: augmented.rows, differentiable: false)
      Double.multiply(
        anchor.value, transposed: false, augmented.value, transposed: true, into: result.value,
        m: anchor.rows, n: augmented.rows, k: anchor.columns, scale: scale, keep: 0)
      return result.matrix
    }
    #expect(deviation(products(scale: 1).values, try entry.numbers("similarity")) < 1e-10)
    let scaled = products(scale: 1 / (try entry.number("tau")))
    let standard = try entry.at("standard").numbers("per_sample")
    let literal = try entry.at("literal").numbers("per_sample")
    for row in 0..<scaled.rows {
      let logits = Variable(scaled.gathering([row]), differentiable: false)
      let found = tape.crossEntropy(logits, Labels([row])).scalar
      #expect(deviation([found], [standard[row]]) < 1e-10)
      // The literal form with one negative is the standard form.
      if scaled.rows == 2 { #expect(deviation([found], [literal[row]]) < 1e-10) }
    }
    for (perSample, key) in [(standard, "standard"), (literal, "literal")] {
      let mean = perSample.reduce(0, +) / Double(perSample.count)
      #expect(deviation([mean], [try entry.at(key).number("mean")]) < 1e-10)
    }
  }

  @Test func literalFormRefusesABatchOfOne() throws {
    let one = gaussian(Matrix(rows: 1, columns: 3), Matrix(rows: 1, columns: 3, repeating: 1))
    let noise = Variable<Double>(rows: 1, columns: 3, differentiable: false)
    #expect(throws: BatchTooSmall.self) {
      try Tape<Double>().augmentationLoss(
        one, anchorNoise: noise, augmentedNoise: noise, tau: 0.1, form: .literal)
    }
  }
}
