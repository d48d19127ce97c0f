import Autograd
import SeededRandom
import Synchronization
import TestSupport
import Testing

/// Threads that share work: everything is done once, and the result does not depend on chance.
@Suite struct WorkerTeamTests {
  @Test(arguments: [1, 2, 3, 5]) func everyPartIsDoneOnce(threads: Int) {
    let team = WorkerTeam(threads: threads)
    let done = Mutex<[Int]>([])
    for round in 0..<300 {
      let count = round % 9
      done.withLock { $0 = [] }
      team.run(count) { part in done.withLock { $0.append(part) } }
      #expect(done.withLock { $0.sorted() } == Array(0..<count))
    }
  }

  /// Threads that have parked are woken, and a team may end at once or while they are parked.
  @Test func parkedThreadsAreWoken() async throws {
    for pause in [0, 1, 30] {
      let team = WorkerTeam(threads: 3)
      let sum = Atomic<Int>(0)
      for _ in 0..<5 {
        try await Task.sleep(for: .milliseconds(pause))
        team.run(7) { sum.add($0, ordering: .relaxed) }
      }
      #expect(sum.load(ordering: .relaxed) == 5 * 21)
    }
    _ = WorkerTeam(threads: 4)
  }

  private func graph(
    _ threads: Int, rows: Int
  ) -> (loss: Double, gradients: [[Double]], replay: () -> [[Double]]) {
    var generator = SeededGenerator(seed: 4)
    func leaf(_ rows: Int, _ columns: Int, _ differentiable: Bool) -> Variable<Float> {
      let leaf = Variable<Float>(rows: rows, columns: columns, differentiable: differentiable)
      Float.fillNormal(leaf.value, count: leaf.count, &generator)
      return leaf
    }
    let parameters = [leaf(50, 40, true), leaf(1, 40, true), leaf(40, 6, true), leaf(1, 6, true)]
    let x = leaf(rows, 50, false)
    let tape = Tape<Float>(team: WorkerTeam(threads: threads))
    let hidden = tape.layer(.dense(x), parameters[0], parameters[1], .tanh)
    let loss = tape.crossEntropy(
      tape.linear(tape.rowsNormalised(hidden), parameters[2], parameters[3]),
      Labels((0..<rows).map { $0 % 6 }))
    func run() -> [[Double]] {
      for parameter in parameters { parameter.discardGradient() }
      tape.replay()
      tape.backward(from: loss)
      return parameters.map { $0.gradientMatrix.values.map(Double.init) }
    }
    let gradients = run()
    return (Double(loss.scalar), gradients, run)
  }

  @Test(arguments: [1, 2, 15, 16, 33, 40, 333]) func sharedRowsGiveTheSameBitForBit(rows: Int) {
    let alone = graph(1, rows: rows)
    for threads in [2, 3, 8] {
      let shared = graph(threads, rows: rows)
      #expect(shared.loss == alone.loss)
      #expect(shared.gradients == alone.gradients)
      for _ in 0..<20 { #expect(shared.replay() == shared.gradients) }
    }
  }

  /// A discarded gradient is zero to whoever asks, and is written, not added to, by the next pass.
  @Test func discardedGradients() {
    let w = Variable(Matrix<Double>(rows: 2, columns: 1, values: [1, 2]), differentiable: true)
    let b = Variable<Double>(rows: 1, columns: 1, differentiable: true)
    let x = Variable(
      Matrix<Double>(rows: 1, columns: 2, values: [3, 5]), differentiable: false)
    let tape = Tape<Double>()
    let y = tape.dot(tape.linear(x, w, b), Matrix(rows: 1, columns: 1, values: [1]))
    tape.backward(from: y)
    tape.backward(from: y)
    #expect(w.gradientMatrix.values == [6, 10])
    w.discardGradient()
    #expect(w.gradientMatrix.values == [0, 0])
    w.discardGradient()
    b.discardGradient()
    tape.backward(from: y)
    #expect(w.gradientMatrix.values == [3, 5])
    #expect(b.gradientMatrix.values == [1])
  }

  /// A weight that another operation computed gets its gradient in time to pass it on.
  @Test func weightsMayBeResults() {
    var generator = SeededGenerator(seed: 8)
    let cotangent = generator.normalMatrix(3, 2)
    let worst = gradientDeviation([
      generator.normalMatrix(3, 4), generator.normalMatrix(4, 2), generator.normalMatrix(1, 2),
    ]) { tape, variables in
      let weights = tape.softplus(variables[1])
      return tape.dot(tape.linear(variables[0], weights, tape.softplus(variables[2])), cotangent)
    }
    #expect(worst < 1e-7)
  }
}
