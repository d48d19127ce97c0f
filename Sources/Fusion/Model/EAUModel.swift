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
  /// What is learned from the training rows without gradients: saved and restored as parameters
  /// are, never touched by the optimizer.
  public let references: [(name: String, variable: Variable<Scalar>)]

  let branches: [ModalityBranch<Scalar>]
  let bottleneck: VariationalBottleneck<Scalar>
  let consensus: ConsensusReference<Scalar>?

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
    let consensus: ConsensusReference<Scalar>? =
      architecture.rule == .consensus
      ? ConsensusReference(modalities: branches.count, dimensions: d) : nil
    self.consensus = consensus
    references =
      branches.flatMap(\.references)
      + branches.enumerated().flatMap { m, branch in
        consensus.map {
          [
            ("\(branch.name).consensus.scale", $0.scale[m]),
            ("\(branch.name).consensus.threshold", $0.threshold[m]),
          ]
        } ?? []
      }
    parameters =
      branches.flatMap(\.parameters) + bottleneck.mu.named("bottleneck.mu")
      + bottleneck.logvar.named("bottleneck.logvar")
      + bottleneck.classifier.named("classifier")
  }

  /// The same network, sharing its parameters, under another fusion rule.
  ///
  /// - Throws: `rule-refused` where the rule is not for so many modalities, or needs what only a
  ///   training with it learns.
  public init(_ other: EAUModel, under rule: FusionRule) throws(FusionError) {
    let count = other.branches.count
    guard rule.accepts(modalities: count) else {
      throw FusionError(
        "rule-refused", "\(rule.rawValue) is defined for two modalities, the model has \(count)",
        hint: "choose perDimension or perModality")
    }
    guard rule != .consensus || other.consensus != nil else {
      throw FusionError(
        "rule-refused",
        "the rule consensus learns from training rows how far modalities usually disagree",
        hint: "`train --alpha consensus` makes a model that knows")
    }
    var architecture = other.architecture
    architecture.rule = rule
    self.architecture = architecture
    (branches, bottleneck) = (other.branches, other.bottleneck)
    (parameters, references) = (other.parameters, other.references)
    consensus = rule == .consensus ? other.consensus : nil
  }

  public func parameter(_ name: String) -> Variable<Scalar>? {
    parameters.first { $0.name == name }?.variable
  }

  /// Records every modality's Gaussian.
  ///
  /// - Parameter hiddenMasks: one [B, H] dropout mask a modality, or nil for none.
  public func recordGaussians(
    _ inputs: ModelInputs<Scalar>, hiddenMasks: [Variable<Scalar>]? = nil,
    clamp: ClampGradient = .zero, on tape: Tape<Scalar>
  ) -> [Gaussian<Scalar>] {
    branches.indices.map { m in
      recordGaussian(m, inputs, hiddenMask: hiddenMasks?[m], clamp: clamp, on: tape)
    }
  }

  /// Records one modality's Gaussian.
  func recordGaussian(
    _ modality: Int, _ inputs: ModelInputs<Scalar>, hiddenMask: Variable<Scalar>?,
    clamp: ClampGradient = .zero, on tape: Tape<Scalar>
  ) -> Gaussian<Scalar> {
    branches[modality].record(
      inputs.leaves[modality], mask: hiddenMask, architecture: architecture, clamp: clamp, on: tape)
  }

  /// Records what only the trained model can know: sigma of a row far from the training rows is
  /// raised (`NoveltyReference`) and, under the rule `consensus`, that of a modality which disagrees
  /// with the others. Without these two nothing happens.
  public func recordDoubt(
    _ gaussians: [Gaussian<Scalar>], of inputs: ModelInputs<Scalar>, on tape: Tape<Scalar>
  ) -> [Gaussian<Scalar>] {
    let raised = gaussians.indices.map { m in
      guard let novelty = branches[m].novelty, case .dense(let x) = inputs.leaves[m] else {
        return gaussians[m]
      }
      return tape.novelty(gaussians[m], of: x, reference: novelty)
    }
    return consensus.map { tape.consensus(raised, reference: $0, presence: inputs.presence) }
      ?? raised
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
  /// nil for sparse rows, whose training rows span too little to tell far from near.
  let novelty: NoveltyReference<Scalar>?

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
    let rank = min(architecture.noveltyRank, input.features)
    novelty =
      rank > 0 && !input.sparse
      ? NoveltyReference(features: input.features, rank: rank) : nil
  }

  var references: [(name: String, variable: Variable<Scalar>)] {
    novelty.map {
      [("\(name).novelty.basis", $0.basis), ("\(name).novelty.scale", $0.scale)]
    } ?? []
  }

  var parameters: [(name: String, variable: Variable<Scalar>)] {
    extractor.named("\(name).extractor") + mu.named("\(name).mu") + logvar.named("\(name).logvar")
      + (unimodalClassifier?.named("\(name).classifier") ?? [])
  }

  func record(
    _ leaf: ModelInputs<Scalar>.Leaf, mask: Variable<Scalar>?, architecture: Architecture,
    clamp: ClampGradient, on tape: Tape<Scalar>
  ) -> Gaussian<Scalar> {
    let hidden = tape.layer(
      leaf, extractor.weights, extractor.bias, architecture.activation, mask: mask)
    return Gaussian(
      mu: mu.record(hidden, on: tape),
      sigma: tape.standardDeviation(
        logvar.record(hidden, on: tape), range: architecture.logvarRange, clamp: clamp))
  }
}
