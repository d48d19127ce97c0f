import Autograd
import SeededRandom

/// The training loss of one batch size, recorded once: write the leaves, replay, differentiate.
public final class LossGraph<Scalar: Real> {
  /// What the graph needs to know besides the model.
  public struct Settings: Sendable {
    public var weights: LossWeights
    public var form: AugmentationForm
    public var similarity: SimilarityMeasure
    public var tau: Double
    /// S, the samples of z a row; 0 trains without noise on z, as inference runs.
    public var samples: Int
    /// Share of hidden units dropped.
    public var hiddenDropout: Double
    /// Whether L_cal moves mu′ or sigma′ alone.
    public var calibrationMovesMu: Bool
    /// The gradient of a clamped ln sigma².
    public var clamp: ClampGradient
    /// Used where the model's task is regression.
    public var regressionLoss: RegressionLoss

    public init(
      weights: LossWeights, form: AugmentationForm, similarity: SimilarityMeasure = .cosine,
      tau: Double, samples: Int = 1, hiddenDropout: Double = 0, calibrationMovesMu: Bool = false,
      clamp: ClampGradient = .zero, regressionLoss: RegressionLoss = .absolute
    ) {
      self.weights = weights
      self.form = form
      self.similarity = similarity
      self.tau = tau
      self.samples = samples
      self.hiddenDropout = hiddenDropout
      self.calibrationMovesMu = calibrationMovesMu
      self.clamp = clamp
      self.regressionLoss = regressionLoss
    }
  }

  public let inputs: ModelInputs<Scalar>
  public let target: TaskTarget<Scalar>
  public var labels: Labels { target.labels }
  /// Standard normal leaves, [B, D] a modality, [S·B, K] for the bottleneck.
  public let anchorNoise: [Variable<Scalar>]
  public let augmentedNoise: [Variable<Scalar>]
  public let bottleneckNoise: Variable<Scalar>
  /// mu of the clean input, [B, D] a modality: L_cal's target.
  public let targets: [Variable<Scalar>]

  /// Dropout masks of the extractors, [B, H] a modality; nil without dropout.
  public let hiddenMasks: [Variable<Scalar>]?

  public let gaussians: [Gaussian<Scalar>]
  public let fusion: FusedBatch<Scalar>
  public let compressed: BottleneckBatch<Scalar>
  public let total: Variable<Scalar>

  private let settings: Settings
  private let tape: Tape<Scalar>
  /// All leaves that are drawn anew, in this order.
  private let noise: [Variable<Scalar>]
  private let unimodalTargets: [TaskTarget<Scalar>]
  private let terms: Terms

  private struct Terms {
    let task: Variable<Scalar>
    let bottleneckKL: Variable<Scalar>
    let pair: Variable<Scalar>
    let prior: Variable<Scalar>
    let augmentation: [Variable<Scalar>]
    let calibration: [Variable<Scalar>]
    let unimodal: [Variable<Scalar>]
  }

