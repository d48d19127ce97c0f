import Autograd
import Testing

@Suite struct LBFGSTests {
  /// A bowl whose axes differ by a factor of 10 000: f = Σ ½ kᵢ (xᵢ − i)².
  @Test func findsTheBottomOfABowl() {
    let stiffness = [1.0, 100, 10_000, 0.5, 3]
    let minimum = LBFGS(tolerance: 1e-10).minimise(from: Array(repeating: 0, count: 5)) {
      point, gradient in
      var value = 0.0
      for i in point.indices {
        let distance = point[i] - Double(i)
        gradient[i] = stiffness[i] * distance
        value += 0.5 * gradient[i] * distance
      }
      return value
    }
    #expect(minimum.converged)
    for i in 0..<5 { #expect(abs(minimum.point[i] - Double(i)) < 1e-8) }
  }

  /// Rosenbrock's valley, not convex: the minimum is (1, 1).
  @Test func followsACurvedValley() {
    let minimum = LBFGS(tolerance: 1e-9).minimise(from: [-1.2, 1]) { point, gradient in
      let (x, y) = (point[0], point[1])
      gradient = [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)]
      return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x)
    }
    #expect(minimum.converged)
    #expect(minimum.iterations < 100)
    #expect(abs(minimum.point[0] - 1) < 1e-6 && abs(minimum.point[1] - 1) < 1e-6)
  }

  /// x has no minimum: the iterations end, and the answer says so.
  @Test func saysWhenItDidNotConverge() {
    var search = LBFGS(tolerance: 1e-9)
    search.maximumIterations = 5
    let minimum = search.minimise(from: [0]) { point, gradient in
      gradient[0] = 1
      return point[0]
    }
    #expect(!minimum.converged)
    #expect(minimum.value < 0)
  }
}
