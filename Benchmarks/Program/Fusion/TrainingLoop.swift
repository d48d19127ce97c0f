import Autograd
import Fusion
import SeededRandom

/// Rows and labels of one step.
struct TrainingBatch {
  /// One a modality.
  let tables: [FeatureTable]
  let labels: [Int]
}

/// Training steps on batches in turn, with fresh noise at each.
final class TrainingLoop {
  let graph: LossGraph<Float>
  private let model: EAUModel<Float>
  private let batches: [(inputs: ModelInputs<Float>, labels: [Int])]
  private let team: WorkerTeam
  private var optimizer: AdamW<Float>
  private var steps = 0
  private var generator = SeededGenerator(seed: 1)

  /// - Parameters:
  ///   - batches: equally large.
  ///   - threads: how many share a step.
  init(_ model: EAUModel<Float>, batches: [TrainingBatch], threads: Int) {
    setBLASThreads(1)
    self.model = model
    let inputs = model.architecture.inputs
    self.batches = batches.map { (ModelInputs(inputs, $0.tables), $0.labels) }
    team = WorkerTeam(threads: threads)
    graph = model.lossGraph(
      rows: batches[0].labels.count,
      settings: .init(
        weights: LossWeights(beta: 1e-3, pair: 1e-3, prior: 1e-3, augmentation: 0.1),
        form: .infoNCE, tau: 0.1), team: team)
    optimizer = Self.optimizer(model, team)
  }

  private static func optimizer(_ model: EAUModel<Float>, _ team: WorkerTeam) -> AdamW<Float> {
    AdamW(model.parameters.map(\.variable), rate: 1e-3, weightDecay: 1e-2, team: team)
  }

  func step() {
    step { graph.drawNoise(&generator) }
  }

  /// - Parameter noise: fills the graph's noise leaves.
  func step(drawing noise: () -> Void) {
    let batch = batches[steps % batches.count]
    steps += 1
    graph.inputs.exchange(with: batch.inputs)
    defer { graph.inputs.exchange(with: batch.inputs) }
    graph.labels.values = batch.labels
    noise()
    graph.run(stepping: optimizer)
  }

  /// Begins again with the first batch and these parameters, in the model's order.
  func restart(with parameters: [Float]) {
    var rest = parameters[...]
    for (_, variable) in model.parameters { fill(variable, from: &rest) }
    optimizer = Self.optimizer(model, team)
    steps = 0
  }
}

/// Writes the first numbers of `values` into a variable and takes them away.
func fill(_ variable: Variable<Float>, from values: inout ArraySlice<Float>) {
  for (i, value) in values.prefix(variable.count).enumerated() { variable.value[i] = value }
  values = values.dropFirst(variable.count)
}
