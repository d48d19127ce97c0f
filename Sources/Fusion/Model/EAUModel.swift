import Autograd
import SeededRandom

/// The EAU network: per modality extractor → (mu, logvar), the fusion weights, the bottleneck.
///
/// Generic over the number type, so that the golden values and the gradient checks in Double run
/// the very code that trains in Float. Not thread-safe.
public final class EAUModel<Scalar: Real> {
  public let architecture: Architecture
  /// By name, in a fixed order: `image.extractor.weight`, … `bottleneck.mu.bias`, …
  public let parameters: [(name: String, variable: Variable<Scalar>)]

  let branches: [ModalityBranch<Scalar>]
  let bottleneck: VariationalBottleneck<Scalar>

  /// Fresh parameters from a seed.
  public init(_ architecture: Architecture, seed: UInt64) {
    self.architecture = architecture
    var generator = SeededGenerator(seed: seed, stream: stableHash("parameters"))
    branches = architecture.inputs.map {
      ModalityBranch($0, architecture: architecture, generator: &generator)
    }
    let (d, k) = (architecture.latent, architecture.bottleneck)
    bottleneck = VariationalBottleneck(
      mu: LinearLayer(inputs: d, outputs: k, generator: &generator),
      logvar: LinearLayer(inputs: d, outputs: k, generator: &generator),
      classifier: LinearLayer(inputs: k, outputs: architecture.classes, generator: &generator))
    parameters =
      branches.flatMap(\.parameters) + bottleneck.mu.named("bottleneck.mu")
      + bottleneck.logvar.named("bottleneck.logvar")
      + bottleneck.classifier.named("classifier")
  }

  public func parameter(_ name: String) -> Variable<Scalar>? {
    parameters.first { $0.name == name }?.variable
  }

  /// Records every modality's Gaussian.
  ///
  /// - Parameter hiddenMasks: one [B, H] dropout mask a modality, or nil for none.
  public func recordGaussians(
    _ inputs: ModelInputs<Scalar>, hiddenMasks: [Variable<Scalar>]? = nil, on tape: Tape<Scalar>
  ) -> [Gaussian<Scalar>] {
    branches.indices.map { m in
      branches[m].record(
        inputs.leaves[m], mask: hiddenMasks?[m], architecture: architecture, on: tape)
    }
  }

  /// Records the fusion of Gaussians by the architecture's rule.
  public func recordFusion(
    _ gaussians: [Gaussian<Scalar>], presence: [Variable<Scalar>], on tape: Tape<Scalar>
  ) -> FusedBatch<Scalar> {
    tape.fuse(
      gaussians, rule: architecture.rule, presence: presence,
      sharpness: Scalar(architecture.sharpness))
  }

  /// Records the bottleneck and the classifier; without noise the deterministic pass.
  public func recordBottleneck(
    _ fused: Variable<Scalar>, noise: Variable<Scalar>? = nil, on tape: Tape<Scalar>
  ) -> BottleneckBatch<Scalar> {
    bottleneck.record(fused, noise: noise, range: .wide, on: tape)
  }
}

/// One modality's part of the network: h = activation(x W + b), mu = FC1(h), logvar = FC2(h).
struct ModalityBranch<Scalar: Real> {
  let name: String
  let extractor: LinearLayer<Scalar>
  let mu: LinearLayer<Scalar>
  let logvar: LinearLayer<Scalar>
  let unimodalClassifier: LinearLayer<Scalar>?

  init(
    _ input: Architecture.Input, architecture: Architecture, generator: inout SeededGenerator
  ) {
    name = input.name
    let (h, d) = (architecture.hidden, architecture.latent)
    extractor = LinearLayer(inputs: input.features, outputs: h, generator: &generator)
    mu = LinearLayer(inputs: h, outputs: d, generator: &generator)
    logvar = LinearLayer(inputs: h, outputs: d, generator: &generator)
    unimodalClassifier =
      architecture.unimodalClassifiers
      ? LinearLayer(inputs: d, outputs: architecture.classes, generator: &generator) : nil
  }

  var parameters: [(name: String, variable: Variable<Scalar>)] {
    extractor.named("\(name).extractor") + mu.named("\(name).mu") + logvar.named("\(name).logvar")
      + (unimodalClassifier?.named("\(name).classifier") ?? [])
  }

  func record(
    _ leaf: ModelInputs<Scalar>.Leaf, mask: Variable<Scalar>?, architecture: Architecture,
    on tape: Tape<Scalar>
  ) -> Gaussian<Scalar> {
    let linear =
      switch leaf {
      case .dense(let x): tape.linear(x, extractor.weights, extractor.bias)
      case .sparse(let x): tape.linear(x, extractor.weights, extractor.bias)
      }
    var hidden = architecture.activation == .relu ? tape.relu(linear) : tape.tanh(linear)
    if let mask { hidden = tape.masked(hidden, by: mask) }
    return Gaussian(
      mu: mu.record(hidden, on: tape),
      sigma: tape.standardDeviation(
        logvar.record(hidden, on: tape), range: architecture.logvarRange))
  }
}
