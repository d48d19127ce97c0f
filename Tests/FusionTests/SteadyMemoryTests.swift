import AllocationCounting
import Autograd
import Fusion
import SeededRandom
import Testing

/// After the first step no memory is asked for: arenas are filled once.
@Suite struct SteadyMemoryTests {
  private func model(_ rule: FusionRule = .perDimension) -> EAUModel<Float> {
    EAUModel(
      Architecture(
        inputs: [
          .init(name: "text", features: 40, sparse: true),
          .init(name: "image", features: 24, sparse: false),
          .init(name: "audio", features: 9, sparse: false),
        ], classes: 3, hidden: 32, latent: 16, bottleneck: 8, rule: rule,
        unimodalClassifiers: true), seed: 1)
  }

  /// Rows of one batch; later seeds have fewer words a row, so that sparse storage need not grow.
  private func batch(_ model: EAUModel<Float>, rows: Int, seed: UInt64) -> ModelInputs<Float> {
    var generator = SeededGenerator(seed: seed)
    let inputs = ModelInputs<Float>(model.architecture.inputs, rows: rows)
    inputs.begin()
    for leaf in inputs.leaves {
      switch leaf {
      case .dense(let x): Float.fillNormal(x.value, count: x.count, &generator)
      case .sparse(let x):
        let words = 20 - Int(seed)
        for _ in 0..<rows {
          x.rows.append(
            indices: (0..<words).map { Int32(2 * $0) },
            values: (0..<words).map { _ in Float(generator.uniform()) })
        }
      }
    }
    return inputs
  }

  /// How often this thread asks for memory in `body`; the counter itself is shown to count.
  private func allocations(_ body: () -> Void) -> UInt64 {
    let before = allocations_of_this_thread()
    body()
    return allocations_of_this_thread() - before
  }

  @Test func theCounterCounts() {
    var kept: [UnsafeMutablePointer<Int>] = []
    kept.reserveCapacity(4)
    #expect(allocations { kept.append(.allocate(capacity: 1000)) } >= 1)
    for memory in kept { memory.deallocate() }
  }

  /// With few rows gradients are used in pieces, with many they are kept.
  @Test(arguments: [FusionRule.perDimension, .perModality, .precision, .uniform], [32, 80])
  func trainingSteps(_ rule: FusionRule, rows: Int) {
    let model = model(rule)
    let graph = model.lossGraph(
      rows: rows,
      settings: .init(
        weights: LossWeights(
          beta: 1e-3, pair: 1e-3, prior: 1e-3, augmentation: 0.1, calibration: 1, unimodal: 0.3),
        form: .infoNCE, tau: 0.1, hiddenDropout: 0.2))
    let optimizer = AdamW(model.parameters.map(\.variable), rate: 1e-3)
    let batches = (1...3).map { batch(model, rows: rows, seed: $0) }
    let labels = (0..<rows).map { $0 % 3 }
    var generator = SeededGenerator(seed: 9)
    func step(_ number: Int) {
      graph.inputs.exchange(with: batches[number])
      graph.labels.values = labels
      graph.drawNoise(&generator)
      graph.run(stepping: optimizer, maximumNorm: 5)
      graph.inputs.exchange(with: batches[number])
    }
    // Each once before: the runtime asks for memory when it meets a type for the first time.
    for number in [0, 1, 2] { step(number) }
    for number in [0, 1, 2] { #expect(allocations { step(number) } == 0, "batch \(number)") }
    #expect(graph.losses.total.isFinite)
  }

  @Test(arguments: [1, 17]) func inference(rows: Int) {
    let model = model()
    let pass = FusionPass(model, rows: rows)
    let batches = (1...2).map { batch(model, rows: rows, seed: $0) }
    func run(_ number: Int) {
      pass.inputs.exchange(with: batches[number])
      pass.run()
      pass.inputs.exchange(with: batches[number])
    }
    run(0)
    for number in [0, 1] { #expect(allocations { run(number) } == 0, "batch \(number)") }
    #expect(pass.fusion.fused.matrix.values.contains { $0 != 0 })
  }
}
