import SeededRandom
import TestSupport
import Testing

@testable import Autograd

/// Gradients that are used in pieces lead where gradients in memory lead.
@Suite struct DirectUpdateTests {
  /// A dense and a sparse layer, whose results meet in a second one, and what they learn from.
  private struct Network {
    let parameters: [Variable<Double>]
    let tape: Tape<Double>
    let loss: Variable<Double>

    /// - Parameter shared: whether the second layer's weights are used twice.
    init(rows: Int, shared: Bool = false, team: WorkerTeam = WorkerTeam()) {
      var generator = SeededGenerator(seed: 6)
      func parameter(_ rows: Int, _ columns: Int) -> Variable<Double> {
        Variable(generator.normalMatrix(rows, columns), differentiable: true)
      }
      let (images, words, hidden, classes) = (300, 120, 70, 5)
      let parameters = [
        parameter(images, hidden), parameter(1, hidden), parameter(words, hidden),
        parameter(1, hidden), parameter(2 * hidden, classes), parameter(1, classes),
      ]
      self.parameters = parameters
      var text = SparseRows<Double>(columns: words)
      for row in 0..<rows {
        text.append(
          indices: (0..<4).map { Int32(row % 7 + 20 * $0) },
          values: (0..<4).map { _ in generator.normal() })
      }
      let image = Variable(generator.normalMatrix(rows, images), differentiable: false)
      let tape = Tape<Double>(team: team)
      self.tape = tape
      let (seen, read) = (
        tape.layer(.dense(image), parameters[0], parameters[1], .tanh),
        tape.layer(.sparse(SparseInput(text)), parameters[2], parameters[3], .relu)
      )
      let labels = Labels((0..<rows).map { $0 % classes })
      func judged(_ hidden: Variable<Double>) -> Variable<Double> {
        tape.crossEntropy(tape.linear(hidden, parameters[4], parameters[5]), labels)
      }
      let both = judged(tape.joined([seen, read]))
      loss =
        shared ? tape.weightedSum([(1, both), (0.5, judged(tape.joined([seen, seen])))]) : both
    }

    func optimizer(_ parameters: [Variable<Double>]? = nil) -> AdamW<Double> {
      AdamW(parameters ?? self.parameters, rate: 0.01)
    }

    var numbers: [Double] { parameters.flatMap(\.matrix.values) }
  }

  private func kept(_ network: Network, _ optimizer: AdamW<Double>, _ maximumNorm: Double?) {
    for _ in 0..<5 {
      optimizer.zeroGradients()
      network.tape.replay()
      network.tape.backward(from: network.loss)
      optimizer.step(maximumNorm: maximumNorm)
    }
  }

  private func atOnce(_ network: Network, _ optimizer: AdamW<Double>, _ maximumNorm: Double?) {
    for _ in 0..<5 {
      network.tape.replay()
      network.tape.backward(
        from: network.loss, stepping: optimizer, maximumNorm: maximumNorm)
    }
  }

  @Test(arguments: [nil, 0.01, 1000] as [Double?], [3, 64, 65])
  func sameSteps(maximumNorm: Double?, rows: Int) {
    let (one, other) = (Network(rows: rows), Network(rows: rows))
    let start = one.numbers
    kept(one, one.optimizer(), maximumNorm)
    atOnce(other, other.optimizer(), maximumNorm)
    #expect(deviation(other.numbers, one.numbers) < 1e-12)
    #expect(deviation(other.numbers, start) > 0.01)
    // What was used in pieces is not in memory; to be measured, with more rows it is.
    let gradient = other.parameters[0].gradientMatrix.values
    #expect(gradient.allSatisfy { $0 == 0 } == (rows <= 64 || maximumNorm == nil))
  }

  @Test(arguments: [1, 2, 5]) func anyNumberOfThreads(threads: Int) {
    let one = Network(rows: 40)
    let other = Network(rows: 40, team: WorkerTeam(threads: threads))
    atOnce(one, one.optimizer(), 1)
    atOnce(other, AdamW(other.parameters, rate: 0.01, team: WorkerTeam(threads: threads)), 1)
    #expect(deviation(other.numbers, one.numbers) < 1e-12)
  }

  /// A parameter of two operations gets both their gradients.
  @Test func sharedParameters() {
    let (one, other) = (Network(rows: 9, shared: true), Network(rows: 9, shared: true))
    kept(one, one.optimizer(), 0.1)
    atOnce(other, other.optimizer(), 0.1)
    #expect(deviation(other.numbers, one.numbers) < 1e-12)
  }

  /// An optimizer of some parameters leaves the others alone, in the norm, too.
  @Test func someParameters() {
    let (one, other) = (Network(rows: 9), Network(rows: 9))
    let start = one.numbers
    kept(one, one.optimizer(Array(one.parameters[2...])), 0.1)
    atOnce(other, other.optimizer(Array(other.parameters[2...])), 0.1)
    #expect(deviation(other.numbers, one.numbers) < 1e-12)
    #expect(other.parameters[0].matrix.values == Array(start.prefix(300 * 70)))
  }

  /// A modality in which nothing was found to learn has no features.
  @Test func layersWithoutInputs() {
    let parameters = [0, 1].map { Variable<Double>(rows: $0, columns: 3, differentiable: true) }
    let tape = Tape<Double>(team: WorkerTeam(threads: 2))
    let loss = tape.crossEntropy(
      tape.linear(
        Variable(rows: 5, columns: 0, differentiable: false), parameters[0], parameters[1]),
      Labels([0, 1, 2, 0, 0]))
    tape.backward(
      from: loss, stepping: AdamW(parameters, rate: 0.1, weightDecay: 0), maximumNorm: 1)
    #expect(abs(parameters[1].value[0] - 0.1) < 1e-6)
  }

  /// Gradients from before a step do not count in it.
  @Test func earlierGradients() {
    let (one, other) = (Network(rows: 9), Network(rows: 9))
    other.parameters[0].gradient?[3] = 5
    other.parameters[1].gradient?[3] = 5
    kept(one, one.optimizer(), nil)
    atOnce(other, other.optimizer(), nil)
    #expect(deviation(other.numbers, one.numbers) < 1e-12)
  }
}
