import Autograd
import Foundation
import ModalityKit
import SeededRandom

/// Trains an EAU model on an encoded data set. A seed reproduces the run bit for bit, on any
/// number of threads.
public struct Trainer: Sendable {
  public let options: TrainingOptions

  public init(_ options: TrainingOptions) { self.options = options }

  /// What happened in an epoch.
  public struct Epoch: Sendable {
    /// From 1.
    public let number: Int
    /// Mean over the epoch's steps.
    public let losses: LossValues
  }

  /// A finished or stopped training. The model is that of the last step taken.
  public struct Outcome {
    public let model: EAUModel<Float>
    public let epochs: [Epoch]
    /// Whether a person stopped it before the last epoch.
    public let stopped: Bool
    /// How the model's number becomes the data set's; nil for classification.
    public let regression: RegressionTarget?
  }

  /// - Parameters:
  ///   - bank: corrupted versions of the training rows, where they are at hand; nil has them made.
  ///   - monitor: told and asked at every step; stopping keeps the model so far.
  ///   - onEpoch: called on the training thread after each epoch.
  /// - Throws: `FusionError` for options that do not fit the data, or when stopped before the
  ///   first step.
  public func train(
    _ data: EncodedDataset, bank prepared: CorruptionBank? = nil,
    monitor: WorkMonitor = .silent, onEpoch: (Epoch) -> Void = { _ in }
  ) throws -> Outcome {
    let training = data.indices(of: .train)
    guard training.count >= 4 else { throw FusionError.tooFewSamples(training.count) }
    let architecture = try options.architecture(
      inputs: data.pipelines.map(\.input), for: data.dataset.task)
    let scaling = try data.targetScaling()
    let bank =
      try prepared
      ?? (options.corruptions ? CorruptionBank(data, options: options, monitor: monitor) : nil)
    let model = EAUModel<Float>(architecture, seed: options.seed)
    let run = try TrainingRun(
      options: options, model: model, data: data, training: training,
      numbers: scaling.map { $0.standardised(data.values(training)) }, bank: bank,
      // A thread for each 16 rows of a batch; more than two were never measured.
      team: WorkerTeam(threads: min(monitor.threads, max(2, options.batch / 16))))
    var epochs: [Epoch] = []
    for number in 1...options.epochs {
      let told = monitor.part(number - 1..<number, of: options.epochs)
      guard let losses = run.epoch("epoch \(number) of \(options.epochs)", told) else { break }
      let epoch = Epoch(number: number, losses: losses)
      epochs.append(epoch)
      onEpoch(epoch)
    }
    let rows = try data.tables(training)
    model.learnNovelty(rows, seed: options.seed)
    model.learnConsensus(rows)
    return Outcome(
      model: run.model, epochs: epochs, stopped: epochs.count < options.epochs,
      regression: try scaling.map {
        try RegressionTarget(
          calibrating: run.model, on: data, scaling: $0, dropout: options.hiddenDropout)
      })
  }
}

/// The moving parts of one training.
private final class TrainingRun {
  let model: EAUModel<Float>
  private let options: TrainingOptions
  private let rows: PairedRows
  private let labels: [Int]
  /// Standardised targets; nil for classification.
  private let numbers: [Double]?
  private let optimizer: AdamW<Float>
  private let team: WorkerTeam
  private let schedule: CosineSchedule
  private let batch: Int
  private var graphs: [(rows: Int, graph: LossGraph<Float>, clean: CleanPass)] = []
  private var generator: SeededGenerator
  private var step = 0

