import Autograd
import SeededRandom

/// One modality's extractor, the same as EAU's: h = dropout(activation(x W + b)), [B, H].
struct ModalityNetwork<Scalar: Real> {
  let extractor: LinearLayer<Scalar>
  let activation: Architecture.Activation

  func record(
    _ leaf: ModelInputs<Scalar>.Leaf, mask: Variable<Scalar>?, on tape: Tape<Scalar>
  ) -> Variable<Scalar> {
    tape.layer(leaf, extractor.weights, extractor.bias, activation, mask: mask)
  }
}

/// Makes the layers of a network, its parameters drawn from one stream of the seed.
struct NetworkBuilder {
  let inputs: [Architecture.Input]
  let classes: Int
  let options: BaselineOptions
  private var generator: SeededGenerator

  init(inputs: [Architecture.Input], classes: Int, options: BaselineOptions) {
    self.inputs = inputs
    self.classes = classes
    self.options = options
    generator = SeededGenerator(seed: options.seed, stream: stableHash("baseline parameters"))
  }

  mutating func layer<Scalar: Real>(_ inputs: Int, _ outputs: Int) -> LinearLayer<Scalar> {
    LinearLayer(inputs: inputs, outputs: outputs, generator: &generator)
  }

  /// An extractor a modality.
  mutating func branches<Scalar: Real>() -> [ModalityNetwork<Scalar>] {
    var branches: [ModalityNetwork<Scalar>] = []
    for input in inputs {
      branches.append(
        ModalityNetwork(
          extractor: layer(input.features, options.hidden), activation: options.activation))
    }
    return branches
  }

  /// A layer a modality behind the extractors.
  mutating func heads<Scalar: Real>(outputs: Int) -> [LinearLayer<Scalar>] {
    var heads: [LinearLayer<Scalar>] = []
    for _ in inputs { heads.append(layer(options.hidden, outputs)) }
    return heads
  }
}
