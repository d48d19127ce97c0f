import Autograd
import SeededRandom
import TestSupport
import Testing

/// Each operation's adjoint against central differences, and its value against plain loops.
@Suite struct OperationTests {
  @Test(arguments: [(1, 1, 1), (3, 4, 2), (5, 2, 7)])
  func linear(rows: Int, inputs: Int, outputs: Int) {
    var generator = SeededGenerator(seed: 1)
    let x = generator.normalMatrix(rows, inputs)
    let w = generator.normalMatrix(inputs, outputs)
    let b = generator.normalMatrix(1, outputs)
    let cotangent = generator.normalMatrix(rows, outputs)
    let worst = gradientDeviation([x, w, b]) { tape, variables in
      tape.dot(tape.linear(variables[0], variables[1], variables[2]), cotangent)
    }
    #expect(worst < 1e-7)
    let tape = Tape<Double>(differentiates: false)
    let found = tape.linear(
      Variable(x, differentiable: false), Variable(w, differentiable: false),
      Variable(b, differentiable: false)
    ).matrix
    for row in 0..<rows {
      for column in 0..<outputs {
        let expected = (0..<inputs).reduce(b[0, column]) { $0 + x[row, $1] * w[$1, column] }
        #expect(abs(found[row, column] - expected) < 1e-12)
      }
    }
  }

  /// Sparse rows, some of them empty, give what the same dense rows give: value and gradients.
  @Test func sparseLinearEqualsDense() {
    var generator = SeededGenerator(seed: 2)
    var sparse = SparseRows<Double>(columns: 6)
    sparse.append(indices: [1, 4], values: [0.5, -2])
    sparse.append(indices: [], values: [])
    sparse.append(indices: [0, 1, 5], values: [1, 3, 0.25])
    let weights = generator.normalMatrix(6, 3)
    let bias = generator.normalMatrix(1, 3)
    let cotangent = generator.normalMatrix(3, 3)
    func run(
      _ layer: (Tape<Double>, Variable<Double>, Variable<Double>) -> Variable<Double>
    )
      -> (Matrix<Double>, Matrix<Double>, Matrix<Double>)
    {
      let tape = Tape<Double>()
      let w = Variable(weights, differentiable: true)
      let b = Variable(bias, differentiable: true)
      let output = layer(tape, w, b)
      tape.backward(from: tape.dot(output, cotangent))
      return (output.matrix, w.gradientMatrix, b.gradientMatrix)
    }
    let left = run { $0.layer(.sparse(SparseInput(sparse)), $1, $2, .tanh) }
    let right = run {
      $0.layer(.dense(Variable(sparse.dense(), differentiable: false)), $1, $2, .tanh)
    }
    #expect(deviation(left.0.values, right.0.values) < 1e-12)
    #expect(deviation(left.1.values, right.1.values) < 1e-12)
    #expect(deviation(left.2.values, right.2.values) < 1e-12)
  }

  @Test(arguments: Activation.allCases, [false, true])
  func layers(_ activation: Activation, masked: Bool) {
    var generator = SeededGenerator(seed: 3)
    let inputs = [
      generator.normalMatrix(4, 3), generator.normalMatrix(3, 5), generator.normalMatrix(1, 5),
    ]
    let cotangent = generator.normalMatrix(4, 5)
    let mask = Variable(
      Matrix(rows: 4, columns: 5, values: (0..<20).map { $0 % 3 == 0 ? 0 : 1.5 }),
      differentiable: false)
    let worst = gradientDeviation(inputs) { tape, variables in
      tape.dot(
        tape.layer(
          .dense(variables[0]), variables[1], variables[2], activation, mask: masked ? mask : nil),
        cotangent)
    }
    #expect(worst < 1e-7)
  }

  @Test func rowsNormalised() {
    var generator = SeededGenerator(seed: 3)
    let cotangent = generator.normalMatrix(4, 5)
    let worst = gradientDeviation([generator.normalMatrix(4, 5)]) { tape, variables in
      tape.dot(tape.rowsNormalised(variables[0]), cotangent)
    }
    #expect(worst < 1e-7)
  }

  @Test func crossEntropyLeavesUnlabelledRowsOut() {
    var generator = SeededGenerator(seed: 5)
    let logits = generator.normalMatrix(4, 3, scale: 3)
    let worst = gradientDeviation([logits]) { tape, variables in
      tape.crossEntropy(variables[0], Labels([2, -1, 0, 1]))
    }
    #expect(worst < 1e-7)
    let all = Variable(logits, differentiable: true)
    let kept = Variable(logits.gathering([0, 2, 3]), differentiable: true)
    let tape = Tape<Double>()
    #expect(
      tape.crossEntropy(all, Labels([2, -1, 0, 1])).scalar
        == tape.crossEntropy(kept, Labels([2, 0, 1])).scalar)
  }

  @Test func crossEntropyGolden() throws {
    let entry = try Golden.shared().entry("log_softmax_ce")
    let logits = try entry.matrix("logits")
    let labels = try entry.numbers("labels").map { Int($0) }
    let expected = try entry.numbers("ce")
    for row in 0..<logits.rows {
      let one = Variable(logits.gathering([row]), differentiable: true)
      let found = Tape<Double>().crossEntropy(one, Labels([labels[row]])).scalar
      #expect(deviation([found], [expected[row]]) < 1e-10)
    }
  }

  /// A replay after new inputs equals a fresh recording, and asks for the gradients anew.
  @Test func replayEqualsRecordingAnew() {
    var generator = SeededGenerator(seed: 6)
    let w = Variable(generator.normalMatrix(3, 2), differentiable: true)
    let b = Variable(generator.normalMatrix(1, 2), differentiable: true)
    let x = Variable(generator.normalMatrix(4, 3), differentiable: false)
    let tape = Tape<Double>()
    let loss = tape.crossEntropy(tape.layer(.dense(x), w, b, .tanh), Labels([0, 1, 1, 0]))
    tape.backward(from: loss)
    x.write(generator.normalMatrix(4, 3))
    w.zeroGradient()
    b.zeroGradient()
    tape.replay()
    tape.backward(from: loss)
    let freshW = Variable(w.matrix, differentiable: true)
    let freshB = Variable(b.matrix, differentiable: true)
    let fresh = Tape<Double>()
    let again = fresh.crossEntropy(
      fresh.layer(.dense(x), freshW, freshB, .tanh), Labels([0, 1, 1, 0]))
    fresh.backward(from: again)
    #expect(loss.scalar == again.scalar)
    #expect(w.gradientMatrix == freshW.gradientMatrix)
    #expect(b.gradientMatrix == freshB.gradientMatrix)
  }
}
