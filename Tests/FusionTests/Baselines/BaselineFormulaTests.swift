import Autograd
import TestSupport
import Testing

@testable import Fusion

/// Each method against the published formula computed independently (Fixtures/baselines).
@Suite struct BaselineFormulaTests {
  private func leaf(_ matrix: Matrix<Double>) -> Variable<Double> {
    Variable(matrix, differentiable: true)
  }

  private func everywhere(_ rows: Int) -> Variable<Double> {
    Variable(Matrix(rows: rows, columns: 1, repeating: 1), differentiable: false)
  }

  /// Two opinions that contradict each other, and a third: Dempster's rule as the paper prints
  /// it, whatever the order.
  @Test func dempsterCombination() throws {
    let entry = try BaselineFixture.entry("combination")
    #expect(try entry.number("conflict") > 0.4)
    let views = try entry.matrix("views")
    func combined(_ order: [Int]) -> [Double] {
      let leaves = order.map { leaf(views.gathering([$0])) }
      return Tape<Double>().combinedEvidence(leaves, presence: order.map { _ in nil })
        .matrix.values
    }
    #expect(deviation(combined([0, 1]), try entry.numbers("two")) < 1e-12)
    #expect(deviation(combined([0, 1, 2]), try entry.numbers("three")) < 1e-12)
    #expect(deviation(combined([2, 0, 1]), try entry.numbers("three")) < 1e-12)
    let two = combined([0, 1])
    let strength = two.reduce(3, +)
    #expect(deviation(two.map { $0 / strength }, try entry.numbers("beliefs")) < 1e-12)
    #expect(abs(3 / strength - (try entry.number("uncertainty"))) < 1e-12)
  }

  /// By hand: evidence (2, 0) and (0, 2) of two classes. Each has S = 4, b = ½ and u = ½; the
  /// conflict is ¼; b = (¼)/(¾) = ⅓ for both, u = ⅓. So S = 6 and e = (2, 2).
  @Test func contradictionByHand() {
    let found = Tape<Double>().combinedEvidence(
      [
        leaf(Matrix(rows: 1, columns: 2, values: [2, 0])),
        leaf(Matrix(rows: 1, columns: 2, values: [0, 2])),
      ], presence: [nil, nil])
    #expect(found.matrix.values == [2, 2])
  }

  /// Evidence without end stays finite in Float, and so does its gradient.
  @Test func enormousEvidenceStaysFinite() {
    let views = (0..<12).map { _ in
      Variable<Float>(Matrix(rows: 1, columns: 2, values: [1e6, 3]), differentiable: true)
    }
    let tape = Tape<Float>()
    let fused = tape.combinedEvidence(views, presence: views.map { _ in nil })
    let annealing = Variable<Float>(
      Matrix(rows: 1, columns: 1, repeating: 1), differentiable: false)
    tape.backward(from: tape.evidentialLoss(fused, Labels([1]), annealing: annealing))
    #expect(fused.matrix.values.allSatisfy { $0.isFinite })
    #expect(views.allSatisfy { $0.gradientMatrix.values.allSatisfy { $0.isFinite } })
  }

  @Test func evidentialLoss() throws {
    let entry = try BaselineFixture.entry("evidentialLoss")
    let evidence = try entry.matrix("evidence")
    let labels = try entry.numbers("labels").map { Int($0) }
    let annealing = Variable<Double>(
      Matrix(rows: 1, columns: 1, repeating: try entry.number("annealing")), differentiable: false)
    func loss(_ rows: [Int]) -> Double {
      Tape<Double>().evidentialLoss(
        leaf(evidence.gathering(rows)), Labels(rows.map { labels[$0] }), annealing: annealing
      ).scalar
    }
    #expect(deviation((0..<3).map { loss([$0]) }, try entry.numbers("losses")) < 1e-12)
    #expect(abs(loss([0, 1, 2]) - (try entry.number("mean"))) < 1e-12)
  }

