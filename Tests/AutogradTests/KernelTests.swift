import Autograd
import SeededRandom
import TestSupport
import Testing
import VectorMath

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

  /// Filling memory continues the stream of single numbers, and they continue it.
  @Test(arguments: [0, 1, 2, 7, 512, 513, 5000]) func filledNormalsAreTheSingleOnes(count: Int) {
    var one = SeededGenerator(seed: 5)
    var many = SeededGenerator(seed: 5)
    for round in 0..<3 {
      let singles = (0..<count).map { _ in Float(one.normal()) }
      var filled = [Float](repeating: 0, count: count + 1)
      many.fillNormal(&filled, count: count)
      #expect(zip(singles, filled).allSatisfy { abs($0 - $1) <= abs($0).ulp }, "round \(round)")
      #expect(filled[count] == 0)
    }
    #expect(one.normal() == many.normal())
    #expect(one.next() == many.next())
  }

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

/// The vectorised functions and loops of Float against the C library's and the readable loops.
@Suite struct VectorisedFloatTests {
  /// In units of the last place of the true value.
  private func worst(
    _ inputs: [Float], _ vectorised: ([Float]) -> [Float], _ exact: (Double) -> Double
  ) -> Double {
    zip(inputs, vectorised(inputs)).map { (x: Float, found: Float) -> Double in
      let truth = exact(Double(x))
      return abs(Double(found) - truth) / Double(Float(abs(truth)).ulp)
    }.max() ?? 0
  }

