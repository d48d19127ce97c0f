import Autograd
import SeededRandom
import TestSupport
import Testing

@testable import Fusion

/// The adjoint of every fused operation of the baselines against central differences.
@Suite struct BaselineOperationGradientTests {
  private func column(_ values: [Double]) -> Variable<Double> {
    Variable(Matrix(rows: values.count, columns: 1, values: values), differentiable: false)
  }

  /// Three modalities, four rows; in row 1 the first is missing, row 2 has the last alone.
  private var presence: [Variable<Double>] {
    [column([1, 0, 0, 1]), column([1, 1, 0, 1]), column([1, 1, 1, 1])]
  }

  @Test func energyConfidence() {
    var generator = SeededGenerator(seed: 21)
    let cotangent = generator.normalMatrix(4, 1)
    let worst = gradientDeviation([generator.normalMatrix(4, 3, scale: 4)]) {
      $0.dot($0.energyConfidence($1[0]), cotangent)
    }
    #expect(worst < 1e-7)
  }

  @Test func energyFusionMovesTheLogitsAlone() {
    var generator = SeededGenerator(seed: 22)
    let logits = (0..<3).map { _ in generator.normalMatrix(4, 3) }
    let confidence = (0..<3).map { _ in
      Variable(generator.normalMatrix(4, 1), differentiable: true)
    }
    let cotangent = generator.normalMatrix(4, 3)
    let worst = gradientDeviation(logits) {
      $0.dot($0.energyFusion($1, confidence: confidence, presence: presence), cotangent)
    }
    #expect(worst < 1e-7)
    #expect(confidence.allSatisfy { $0.gradientMatrix.values.allSatisfy { $0 == 0 } })
  }

  @Test func rankingLoss() {
    var generator = SeededGenerator(seed: 23)
    let past = column([0.1, 0.9, 0.4, -1])
    let worst = gradientDeviation([generator.normalMatrix(4, 1)]) {
      $0.rankingLoss($1[0], pastLosses: past, presence: presence[2])
    }
    #expect(worst < 1e-7)
  }

  @Test func combinedEvidence() {
    var generator = SeededGenerator(seed: 24)
    let views = (0..<4).map { _ in generator.positiveMatrix(4, 3, scale: 1.5) }
    let cotangent = generator.normalMatrix(4, 3)
    let worst = gradientDeviation(views) {
      $0.dot(
        $0.combinedEvidence($1, presence: presence.map { $0 } + [nil]), cotangent)
    }
    #expect(worst < 1e-7)
  }

  @Test(arguments: [0, 0.4, 1])
  func evidentialLoss(annealing: Double) {
    var generator = SeededGenerator(seed: 25)
    let worst = gradientDeviation([generator.positiveMatrix(4, 3, scale: 2)]) {
      $0.evidentialLoss($1[0], Labels([2, -1, 0, 1]), annealing: column([annealing]))
    }
    #expect(worst < 1e-7)
  }

  @Test func attention() {
    var generator = SeededGenerator(seed: 26)
    let inputs =
      (0..<3).map { _ in generator.normalMatrix(4, 5) }
      + (0..<3).map { _ in generator.normalMatrix(4, 1, scale: 2) }
    let cotangent = generator.normalMatrix(4, 5)
    let worst = gradientDeviation(inputs) {
      let batch = $0.attend(
        Array($1[..<3]), scores: Array($1[3...]), presence: presence)
      return $0.dot(batch.pooled, cotangent)
    }
    #expect(worst < 1e-7)
  }

  /// The whole loss of every network, through its extractors, in Double.
  @Test(arguments: Baseline.allCases.filter { $0 != .logistic })
  func wholeNetworks(baseline: Baseline) {
    var options = BaselineOptions()
    (options.hidden, options.latent, options.activation) = (5, 4, .tanh)
    let inputs = (0..<3).map {
      Architecture.Input(name: "view\($0)", features: 3, sparse: false)
    }
    var builder = NetworkBuilder(inputs: inputs, classes: 3, options: options)
    switch baseline {
    case .concatenation: check(ConcatenationNetwork(&builder), inputs)
    case .late: check(LateNetwork(&builder), inputs)
    case .tmc: check(EvidentialNetwork(&builder, pseudoView: false), inputs)
    case .etmc: check(EvidentialNetwork(&builder, pseudoView: true), inputs)
    case .attention: check(AttentionNetwork(&builder), inputs)
    case .qmf, .logistic:
      // QMF's confidences are held fixed in its fusion: its loss is not the function whose
      // gradient it follows. Its parts are checked above.
      return
    }
  }

  private func check(_ network: some FusionNetwork<Double>, _ inputs: [Architecture.Input]) {
    var generator = SeededGenerator(seed: 27)
    let leaves = ModelInputs<Double>(inputs, rows: 4)
    for case .dense(let leaf) in leaves.leaves { leaf.write(generator.normalMatrix(4, 3)) }
    for (column, values) in zip(leaves.presence, presence) { column.write(values.matrix) }
    let targets = BatchTargets<Double>(rows: 4, modalities: 3)
    targets.write([0, 2, 1, 0], presence: leaves.presence)
    targets.annealing.value[0] = 0.5
    let tape = Tape<Double>()
    let loss = network.recordLoss(
      network.record(leaves, masks: nil, on: tape), targets, on: tape)
    tape.backward(from: loss)
    for parameter in network.parameters {
      for i in stride(from: 0, to: parameter.count, by: 3) {
        let (original, h) = (parameter.value[i], 1e-6)
        parameter.value[i] = original + h
        tape.replay()
        let above = loss.scalar
        parameter.value[i] = original - h
        tape.replay()
        let numeric = (above - loss.scalar) / (2 * h)
        parameter.value[i] = original
        #expect(abs(numeric - (parameter.gradient?[i] ?? .nan)) < 1e-7)
      }
    }
  }
}
