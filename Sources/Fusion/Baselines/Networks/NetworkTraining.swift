import Autograd
import SeededRandom

/// Trains any fusion network: AdamW, cosine decay, gradients clipped at norm 5, a tape recorded
/// once a batch size and replayed.
final class NetworkTraining<Network: FusionNetwork<Float>, Rows: TrainingRows> {
  private let network: Network
  private let rows: Rows
  private let options: BaselineOptions
  private let batch: Int
  private let optimizer: AdamW<Float>
  private let schedule: CosineSchedule
  private var graphs: [TrainingGraph<Network>] = []
  private var history: LossHistory
  private var step = 0
  // A stream each, so that every method meets the same batches and corruptions.
  private var order: SeededGenerator
  private var corruption: SeededGenerator
  private var dropout: SeededGenerator

  init(_ network: Network, _ rows: Rows, _ options: BaselineOptions) {
    self.network = network
    self.rows = rows
    self.options = options
    let count = rows.labels.count
    batch = min(max(1, options.batch), count)
    optimizer = AdamW(network.parameters, rate: options.rate, weightDecay: options.decay)
    schedule = CosineSchedule(
      peak: options.rate, steps: options.epochs * ((count + batch - 1) / batch))
    history = LossHistory(modalities: rows.inputs.count, samples: count)
    order = SeededGenerator(seed: options.seed, stream: stableHash("baseline order"))
    corruption = SeededGenerator(seed: options.seed, stream: stableHash("baseline corruption"))
    dropout = SeededGenerator(seed: options.seed, stream: stableHash("baseline dropout"))
  }

  /// - Throws: `FusionError` `stopped`.
  func run(_ what: String, monitor: WorkMonitor, onEpoch: (Int, Double) -> Void) throws {
    for number in 1...max(1, options.epochs) {
      let shuffled = rows.labels.indices.shuffled(using: &order)
      let annealing = min(1, Float(number) / Float(max(1, options.annealing)))
      var sum = 0.0
      for start in Swift.stride(from: 0, to: shuffled.count, by: batch) {
        if monitor.shouldStop() { throw FusionError.stopped }
        let share = Double(start) / Double(shuffled.count)
        monitor.report(what, (Double(number - 1) + share) / Double(max(1, options.epochs)))
        let positions = Array(shuffled[start..<min(start + batch, shuffled.count)])
        sum += take(positions, annealing: annealing) * Double(positions.count)
      }
      monitor.report(what, Double(number) / Double(max(1, options.epochs)))
      onEpoch(number, sum / Double(shuffled.count))
    }
  }

  /// One step; the loss before it.
  private func take(_ positions: [Int], annealing: Float) -> Double {
    let graph = graph(rows: positions.count)
    graph.inputs.begin()
    rows.write(positions, into: graph.inputs, &corruption)
    for mask in graph.masks ?? [] {
      fillDropoutMask(mask, rate: options.hiddenDropout, &dropout)
    }
    graph.targets.write(positions.map { rows.labels[$0] }, presence: graph.inputs.presence)
    graph.targets.annealing.value[0] = annealing
    let remembered = network.rememberedLogits(graph.batch)
    if remembered != nil { history.write(positions, into: graph.targets.pastLosses) }
    optimizer.rate = schedule.rate(at: step)
    optimizer.zeroGradients()
    graph.tape.replay()
    graph.tape.backward(from: graph.loss)
    if let remembered {
      history.add(positions, logits: remembered, labels: graph.targets.modalityLabels)
    }
    optimizer.step(maximumNorm: 5)
    step += 1
    return Double(graph.loss.scalar)
  }

  private func graph(rows count: Int) -> TrainingGraph<Network> {
    if let found = graphs.first(where: { $0.inputs.rows == count }) { return found }
    let graph = TrainingGraph(network, inputs: rows.inputs, rows: count, options)
    graphs.append(graph)
    return graph
  }
}

/// The loss of one batch size.
private final class TrainingGraph<Network: FusionNetwork<Float>> {
  let tape = Tape<Float>()
  let inputs: ModelInputs<Float>
  let masks: [Variable<Float>]?
  let targets: BatchTargets<Float>
  let batch: Network.Batch
  let loss: Variable<Float>

  init(
    _ network: Network, inputs modalities: [Architecture.Input], rows: Int,
    _ options: BaselineOptions
  ) {
    inputs = ModelInputs(modalities, rows: rows)
    masks =
      options.hiddenDropout > 0
      ? modalities.map { _ in
        Variable(rows: rows, columns: options.hidden, differentiable: false)
      } : nil
    targets = BatchTargets(rows: rows, modalities: modalities.count)
    batch = network.record(inputs, masks: masks, on: tape)
    loss = network.recordLoss(batch, targets, on: tape)
  }
}
