import Autograd
import Fusion
import TestSupport
import Testing

/// Losses and fusion weights where sigma runs from 1e-8 to 1e4, neighbours one float32 apart beside
/// each other, against 200-digit arithmetic (Tests/Fixtures/make_extreme_sigma.py).
///
/// Every entry is compared relative to itself: a gradient lost beside one 1e20 times larger fails.
@Suite struct ExtremeSigmaTests {
  let fixture: Golden
  init() throws { fixture = try Golden.fixture("extreme-sigma.json") }

  /// What a number type can be asked for. Floors are below anything a training step would feel.
  struct Demand: Sendable {
    let relative: Double
    /// Where a loss counts as zero: KL of neighbours is (1e-7)², less than a rounding of 1e-7.
    let value: Double
    /// Where a weight or its gradient counts as zero: exp underflows, and is divided by sigma².
    let weight: Double
  }
  static let double = Demand(relative: 1e-11, value: 1e-10, weight: 1e-270)
  static let float = Demand(relative: 1e-4, value: 1e-8, weight: 1e-16)

  private func variable<Scalar: Real>(_ values: [[Double]]) -> Variable<Scalar> {
    Variable(
      Matrix(
        rows: values.count, columns: values[0].count,
        values: values.flatMap { $0.map { Scalar($0) } }), differentiable: true)
  }

  private func gaussian<Scalar: Real>(_ mu: Double, _ sigma: Double) -> Gaussian<Scalar> {
    Gaussian(mu: variable([[mu]]), sigma: variable([[sigma]]))
  }

  private func gradients<Scalar: Real>(_ variables: [Variable<Scalar>]) -> [Double] {
    variables.flatMap { $0.gradientMatrix.values.map { Double($0) } }
  }

  private func check(
    _ found: [Double], _ expected: [Double], _ demand: Demand, floor: Double? = nil,
    _ comment: Comment
  ) {
    let floor = floor ?? demand.value
    #expect(relativeDeviation(found, expected, floor: floor) < demand.relative, comment)
  }

  private func klDivergence<Scalar: Real>(_ type: Scalar.Type, _ demand: Demand) throws {
    for row in try fixture.cases("kl") {
      let arguments = try row.numbers("arguments")
      let a: Gaussian<Scalar> = gaussian(arguments[0], arguments[1])
      let b: Gaussian<Scalar> = gaussian(arguments[2], arguments[3])
      let tape = Tape<Scalar>()
      let loss = tape.klDivergence(a, b)
      tape.backward(from: loss)
      check([Double(loss.scalar)], [try row.number("value")], demand, "\(arguments)")
      check(
        gradients([a.mu, a.sigma, b.mu, b.sigma]), try row.numbers("gradient"), demand,
        floor: 1e-20, "\(arguments)")
    }
    for row in try fixture.cases("standard") {
      let one: Gaussian<Scalar> = gaussian(try row.number("mu"), try row.number("sigma"))
      let tape = Tape<Scalar>()
      let loss = tape.klToStandard(one)
      tape.backward(from: loss)
      check([Double(loss.scalar)], [try row.number("value")], demand, "\(row)")
      check(
        gradients([one.mu, one.sigma]), try row.numbers("gradient"), demand, floor: 1e-20, "\(row)")
    }
  }

  private func pairLoss<Scalar: Real>(_ type: Scalar.Type, _ demand: Demand) throws {
    for row in try fixture.cases("pair") {
      let all: [Gaussian<Scalar>] = zip(try row.numbers("mu"), try row.numbers("sigma"))
        .map { gaussian($0, $1) }
      let tape = Tape<Scalar>()
      let loss = tape.pairLoss(all)
      tape.backward(from: loss)
      check([Double(loss.scalar)], [try row.number("value")], demand, "\(row)")
      check(
        gradients(all.map { $0.mu }), try row.numbers("grad_mu"), demand, floor: 1e-20, "\(row)")
      check(
        gradients(all.map { $0.sigma }), try row.numbers("grad_sigma"), demand, floor: 1e-20,
        "\(row)")
    }
  }

  private func calibrationLoss<Scalar: Real>(_ type: Scalar.Type, _ demand: Demand) throws {
    for row in try fixture.cases("calibration") {
      let one: Gaussian<Scalar> = gaussian(try row.number("mu"), try row.number("sigma"))
      let target: Variable<Scalar> = variable([[try row.number("target")]])
      let tape = Tape<Scalar>()
      let loss = tape.calibrationLoss(one, target: target, movesMu: true)
      tape.backward(from: loss)
      check([Double(loss.scalar)], [try row.number("value")], demand, "\(row)")
      check(gradients([one.mu]), [try row.number("grad_mu")], demand, "\(row)")
      check(gradients([one.sigma]), [try row.number("grad_sigma")], demand, "\(row)")
    }
  }

  private func fusion<Scalar: Real>(_ type: Scalar.Type, _ demand: Demand) throws {
    for row in try fixture.cases("fusion") {
      let rule = try #require(FusionRule(rawValue: try row.text("rule")))
      func each(_ key: String) throws -> [Variable<Scalar>] {
        try row.list(key).map { variable([try $0.flat()]) }
      }
      let all = zip(try each("mu"), try each("sigma")).map { Gaussian(mu: $0, sigma: $1) }
      let cotangent: Variable<Scalar> = variable([try row.numbers("cotangent")])
      let tape = Tape<Scalar>()
      let fusion = tape.fuse(all, rule: rule, sharpness: Scalar(try row.number("sharpness")))
      tape.backward(from: tape.dot(fusion.fused, cotangent.matrix))
      var alpha = try row.list("alpha").map { try $0.flat() }
      if rule == .perModality { alpha = alpha.map { [$0[0]] } }
      let found = fusion.alpha.flatMap { $0.matrix.values.map { Double($0) } }
      check(found, alpha.flatMap { $0 }, demand, floor: demand.weight, "\(row)")
      let fused = fusion.fused.matrix.values.map { Double($0) }
      check(fused, try row.numbers("fused"), demand, floor: 1, "\(row)")
      for (variables, key) in [
        (all.map { $0.mu }, "grad_mu"), (all.map { $0.sigma }, "grad_sigma"),
      ] {
        check(
          gradients(variables), try row.numbers(key), demand, floor: demand.weight, "\(key) \(row)")
      }
    }
  }

  @Test func klInDouble() throws { try klDivergence(Double.self, Self.double) }
  @Test func klInFloat() throws { try klDivergence(Float.self, Self.float) }
  @Test func pairLossInDouble() throws { try pairLoss(Double.self, Self.double) }
  @Test func pairLossInFloat() throws { try pairLoss(Float.self, Self.float) }
  @Test func calibrationInDouble() throws { try calibrationLoss(Double.self, Self.double) }
  @Test func calibrationInFloat() throws { try calibrationLoss(Float.self, Self.float) }
  @Test func fusionInDouble() throws { try fusion(Double.self, Self.double) }
  @Test func fusionInFloat() throws { try fusion(Float.self, Self.float) }
}
