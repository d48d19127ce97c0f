import Foundation
import SeededRandom
import Testing

@testable import Fusion

/// Gauss–Legendre rules, and softmax paths against closed forms.
@Suite struct QuadratureTests {
  @Test(arguments: [1, 2, 5, 10, 16]) func integratesPolynomialsExactly(_ n: Int) {
    let rule = GaussLegendre(n)
    for degree in 0..<2 * n {
      let sum = rule.points.reduce(0) { $0 + $1.weight * pow($1.position, Double(degree)) }
      #expect(abs(sum - 1 / Double(degree + 1)) < 1e-14, "degree \(degree)")
    }
    let beyond = rule.points.reduce(0) { $0 + $1.weight * pow($1.position, Double(2 * n)) }
    #expect(n > 8 || abs(beyond - 1 / Double(2 * n + 1)) > 1e-13)
  }

  /// ∫ 1/(1 + e^{−(a + b t)}) dt = (ln(1 + e^{a+b}) − ln(1 + e^a))/b, also where the switch is sharp.
  @Test(arguments: [(0.3, 1.7), (-4, 9), (-400, 900), (-3e4, 5e4), (2, -1e-7)])
  func twoScoresHaveAClosedForm(_ a: Double, _ b: Double) {
    let path = SoftmaxPath(from: [a, 0], to: [a + b, 0])
    func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
    let expected = (softplus(a + b) - softplus(a)) / b
    #expect(abs(path.means[0] - expected) < 1e-9 * max(1, 1e-6 / abs(b)))
    #expect(abs(path.means[0] + path.means[1] - 1) < 1e-13)
    #expect(abs(path.logSlope(of: 0, by: 0) - (1 - expected)) < 1e-8)
  }

  @Test func sharesOfTheScoresAddUp() {
    var generator = SeededGenerator(seed: 4)
    for count in 1...6 {
      for scale in [0.1, 3, 100] {
        let (old, new) = (
          (0..<count).map { _ in scale * generator.normal() },
          (0..<count).map { _ in scale * generator.normal() }
        )
        let path = SoftmaxPath(from: old, to: new)
        let (before, now) = (SoftmaxPath.softmax(old), SoftmaxPath.softmax(new))
        let total = SoftmaxPath.logSum(new) - SoftmaxPath.logSum(old)
        for m in 0..<count {
          let alpha = (0..<count).reduce(0) { $0 + path.change[$1] * path.slope(of: m, by: $1) }
          let log = (0..<count).reduce(0) { $0 + path.change[$1] * path.logSlope(of: m, by: $1) }
          #expect(abs(alpha - (now[m] - before[m])) < 1e-11)
          #expect(abs(log - (new[m] - old[m] - total)) < 1e-11 * max(1, abs(total)))
          let moved = (0..<count).reduce(0) { $0 + path.slope(of: $1, by: m) }
          #expect(abs(moved) < 1e-13, "what one gains others lose")
        }
      }
    }
  }

  /// A kink that nobody announced is found by halving.
  @Test func kinksAreFound() {
    struct Ramp: PathIntegrand {
      var sum = 0.0
      func quantities(at t: Double) -> [Double] { [max(0, t - 0.3)] }
      func node(at t: Double) -> Double { t > 0.3 ? 1 : 0 }
      func derivatives(_ node: Double) -> [Double] { [node] }
      mutating func add(_ node: Double, weight: Double) { sum += weight * node }
    }
    var ramp = Ramp()
    ramp.integrate()
    #expect(abs(ramp.sum - 0.7) < 1e-12)
  }
}
