import Kernels
import SeededRandom
import TestSupport
import Testing

@testable import Autograd

/// Products in single precision, by the code for each kind of registers this processor has.
@Suite struct ProductTests {
  /// Matrices that are parts of wider ones, in whose gaps nothing may change.
  private struct Problem {
    static let gap = 3
    static let untouched: Float = 77

    let (m, n, k): (Int, Int, Int)
    let (aTransposed, bTransposed): (Bool, Bool)
    let (a, b, c): ([Float], [Float], [Float])
    var strides: RowStrides {
      RowStrides(
        a: (aTransposed ? m : k) + Self.gap, b: (bTransposed ? k : n) + Self.gap, c: n + Self.gap)
    }

    init(_ m: Int, _ n: Int, _ k: Int, _ aTransposed: Bool, _ bTransposed: Bool) {
      (self.m, self.n, self.k) = (m, n, k)
      (self.aTransposed, self.bTransposed) = (aTransposed, bTransposed)
      var generator = SeededGenerator(seed: UInt64(m + 1000 * n + 1_000_000 * k))
      func matrix(_ rows: Int, _ columns: Int) -> [Float] {
        (0..<rows).flatMap { _ in
          (0..<columns).map { _ in Float(generator.normal()) }
            + [Float](repeating: Self.untouched, count: Self.gap)
        }
      }
      a = aTransposed ? matrix(k, m) : matrix(m, k)
      b = bTransposed ? matrix(n, k) : matrix(k, n)
      c = matrix(m, n)
    }

