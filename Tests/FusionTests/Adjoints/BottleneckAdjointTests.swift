import Autograd
import Fusion
import SeededRandom
import TestSupport
import Testing

/// The bottleneck with its classifier: every parameter and the fused input against central
/// differences, deterministic and sampled, rows without a label left out.
@Suite struct BottleneckAdjointTests {
  @Test(arguments: Shape.single, [0, 1, 3]) func bottleneck(shape: Shape, samples: Int) {
    var generator = SeededGenerator(seed: 11)
    let model = EAUModel<Double>(
      Architecture(
        inputs: [.init(name: "m0", features: 1, sparse: false)], classes: 3, hidden: 1,
        latent: shape.d, bottleneck: 2), seed: 4)
    let fused = Variable(generator.normalMatrix(shape.b, shape.d), differentiable: true)
    let noise =
      samples == 0
      ? nil : Variable(generator.normalMatrix(samples * shape.b, 2), differentiable: false)
    let labels = Labels((0..<shape.b).map { $0 == 1 ? -1 : $0 % 3 })
    let tape = Tape<Double>()
    let batch = model.recordBottleneck(fused, noise: noise, on: tape)
    #expect(batch.logits.rows == max(1, samples) * shape.b)
    let loss = tape.weightedSum([
      (1, tape.crossEntropy(batch.logits, labels)), (0.3, tape.klToStandard(batch.latent)),
    ])
    tape.backward(from: loss)
    let names = ["bottleneck.mu", "bottleneck.logvar", "classifier"]
    let parameters = names.flatMap { name in
      ["weight", "bias"].compactMap { model.parameter("\(name).\($0)") }
    }
    #expect(parameters.count == 6)
    let worst = gradientDeviation([fused] + parameters) {
      tape.replay()
      return loss.scalar
    }
    #expect(worst < 1e-7)
  }
}
