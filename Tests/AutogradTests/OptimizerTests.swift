import TestSupport
import Testing

@testable import Autograd

@Suite struct OptimizerTests {
  @Test func adamWGolden() throws {
    let entry = try Golden.shared().entry("adamw")
    let start = try entry.matrix("param0")
    let parameter = Variable(start, differentiable: true)
    let optimizer = AdamW(
      [parameter], rate: try entry.number("lr"), beta1: try entry.number("beta1"),
      beta2: try entry.number("beta2"), epsilon: try entry.number("eps"),
      weightDecay: try entry.number("weight_decay"))
    for step in try entry.list("steps") {
      for (i, value) in try step.numbers("grad").enumerated() { parameter.gradient?[i] = value }
      optimizer.step()
      #expect(deviation(parameter.matrix.values, try step.numbers("param")) < 1e-10)
      // Relative to themselves: the second moment of a gradient near 1e-9 is near 1e-18.
      for (moment, key) in [
        (optimizer.moments[0].first, "m"), (optimizer.moments[0].second, "v"),
      ] {
        let found = moment.matrix.values
        #expect(relativeDeviation(found, try step.numbers(key), floor: 1e-25) < 1e-10, "\(key)")
      }
    }
  }

  /// The norm, and a clipped step's first moment: (1 − beta1) · scale · gradient.
  @Test func clippingGolden() throws {
    let entry = try Golden.shared().entry("clip_grad_norm")
    let gradients = try entry.list("grads").map { try $0.flat() }
    let parameters = gradients.map {
      Variable<Double>(rows: 1, columns: $0.count, differentiable: true)
    }
    for (parameter, values) in zip(parameters, gradients) {
      for (i, value) in values.enumerated() { parameter.gradient?[i] = value }
    }
    let optimizer = AdamW(parameters, rate: 1, beta1: 0.9)
    #expect(deviation([optimizer.gradientNorm()], [try entry.number("total_norm")]) < 1e-10)
    optimizer.step(maximumNorm: try entry.number("max_norm"))
    let scale = try entry.number("scale")
    for (moment, values) in zip(optimizer.moments, gradients) {
      let expected = values.map { 0.1 * scale * $0 }
      #expect(relativeDeviation(moment.first.matrix.values, expected, floor: 1e-25) < 1e-10)
    }
  }

  /// A clipped step equals a plain step on gradients scaled by hand.
  @Test func clippedStepEqualsScaledGradients() {
    func run(scaledByHand: Bool) -> [Double] {
      let parameter = Variable(
        Matrix<Double>(rows: 1, columns: 2, values: [1, -1]), differentiable: true)
      let optimizer = AdamW([parameter], rate: 0.1, epsilon: 0.5)
      for gradient in [[3.0, 4.0], [0.3, 0.4], [30, -40]] {
        let norm = (gradient[0] * gradient[0] + gradient[1] * gradient[1]).squareRoot()
        let scale = scaledByHand ? min(1, 1 / (norm + 1e-6)) : 1
        for i in 0..<2 { parameter.gradient?[i] = gradient[i] * scale }
        optimizer.step(maximumNorm: scaledByHand ? nil : 1)
      }
      return parameter.matrix.values
    }
    #expect(deviation(run(scaledByHand: false), run(scaledByHand: true)) < 1e-12)
  }

  @Test func cosineSchedule() {
    let schedule = CosineSchedule(peak: 2, steps: 12, warmUp: 2)
    #expect(schedule.rate(at: 0) == 1)
    #expect(schedule.rate(at: 1) == 2)
    #expect(schedule.rate(at: 2) == 2)
    #expect(abs(schedule.rate(at: 7) - 1) < 1e-12)
    #expect(abs(schedule.rate(at: 12)) < 1e-12)
    #expect(abs(schedule.rate(at: 99)) < 1e-12)
  }
}
