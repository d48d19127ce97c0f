import Autograd
import Fusion
import TestSupport
import Testing

/// The model's own bottleneck against the reference values, sample by sample.
@Suite struct GoldenBottleneckTests {
  @Test(arguments: ["vib_classification", "vib_classification_S3"])
  func modelsBottleneck(name: String) throws {
    let entry = try Golden.shared().entry(name)
    let x = Variable(try entry.matrix("x"), differentiable: true)
    let weights = try entry.matrix("W_mu")
    let classes = try entry.matrix("W_out").rows
    let model = EAUModel<Double>(
      Architecture(
        inputs: [.init(name: "m0", features: 1, sparse: false)], classes: classes,
        latent: weights.columns, bottleneck: weights.rows), seed: 1)
    let names = [("bottleneck.mu", "mu"), ("bottleneck.logvar", "logvar"), ("classifier", "out")]
    for (ours, theirs) in names {
      try #require(model.parameter("\(ours).weight"))
        .write(try entry.matrix("W_\(theirs)").transposed)
      try #require(model.parameter("\(ours).bias")).write(try entry.matrix("b_\(theirs)"))
    }
    let eps = try entry.matrices("eps")
    let noise = Matrix(
      rows: eps.count * x.rows, columns: weights.rows, values: eps.flatMap { $0.values })
    let tape = Tape<Double>()
    let batch = model.recordBottleneck(
      x, noise: Variable(noise, differentiable: false), on: tape)
    let labels = try entry.numbers("target").map { Int($0) }
    let beta = try entry.number("beta")
    let loss = tape.weightedSum([
      (1, tape.crossEntropy(batch.logits, Labels(labels))), (beta, tape.klToStandard(batch.latent)),
    ])
    tape.backward(from: loss)
    #expect(deviation(batch.latent.mu.matrix.values, try entry.numbers("mu_z")) < 1e-10)
    #expect(deviation(batch.latent.sigma.matrix.values, try entry.numbers("sigma_z")) < 1e-10)
    #expect(deviation(batch.logits.matrix.values, try entry.numbers("output")) < 1e-10)
    #expect(deviation([loss.scalar], [try entry.number("loss")]) < 1e-10)
    #expect(deviation(x.gradientMatrix.values, try entry.numbers("grad_x")) < 1e-10)
    for (ours, theirs) in names {
      let weight = try #require(model.parameter("\(ours).weight")).gradientMatrix.transposed
      #expect(deviation(weight.values, try entry.numbers("grad_W_\(theirs)")) < 1e-10)
      let bias = try #require(model.parameter("\(ours).bias")).gradientMatrix
      #expect(deviation(bias.values, try entry.numbers("grad_b_\(theirs)")) < 1e-10)
    }
    // Each sample alone: its S passes, which lie B rows apart, and its KL.
    let task = try entry.numbers("task_per_sample")
    let kl = try entry.numbers("kl_per_sample")
    for row in 0..<x.rows {
      let passes = eps.indices.map { $0 * x.rows + row }
      let logits = Variable(batch.logits.matrix.gathering(passes), differentiable: false)
      let found = tape.crossEntropy(logits, Labels([labels[row]])).scalar
      #expect(deviation([found], [task[row]]) < 1e-10)
      let latent = Gaussian(
        mu: Variable(batch.latent.mu.matrix.gathering([row]), differentiable: false),
        sigma: Variable(batch.latent.sigma.matrix.gathering([row]), differentiable: false))
      #expect(deviation([tape.klToStandard(latent).scalar], [kl[row]]) < 1e-10)
    }
  }
}