    /// nil where the processor has no such registers.
    func product(
      _ registers: eau_registers, scale: Float = 1, keep: Float = 0, start: [Float]? = nil
    ) -> [Float]? {
      var out = start ?? c
      return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          eau_product_with_f32(
            registers, m, n, k, scale,
            eau_matrix_f32(
              elements: a.baseAddress, stride: strides.a ?? 0, transposed: aTransposed),
            eau_matrix_f32(
              elements: b.baseAddress, stride: strides.b ?? 0, transposed: bTransposed),
            keep, &out, strides.c ?? 0) ? out : nil
        }
      }
    }

    /// By the readable loop, in Double.
    func expected(scale: Double, keep: Double) -> [Double] {
      var out = c.map(Double.init)
      ReferenceLoops.multiply(
        a.map(Double.init), transposed: aTransposed, b.map(Double.init), transposed: bTransposed,
        into: &out, m: m, n: n, k: k, scale: scale, keep: keep, strides: strides)
      return out
    }
  }

  private static let kinds = [
    EAU_REGISTERS_BASELINE, EAU_REGISTERS_AVX2, EAU_REGISTERS_AVX512,
  ]

  /// Around the sizes of tiles, panels and blocks.
  private static let shapes = [
    (1, 1, 1), (1, 33, 300), (5, 8, 16), (7, 31, 5), (12, 32, 16), (13, 45, 77), (37, 64, 40),
    (48, 96, 33), (49, 10, 64), (61, 256, 257), (140, 32, 100), (130, 300, 20), (64, 70, 600),
  ]

  @Test(arguments: shapes.indices, [(false, false), (false, true), (true, false), (true, true)])
  func equalsTheReadableLoop(shape: Int, transposed: (a: Bool, b: Bool)) throws {
    let (m, n, k) = Self.shapes[shape]
    let problem = Problem(m, n, k, transposed.a, transposed.b)
    for (scale, keep) in [(1, 0), (1, 1), (-0.5, 0), (2, 0.25)] as [(Float, Float)] {
      let expected = problem.expected(scale: Double(scale), keep: Double(keep))
      for registers in Self.kinds {
        guard let found = problem.product(registers, scale: scale, keep: keep) else { continue }
        #expect(
          deviation(found.map(Double.init), expected) < 2e-6 * Double(k).squareRoot() + 1e-6,
          "\(registers) \(scale) \(keep)")
      }
    }
  }

  @Test func baselineIsEverywhere() {
    #expect(Problem(2, 3, 4, false, false).product(EAU_REGISTERS_BASELINE) != nil)
  }

  /// What was in C is not read when nothing of it is kept; without a depth it is all that is left.
  @Test(arguments: kinds) func keepsWhatItIsTold(registers: eau_registers) throws {
    let problem = Problem(13, 40, 20, true, false)
    let spoilt = problem.c.map { $0 == Problem.untouched ? $0 : .nan }
    guard let clean = problem.product(registers) else { return }
    #expect(problem.product(registers, start: spoilt) == clean)
    let empty = Problem(13, 40, 0, false, false)
    let halves = empty.c.map { $0 == Problem.untouched ? $0 : $0 / 2 }
    #expect(empty.product(registers, keep: 0.5) == halves)
    let zeros = empty.c.map { $0 == Problem.untouched ? $0 : 0 }
    #expect(empty.product(registers) == zeros)
  }

  /// Threads may share rows or columns in any way: no bit depends on it (a single row alone is
  /// summed otherwise, and threads never get one of several).
  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
  func partsAreTheWholeBitForBit(transposed: (a: Bool, b: Bool)) {
    let (m, n, k) = (150, 100, 530)
    let problem = Problem(m, n, k, transposed.a, transposed.b)
    var whole = problem.c
    func multiply(_ rows: Range<Int>, _ columns: Range<Int>, into out: inout [Float]) {
      let strides = problem.strides
      out.withUnsafeMutableBufferPointer { out in
        problem.a.withUnsafeBufferPointer { a in
          problem.b.withUnsafeBufferPointer { b in
            guard let a = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress,
              let aStride = strides.a, let bStride = strides.b, let cStride = strides.c
            else { return }
            Float.multiply(
              a + rows.lowerBound * (transposed.a ? 1 : aStride), transposed: transposed.a,
              b + columns.lowerBound * (transposed.b ? bStride : 1), transposed: transposed.b,
              into: out + rows.lowerBound * cStride + columns.lowerBound, m: rows.count,
              n: columns.count, k: k, scale: 1, keep: 1, strides: strides)
          }
        }
      }
    }
    multiply(0..<m, 0..<n, into: &whole)
    for (row, column) in [(75, 50), (2, 96), (148, 3), (48, 64)] {
      var parts = problem.c
      for rows in [0..<row, row..<m] {
        for columns in [0..<column, column..<n] { multiply(rows, columns, into: &parts) }
      }
      let same = parts == whole
      #expect(same, "cut at \(row), \(column)")
    }
  }

  /// Processors that multiply and add in one rounding sum alike, whatever their registers hold.
  @Test func widthsOfRegistersAgreeBitForBit() {
    let problem = Problem(150, 100, 530, true, true)
    guard let narrow = problem.product(EAU_REGISTERS_AVX2),
      let wide = problem.product(EAU_REGISTERS_AVX512)
    else { return }
    let same = narrow == wide
    #expect(same)
  }

  /// Single rows and columns have loops of their own.
  @Test(arguments: [(1, 70), (70, 1), (1, 1), (300, 1)], [0, 5, 400])
  func vectors(size: (m: Int, n: Int), k: Int) {
    for (aTransposed, bTransposed) in [(false, false), (false, true), (true, false), (true, true)] {
      let problem = Problem(size.m, size.n, k, aTransposed, bTransposed)
      for (scale, keep) in [(1, 0), (1, 1), (-1, 1), (2, 0.5)] as [(Float, Float)] {
        // In gaps and without: a column without gaps lies in one piece.
        for cStride in [size.n, size.n + Problem.gap] {
          let strides = RowStrides(
            a: problem.strides.a, b: size.n == 1 && !bTransposed ? 1 : problem.strides.b,
            c: cStride)
          var found = [Float](repeating: 0.5, count: size.m * cStride)
          if keep == 0 { found = found.map { _ in .nan } }
          var expected = found.map { $0.isNaN ? 0 : Double($0) }
          Float.multiply(
            problem.a, transposed: aTransposed, problem.b, transposed: bTransposed, into: &found,
            m: size.m, n: size.n, k: k, scale: scale, keep: keep, strides: strides)
          ReferenceLoops.multiply(
            problem.a.map(Double.init), transposed: aTransposed, problem.b.map(Double.init),
            transposed: bTransposed, into: &expected, m: size.m, n: size.n, k: k,
            scale: Double(scale), keep: Double(keep), strides: strides)
          // What was not a number and is none still lies in a gap.
          let written = found.map { $0.isNaN ? 0 : Double($0) }
          #expect(found.count(where: \.isNaN) == (keep == 0 ? size.m * (cStride - size.n) : 0))
          #expect(deviation(written, expected) < 1e-3, "\(aTransposed) \(bTransposed) \(scale)")
        }
      }
    }
  }
}
