import Autograd
import SeededRandom
import TestSupport
import Testing

/// Each C kernel against the plain loop it stands for, at lengths around the vector widths.
@Suite struct KernelTests {
  private func run<Scalar: Real>(_ type: Scalar.Type, tolerance: Double) {
    for count in [0, 1, 7, 8, 9, 31, 64, 100] {
      var generator = SeededGenerator(seed: UInt64(count))
      let a = (0..<count).map { _ in Scalar(generator.normal()) }
      let b = (0..<count).map { _ in Scalar(generator.normal()) }
      let start = (0..<count).map { _ in Scalar(generator.normal()) }
      func close(_ found: [Scalar], _ expected: [Scalar]) -> Bool {
        deviation(found.map { Double($0) }, expected.map { Double($0) }) < tolerance
      }
      var y = start
      Scalar.add(2.5, a, to: &y, count: count)
      #expect(close(y, zip(start, a).map { $0 + 2.5 * $1 }))
      y = start
      Scalar.addProduct(a, b, to: &y, count: count)
      #expect(close(y, zip(start, zip(a, b)).map { $0 + $1.0 * $1.1 }))
      let squares = a.reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect(abs(Scalar.sumOfSquares(a, count: count) - squares) < 1e-12 * max(1, squares))
    }
  }

  @Test func floatKernels() { run(Float.self, tolerance: 1e-6) }
  @Test func doubleKernels() { run(Double.self, tolerance: 1e-14) }

  @Test func randomNumbersRepeatAndAreNormal() {
    var one = SeededGenerator(seed: 42)
    var two = SeededGenerator(seed: 42)
    var other = SeededGenerator(seed: 43)
    let values = (0..<20_000).map { _ in one.normal() }
    #expect(values == (0..<20_000).map { _ in two.normal() })
    #expect(values[0] != other.normal())
    let mean = values.reduce(0, +) / 20_000
    let variance = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    let fourth = values.reduce(0.0) { $0 + $1 * $1 * $1 * $1 } / 20_000
    // Four standard errors: 1/√n, √(2/n), √(96/n).
    #expect(abs(mean) < 0.029)
    #expect(abs(variance - 1) < 0.04)
    #expect(abs(fourth - 3) < 0.28)
    let streams = [SeededGenerator(seed: 1, stream: 1), SeededGenerator(seed: 1, stream: 2)]
    #expect(
      Set(
        streams.map {
          var copy = $0
          return copy.next()
        }
      ).count == 2)
  }
}
