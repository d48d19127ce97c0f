import Autograd
import Fusion
import ModalityKit
import SeededRandom

/// A model and its batches, of random rows.
struct SyntheticSizes {
  /// Of the dense modalities.
  var features = [64, 64, 64]
  /// Features of a first modality of sparse text; nil for none.
  var vocabulary: Int?
  var latent = 64
  var batch = 64

  private var inputs: [Architecture.Input] {
    (vocabulary.map { [Architecture.Input(name: "text", features: $0, sparse: true)] } ?? [])
      + features.enumerated().map {
        Architecture.Input(name: "m\($0)", features: $1, sparse: false)
      }
  }

  /// A training step on eight batches in turn.
  func costOfStep() -> GrowthKind.Cost {
    var generator = SeededGenerator(seed: 2)
    let model = EAUModel<Float>(
      Architecture(inputs: inputs, classes: 10, hidden: 64, latent: latent, bottleneck: 32), seed: 1
    )
    let batches = (0..<8).map { _ in
      TrainingBatch(
        tables: inputs.map { input in
          FeatureTable(
            (0..<batch).map { _ in row(input, &generator) }, features: input.features,
            sparse: input.sparse)
        },
        labels: (0..<batch).map { _ in generator.index(below: 10) })
    }
    let loop = TrainingLoop(model, batches: batches, threads: 1)
    return .init(name: "a step", seconds: Clock.seconds(of: loop.step))
  }

  /// L_URA of one modality and its gradient, alone.
  func costOfContrast() -> GrowthKind.Cost {
    var generator = SeededGenerator(seed: 3)
    func leaf(differentiable: Bool) -> Variable<Float> {
      let variable = Variable<Float>(rows: batch, columns: latent, differentiable: differentiable)
      for i in 0..<variable.count { variable.value[i] = Float(generator.normal()) }
      return variable
    }
    let (mu, sigma) = (leaf(differentiable: true), leaf(differentiable: true))
    for i in 0..<sigma.count { sigma.value[i] = 1 + abs(sigma.value[i]) }
    let tape = Tape<Float>()
    // Defined for every batch.
    guard
      let loss = try? tape.augmentationLoss(
        Gaussian(mu: mu, sigma: sigma), anchorNoise: leaf(differentiable: false),
        augmentedNoise: leaf(differentiable: false), tau: 0.1, form: .infoNCE)
    else { return .init(name: "L_URA alone", seconds: .nan) }
    return .init(
      name: "L_URA alone",
      seconds: Clock.seconds {
        tape.replay()
        tape.backward(from: loss)
      })
  }

  private func row(
    _ input: Architecture.Input, _ generator: inout SeededGenerator
  ) -> FeatureRow {
    var row = FeatureRow()
    if input.sparse {
      let words = Set((0..<58).map { _ in generator.index(below: input.features) })
      row.setSparse(words.sorted().map { ($0, 1) })
    } else {
      row.values = (0..<input.features).map { _ in Float(generator.normal()) }
    }
    return row
  }
}
