/// Limited-memory BFGS (Nocedal & Wright 2006, algorithm 7.5) for smooth functions of many
/// numbers, such as the loss of a logistic regression.
///
/// The step length satisfies the weak Wolfe conditions, found by doubling and bisection (Lewis &
/// Overton 2013): curvature is then positive, so that every pair kept keeps the model positive
/// definite.
public struct LBFGS: Sendable {
  /// How many past steps model the curvature.
  public var memory = 10
  public var maximumIterations = 2000
  /// Ends when the largest entry of the gradient is at most this.
  public var tolerance: Double

  public init(tolerance: Double) { self.tolerance = tolerance }

  /// Where a minimisation ended.
  public struct Minimum: Sendable {
    public let point: [Double]
    public let value: Double
    public let iterations: Int
    /// Whether the gradient reached the tolerance; otherwise no longer step made progress, or the
    /// iterations ran out.
    public let converged: Bool
  }

  /// A function's value at a point, and its gradient written into the second argument.
  public typealias Objective = (_ point: [Double], _ gradient: inout [Double]) throws -> Double

  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double
  }

  private struct Evaluated {
    var point: [Double]
    var value: Double
    var gradient: [Double]
  }

  /// - Throws: what the objective throws, which is how a caller stops the work.
  public func minimise(from start: [Double], _ objective: Objective) rethrows -> Minimum {
    var gradient = [Double](repeating: 0, count: start.count)
    let value = try objective(start, &gradient)
    var here = Evaluated(point: start, value: value, gradient: gradient)
    var pairs: [Pair] = []
    for iteration in 0..<maximumIterations {
      guard largest(here.gradient) > tolerance else {
        return Minimum(point: here.point, value: here.value, iterations: iteration, converged: true)
      }
      let direction = self.direction(here.gradient, pairs)
      // Without curvature the gradient's length says nothing of the distance to go.
      let first = pairs.isEmpty ? min(1, 1 / dot(here.gradient, here.gradient).squareRoot()) : 1
      guard let next = try search(from: here, along: direction, first: first, objective) else {
        return Minimum(
          point: here.point, value: here.value, iterations: iteration, converged: false)
      }
      let step = difference(next.point, here.point)
      let change = difference(next.gradient, here.gradient)
      let curvature = dot(step, change)
      if curvature > 0 {
        pairs.append(Pair(step: step, change: change, curvature: curvature))
        if pairs.count > memory { pairs.removeFirst() }
      }
      here = next
    }
    return Minimum(
      point: here.point, value: here.value, iterations: maximumIterations,
      converged: largest(here.gradient) <= tolerance)
  }

  /// −H g by the two-loop recursion.
  private func direction(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var q = gradient
    var shares: [Double] = []
    for pair in pairs.reversed() {
      let share = dot(pair.step, q) / pair.curvature
      add(-share, pair.change, to: &q)
      shares.append(share)
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for i in q.indices { q[i] *= scale }
    }
    for (pair, share) in zip(pairs, shares.reversed()) {
      add(share - dot(pair.change, q) / pair.curvature, pair.step, to: &q)
    }
    for i in q.indices { q[i] = -q[i] }
    return q
  }

  /// A step with sufficient decrease and curvature, or nil when none is found within the digits.
  private func search(
    from here: Evaluated, along direction: [Double], first: Double, _ objective: Objective
  ) rethrows -> Evaluated? {
    let slope = dot(here.gradient, direction)
    guard slope < 0 else { return nil }
    var (low, high, length) = (0.0, Double.infinity, first)
    var best: Evaluated?
    var next = here
    for _ in 0..<50 {
      for i in direction.indices { next.point[i] = here.point[i] + length * direction[i] }
      next.value = try objective(next.point, &next.gradient)
      if !(next.value <= here.value + 1e-4 * length * slope) {
        high = length
      } else if dot(next.gradient, direction) < 0.9 * slope {
        best = next
        low = length
      } else {
        return next
      }
      length = high.isFinite ? (low + high) / 2 : 2 * low
    }
    return best
  }

  private func largest(_ x: [Double]) -> Double { x.reduce(0) { max($0, abs($1)) } }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }

  private func difference(_ a: [Double], _ b: [Double]) -> [Double] {
    var result = a
    for i in a.indices { result[i] -= b[i] }
    return result
  }

  private func add(_ factor: Double, _ x: [Double], to y: inout [Double]) {
    for i in x.indices { y[i] += factor * x[i] }
  }
}