  @Test func energyWeightsAndFusion() throws {
    let entry = try BaselineFixture.entry("qmf")
    let logits = try entry.matrices("logits").map(leaf)
    let tape = Tape<Double>()
    let confidence = logits.map { tape.energyConfidence($0) }
    #expect(
      deviation(confidence.flatMap(\.matrix.values), try entry.numbers("weights")) < 1e-12)
    let fused = tape.energyFusion(
      logits, confidence: confidence, presence: logits.map { _ in everywhere(3) })
    #expect(deviation(fused.matrix.values, try entry.numbers("fused")) < 1e-12)
    #expect(
      deviation(softmaxRows(fused.matrix).values, try entry.numbers("probabilities")) < 1e-12)
  }

  /// By hand, κ = (0, 1, 0.5), w = (0.8, 0.9, 0.2), pairs (0,1), (1,2), (2,0):
  /// −(0.8 − 0.9) + 1 = 1.1; (0.9 − 0.2) + 0.5 = 1.2; (0.2 − 0.8) + 0.5 < 0, so 0.
  /// Their mean is 2.3/3. Without row 2's history only the first pair counts.
  @Test func rankingByHand() {
    func loss(_ past: [Double], _ present: [Double] = [1, 1, 1]) -> Double {
      Tape<Double>().rankingLoss(
        leaf(Matrix(rows: 3, columns: 1, values: [0.8, 0.9, 0.2])),
        pastLosses: leaf(Matrix(rows: 3, columns: 1, values: past)),
        presence: leaf(Matrix(rows: 3, columns: 1, values: present))
      ).scalar
    }
    #expect(abs(loss([0, 1, 0.5]) - 2.3 / 3) < 1e-12)
    #expect(abs(loss([0, 1, -1]) - 1.1) < 1e-12)
    #expect(abs(loss([0, 1, 0.5], [1, 1, 0]) - 1.1) < 1e-12)
    #expect(loss([0.4, 0.4, 0.4]) == 0)
  }

  @Test func attentionPooling() throws {
    let entry = try BaselineFixture.entry("attention")
    let h = try entry.matrices("h").map(leaf)
    let (u, v) = (leaf(try entry.matrix("U")), leaf(try entry.matrix("v")))
    let c = leaf(try entry.matrix("c"))
    let none = leaf(Matrix(rows: 1, columns: 1))
    let tape = Tape<Double>()
    let scores = h.map { tape.linear(tape.layer(.dense($0), u, c, .tanh), v, none) }
    var presence = h.map { _ in everywhere(2) }
    let all = tape.attend(h, scores: scores, presence: presence)
    #expect(deviation(all.alpha.flatMap(\.matrix.values), try entry.numbers("alpha")) < 1e-12)
    #expect(deviation(all.pooled.matrix.values, try entry.numbers("pooled")) < 1e-12)
    presence[0] = leaf(Matrix(rows: 2, columns: 1, values: [1, 0]))
    let some = tape.attend(h, scores: scores, presence: presence)
    #expect(some.alpha[0].value[1] == 0)
    #expect(
      deviation(
        [some.alpha[1].value[1], some.alpha[2].value[1]], try entry.numbers("alphaWithoutFirst"))
        < 1e-12)
  }

  /// By hand: (0.2, 0.8) and (0.6, 0.4) have the mean (0.4, 0.6); where the second is missing the
  /// first stays, and where both are, nothing is known.
  @Test func meanOfProbabilitiesByHand() {
    let parts = [[0.2, 0.8], [0.6, 0.4]].map { row in
      Matrix<Double>(rows: 3, columns: 2, values: row + row + row)
    }
    let found = meanOverPresent(
      parts,
      presence: [[1, 1, 0], [1, 0, 0]].map { leaf(Matrix(rows: 3, columns: 1, values: $0)) })
    #expect(deviation(found.values, [0.4, 0.6, 0.2, 0.8, 0.5, 0.5]) < 1e-12)
  }

  /// Losses 0 and ln 4 (a probability of ¼), again and again: the least is 0, the largest 1, and a
  /// sample without the modality has none. Then that sample comes in at ln 2, half of ln 4.
  @Test func lossHistoryByHand() {
    var history = LossHistory(modalities: 1, samples: 3)
    let logits = leaf(Matrix(rows: 3, columns: 2, values: [900, 0, Double.log(3), 0, 0, 0]))
    let column = leaf(Matrix(rows: 3, columns: 1))
    for _ in 0..<2 {
      history.add([0, 1, 2], logits: [logits], labels: [Labels([0, 1, -1])])
      history.write([0, 1, 2], into: [column])
      #expect(deviation(column.matrix.values, [0, 1, -1]) < 1e-12)
    }
    let even = leaf(Matrix(rows: 1, columns: 2))
    history.add([2], logits: [even], labels: [Labels([0])])
    history.write([2, 1, 0], into: [column])
    #expect(deviation(column.matrix.values, [0.5, 1, 0]) < 1e-12)
  }
}
