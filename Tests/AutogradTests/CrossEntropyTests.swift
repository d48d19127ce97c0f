import Autograd
import SeededRandom
import TestSupport
import Testing

/// Cross entropy of S stacked passes, with rows that have no label.
@Suite struct CrossEntropyTests {
  @Test(arguments: [1, 2, 5], [1, 3]) func severalPassesAndRowsLeftOut(rows: Int, samples: Int) {
    var generator = SeededGenerator(seed: 7)
    let logits = generator.normalMatrix(samples * rows, 4, scale: 3)
    for left in [[], [0], Array(0..<rows)] {
      let labels = Labels((0..<rows).map { left.contains($0) ? -1 : $0 % 4 })
      let worst = gradientDeviation([logits]) { tape, variables in
        tape.crossEntropy(variables[0], labels)
      }
      #expect(worst < 1e-7)
      var terms: [Double] = []
      for row in 0..<samples * rows where labels.values[row % rows] >= 0 {
        let total = logits.row(row).reduce(0.0) { $0 + Double.exp($1) }
        terms.append(Double.log(total) - logits[row, labels.values[row % rows]])
      }
      let expected = terms.reduce(0, +) / Double(max(1, terms.count))
      let found = Tape<Double>().crossEntropy(Variable(logits, differentiable: true), labels).scalar
      #expect(deviation([found], [expected]) < 1e-12)
    }
  }
  /// Logits as far apart as 1000 and as low as -5e4, together and with the gradient
  /// (softmax − one-hot)/B.
  @Test func extremeLogitsGolden() throws {
    let entry = try Golden.shared().entry("log_softmax_ce")
    let logits = Variable(try entry.matrix("logits"), differentiable: true)
    let labels = try entry.numbers("labels").map { Int($0) }
    let expected = try entry.numbers("ce")
    let tape = Tape<Double>()
    let loss = tape.crossEntropy(logits, Labels(labels))
    tape.backward(from: loss)
    let rows = Double(labels.count)
    #expect(deviation([loss.scalar], [expected.reduce(0, +) / rows]) < 1e-10)
    for row in labels.indices {
      let values = Array(logits.matrix.row(row))
      let largest = values.max() ?? 0
      let powers = values.map { Double.exp($0 - largest) }
      let total = powers.reduce(0, +)
      let slopes = powers.enumerated().map { c, power in
        (power / total - (c == labels[row] ? 1 : 0)) / rows
      }
      #expect(deviation(Array(logits.gradientMatrix.row(row)), slopes) < 1e-12)
    }
  }
}