  /// - Parameter team: the threads that share a step.
  public init(
    _ model: EAUModel<Scalar>, rows: Int, settings: Settings, team: WorkerTeam = WorkerTeam()
  ) {
    let architecture = model.architecture
    let modalities = architecture.inputs.indices
    let (d, k) = (architecture.latent, architecture.bottleneck)
    func leaf(_ rows: Int, _ columns: Int) -> Variable<Scalar> {
      Variable(rows: rows, columns: columns, differentiable: false)
    }
    self.settings = settings
    let tape = Tape<Scalar>(team: team)
    self.tape = tape
    inputs = ModelInputs(architecture.inputs, rows: rows)
    func taskTarget() -> TaskTarget<Scalar> {
      TaskTarget(architecture.task, loss: settings.regressionLoss, rows: rows)
    }
    target = taskTarget()
    anchorNoise = modalities.map { _ in leaf(rows, d) }
    augmentedNoise = modalities.map { _ in leaf(rows, d) }
    bottleneckNoise = leaf(settings.samples * rows, k)
    targets = modalities.map { _ in leaf(rows, d) }
    let unimodalNoise = modalities.map { _ in leaf(rows, d) }
    unimodalTargets = modalities.map { _ in taskTarget() }
    hiddenMasks =
      settings.hiddenDropout > 0 ? modalities.map { _ in leaf(rows, architecture.hidden) } : nil

    let presence = inputs.presence
    let gaussians = model.recordGaussians(
      inputs, hiddenMasks: hiddenMasks, clamp: settings.clamp, on: tape)
    self.gaussians = gaussians
    fusion = model.recordFusion(gaussians, presence: presence, on: tape)
    compressed = model.recordBottleneck(
      fusion.fused, noise: settings.samples > 0 ? bottleneckNoise : nil, on: tape)

    let weights = settings.weights
    var augmentation: [Variable<Scalar>] = []
    if rows >= settings.form.minimumBatch {
      for m in modalities {
        // The batch is large enough, so the form is defined.
        guard
          let loss = try? tape.augmentationLoss(
            gaussians[m], anchorNoise: anchorNoise[m], augmentedNoise: augmentedNoise[m],
            tau: Scalar(settings.tau), form: settings.form, similarity: settings.similarity,
            presence: presence[m])
        else { continue }
        augmentation.append(loss)
      }
    }
    var calibration: [Variable<Scalar>] = []
    if weights.calibration > 0 {
      for m in modalities {
        calibration.append(
          tape.calibrationLoss(
            gaussians[m], target: targets[m], movesMu: settings.calibrationMovesMu,
            presence: presence[m]))
      }
    }
    var unimodal: [Variable<Scalar>] = []
    if weights.unimodal > 0 {
      for m in modalities {
        guard let classifier = model.branches[m].unimodalClassifier else { continue }
        let z = tape.sample(gaussians[m], noise: unimodalNoise[m])
        unimodal.append(unimodalTargets[m].record(classifier.record(z, on: tape), on: tape))
      }
    }
    let terms = Terms(
      task: target.record(compressed.logits, on: tape),
      bottleneckKL: tape.klToStandard(compressed.latent),
      pair: tape.pairLoss(gaussians, presence: presence),
      prior: tape.priorLoss(gaussians, presence: presence),
      augmentation: augmentation, calibration: calibration, unimodal: unimodal)
    self.terms = terms
    noise =
      anchorNoise + augmentedNoise + [bottleneckNoise] + (unimodal.isEmpty ? [] : unimodalNoise)
    total = tape.weightedSum(
      [
        (1, terms.task), (Scalar(weights.beta), terms.bottleneckKL),
        (Scalar(weights.pair), terms.pair), (Scalar(weights.prior), terms.prior),
      ]
        + augmentation.map { (Scalar(weights.augmentation), $0) }
        + calibration.map { (Scalar(weights.calibration), $0) }
        + unimodal.map { (Scalar(weights.unimodal), $0) })
  }

  /// Draws every noise and dropout leaf anew.
  public func drawNoise(_ generator: inout SeededGenerator) {
    for leaf in noise { Scalar.fillNormal(leaf.value, count: leaf.count, &generator) }
    for mask in hiddenMasks ?? [] {
      fillDropoutMask(mask, rate: settings.hiddenDropout, &generator)
    }
  }

  /// Computes the loss from the leaves as they are, and every parameter's gradient (added).
  public func run() {
    replay()
    tape.backward(from: total)
  }

  /// Computes the loss from the leaves as they are and takes a step; of few rows, or without
  /// clipping, gradients are not kept.
  public func run(stepping optimizer: AdamW<Scalar>, maximumNorm: Double? = nil) {
    replay()
    tape.backward(from: total, stepping: optimizer, maximumNorm: maximumNorm)
  }

  private func replay() {
    if !terms.unimodal.isEmpty {
      for m in unimodalTargets.indices {
        unimodalTargets[m].copy(target, where: inputs.presence[m])
      }
    }
    tape.replay()
  }

  public var losses: LossValues {
    func sum(_ terms: [Variable<Scalar>]) -> Double {
      terms.reduce(0) { $0 + Double($1.scalar) }
    }
    var values = LossValues()
    values.total = Double(total.scalar)
    values.task = Double(terms.task.scalar)
    values.bottleneckKL = Double(terms.bottleneckKL.scalar)
    values.pair = Double(terms.pair.scalar)
    values.prior = Double(terms.prior.scalar)
    values.augmentation = sum(terms.augmentation)
    values.calibration = terms.calibration.isEmpty ? nil : sum(terms.calibration)
    values.unimodal = terms.unimodal.isEmpty ? nil : sum(terms.unimodal)
    return values
  }

  /// L_URA of each modality.
  public var augmentationLosses: [Double] { terms.augmentation.map { Double($0.scalar) } }
}

/// Zeros with probability `rate`, else 1/(1 − rate).
func fillDropoutMask<Scalar: Real>(
  _ mask: Variable<Scalar>, rate: Double, _ generator: inout SeededGenerator
) {
  let keep = Scalar(1 / (1 - rate))
  for i in 0..<mask.count { mask.value[i] = generator.uniform() < rate ? 0 : keep }
}

extension EAUModel<Float> {
  /// The training loss of one batch size, recorded by code made for Float: a graph that another
  /// module makes by the generic `init` runs its loops unspecialised.
  public func lossGraph(
    rows: Int, settings: LossGraph<Float>.Settings, team: WorkerTeam = WorkerTeam()
  ) -> LossGraph<Float> {
    LossGraph(self, rows: rows, settings: settings, team: team)
  }
}