  private func applying(
    _ kernel: @escaping (Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void
  ) -> ([Float]) -> [Float] {
    { inputs in
      var outputs = inputs
      kernel(inputs.count, inputs, &outputs)
      return outputs
    }
  }

  @Test func exponential() {
    let kernel = applying(eau_exponentials_f32)
    var inputs = (-8700...8870).map { Float($0) * 0.01 }
    inputs += (-1000...1000).map { Float($0) * 1e-5 }
    #expect(worst(inputs, kernel) { Double.exp($0) } < 2)
    let special = kernel([-.infinity, -1e30, -90, 0, 89, 1e30, .infinity, .nan])
    #expect(Array(special[0...6]) == [0, 0, 0, 1, .infinity, .infinity, .infinity])
    #expect(special[7].isNaN)
  }

  @Test func logarithm() {
    let kernel = applying(eau_logarithms_f32)
    var inputs = (1...9000).map { Float($0) * 0.01 }
    inputs += (-1000...1000).map { 1 + Float($0) * 1e-4 }
    inputs += (-37...38).map { (power: Int) in Float(Double.exp(Double(power) * 2.3)) }
    #expect(worst(inputs.filter { $0 != 1 }, kernel) { Double.log($0) } < 2)
    #expect(kernel([1]) == [0])
  }

  @Test func hyperbolicTangent() {
    let kernel = applying(eau_hyperbolic_tangents_f32)
    var inputs = (-2000...2000).filter { $0 != 0 }.map { Float($0) * 0.01 }
    inputs += [1e-20, -1e-4]
    #expect(worst(inputs, kernel) { Double.tanh($0) } < 2)
    #expect(kernel([0, .infinity, -.infinity]) == [0, 1, -1])
  }

  @Test(arguments: Activation.allCases, [1, 7, 16, 33, 200])
  func activations(_ activation: Activation, count: Int) {
    var generator = SeededGenerator(seed: 1)
    let x = (0..<count).map { _ in Float(generator.normal()) }
    let upstream = (0..<count).map { _ in Float(generator.normal()) }
    let mask = (0..<count).map { _ in generator.uniform() < 0.3 ? Float(0) : 1.4 }
    for mask in [nil, mask] {
      func run(
        _ forward: (UnsafeMutablePointer<Float>, UnsafePointer<Float>?) -> Void,
        _ adjoint: (UnsafePointer<Float>, UnsafePointer<Float>?, UnsafeMutablePointer<Float>) ->
          Void
      ) -> [Double] {
        var (y, gradient) = (x, upstream)
        if let mask {
          forward(&y, mask)
          adjoint(y, mask, &gradient)
        } else {
          forward(&y, nil)
          adjoint(y, nil, &gradient)
        }
        return (y + gradient).map(Double.init)
      }
      let found = run {
        Float.activate(activation, $0, mask: $1, count: count)
      } _: {
        Float.activateAdjoint(activation, $0, mask: $1, $2, count: count)
      }
      let expected = run {
        ReferenceLoops.activate(activation, $0, mask: $1, count: count)
      } _: {
        ReferenceLoops.activateAdjoint(activation, $0, mask: $1, $2, count: count)
      }
      #expect(deviation(found, expected) < 1e-6)
    }
  }

  @Test(arguments: [1, 5, 16, 100]) func rows(columns: Int) {
    var generator = SeededGenerator(seed: 2)
    let rows = 3
    var x = (0..<rows * columns).map { _ in Float(generator.normal()) }
    // A row of zeros has no direction.
    for j in 0..<columns { x[columns + j] = 0 }
    let upstream = x.map { _ in Float(generator.normal()) }
    func run(
      _ forward: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void,
      _ adjoint: ([Float], [Float], UnsafeMutablePointer<Float>) -> Void
    ) -> [Double] {
      var (y, lengths, gradient) = (x, x, x)
      forward(&y, &lengths)
      adjoint(y, lengths, &gradient)
      return (y + lengths + gradient).map(Double.init)
    }
    let found = run {
      Float.normaliseRows(x, into: $0, lengths: $1, rows: rows, columns: columns)
    } _: {
      Float.normaliseRowsAdjoint(
        $0, lengths: $1, upstream, addingTo: $2, rows: rows, columns: columns)
    }
    let expected = run {
      ReferenceLoops.normaliseRows(x, into: $0, lengths: $1, rows: rows, columns: columns)
    } _: {
      ReferenceLoops.normaliseRowsAdjoint(
        $0, lengths: $1, upstream, addingTo: $2, rows: rows, columns: columns)
    }
    #expect(relativeDeviation(found, expected, floor: 1e-3) < 1e-5)
  }

  /// Few rows, many columns, sparse rows, column sums: against products in Double.
  @Test(arguments: [1, 3, 128, 130, 256, 700], [20, 900])
  func products(columns: Int, inputs: Int) {
    var generator = SeededGenerator(seed: 3)
    let rows = 3
    let x = generator.normalMatrix(rows, inputs).values.map { $0 < 0 ? 0 : $0 }
    let w = generator.normalMatrix(inputs, columns).values
    let start = generator.normalMatrix(rows, columns).values
    var expected = start
    Double.multiply(
      x, transposed: false, w, transposed: false, into: &expected, m: rows, n: columns, k: inputs,
      scale: 1, keep: 1)
    var found = start.map { Float($0) }
    let weights = w.map { Float($0) }
    Float.multiply(
      x.map { Float($0) }, transposed: false, weights, transposed: false, into: &found, m: rows,
      n: columns, k: inputs, scale: 1, keep: 1)
    #expect(deviation(found.map(Double.init), expected) < 5e-5)
    let forwards = found
    found = start.map { Float($0) }
    Float.multiply(
      x.map { Float($0) }, transposed: false, weights, transposed: false, into: &found, m: rows,
      n: columns, k: inputs, scale: 1, keep: 1, strides: RowStrides(), lastFirst: true)
    #expect(found == forwards)

    var sparse = SparseRows<Float>(columns: inputs)
    for row in 0..<rows {
      let kept = (0..<inputs).filter { x[row * inputs + $0] != 0 }
      sparse.append(
        indices: kept.map { Int32($0) }, values: kept.map { Float(x[row * inputs + $0]) })
    }
    found = start.map { Float($0) }
    Float.multiply(sparse, weights, columns: columns, addingTo: &found)
    #expect(deviation(found.map(Double.init), expected) < 5e-5)
    #expect(sparse.transposed().dense().values == sparse.dense().transposed.values)
    #expect(sparse.transposed().transposed() == sparse)

    var sums = [Float](repeating: 1, count: columns)
    Float.addColumnSums(found, rows: rows, columns: columns, stride: columns, to: &sums)
    for j in 0..<columns {
      let sum = (0..<rows).reduce(1) { $0 + found[$1 * columns + j] }
      #expect(abs(sums[j] - sum) < 1e-5 * max(1, abs(sum)))
    }
  }
}