  init(
    options: TrainingOptions, model: EAUModel<Float>, data: EncodedDataset, training: [Int],
    numbers: [Double]?, bank: CorruptionBank?, team: WorkerTeam
  ) throws {
    self.numbers = numbers
    self.team = team
    self.options = options
    self.model = model
    rows = PairedRows(tables: try data.tables(training), bank: bank, options: options)
    labels = data.labels(training)
    batch = min(options.batch, training.count)
    optimizer = AdamW(
      model.parameters.map(\.variable), rate: options.rate, weightDecay: options.decay,
      team: team)
    let stepsAnEpoch = (training.count + batch - 1) / batch
    schedule = CosineSchedule(peak: options.rate, steps: options.epochs * stepsAnEpoch)
    generator = SeededGenerator(seed: options.seed, stream: stableHash("training"))
  }

  /// One pass over the training samples in random order; nil when stopped.
  func epoch(_ what: String, _ monitor: WorkMonitor) -> LossValues? {
    let order = labels.indices.shuffled(using: &generator)
    var sum = LossSum()
    for start in Swift.stride(from: 0, to: order.count, by: batch) {
      if monitor.shouldStop() { return nil }
      monitor.report(what, Double(start) / Double(order.count))
      let losses = take(Array(order[start..<min(start + batch, order.count)]))
      sum.add(losses)
    }
    return sum.mean
  }

  private func take(_ positions: [Int]) -> LossValues {
    let (graph, clean) = graph(rows: positions.count)
    graph.labels.values = positions.map { labels[$0] }
    if let numbers { graph.target.numbers.values = positions.map { Float(numbers[$0]) } }
    rows.write(
      positions, into: graph.inputs, clean: options.calibration > 0 ? clean.inputs : nil,
      &generator)
    graph.drawNoise(&generator)
    if options.calibration > 0 {
      clean.run(into: graph.targets)
    }
    optimizer.rate = schedule.rate(at: step)
    graph.run(stepping: optimizer, maximumNorm: 5)
    step += 1
    return graph.losses
  }

  private func graph(rows: Int) -> (LossGraph<Float>, CleanPass) {
    if let found = graphs.first(where: { $0.rows == rows }) { return (found.graph, found.clean) }
    let graph = model.lossGraph(rows: rows, settings: options.lossSettings, team: team)
    let clean = CleanPass(
      model, rows: rows, hiddenMasks: options.sharedDropout ? graph.hiddenMasks : nil, team: team)
    graphs.append((rows, graph, clean))
    return (graph, clean)
  }
}

/// mu of the clean inputs under the same dropout: what L_cal pulls towards.
private final class CleanPass {
  let inputs: ModelInputs<Float>
  private let tape: Tape<Float>
  private let gaussians: [Gaussian<Float>]

  init(_ model: EAUModel<Float>, rows: Int, hiddenMasks: [Variable<Float>]?, team: WorkerTeam) {
    tape = Tape(differentiates: false, team: team)
    inputs = ModelInputs(model.architecture.inputs, rows: rows)
    gaussians = model.recordGaussians(inputs, hiddenMasks: hiddenMasks, on: tape)
  }

  func run(into targets: [Variable<Float>]) {
    tape.replay()
    for (target, gaussian) in zip(targets, gaussians) {
      target.value.update(from: gaussian.mu.value, count: target.count)
    }
  }
}

/// The mean of each loss term over an epoch's steps.
private struct LossSum {
  private var sum = LossValues()
  private var count = 0.0

  mutating func add(_ values: LossValues) {
    count += 1
    sum.total += values.total
    sum.task += values.task
    sum.bottleneckKL += values.bottleneckKL
    sum.pair += values.pair
    sum.prior += values.prior
    sum.augmentation += values.augmentation
    sum.calibration = values.calibration.map { $0 + (sum.calibration ?? 0) }
    sum.unimodal = values.unimodal.map { $0 + (sum.unimodal ?? 0) }
  }

  var mean: LossValues {
    var mean = sum
    mean.total /= count
    mean.task /= count
    mean.bottleneckKL /= count
    mean.pair /= count
    mean.prior /= count
    mean.augmentation /= count
    mean.calibration = sum.calibration.map { $0 / count }
    mean.unimodal = sum.unimodal.map { $0 / count }
    return mean
  }
}
