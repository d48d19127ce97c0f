import Foundation
import Kernels
import OpenBLAS
import SeededRandom

extension Double: Real {
  public static func exp(_ x: Self) -> Self { Foundation.exp(x) }
  public static func log(_ x: Self) -> Self { Foundation.log(x) }
  public static func log1p(_ x: Self) -> Self { Foundation.log1p(x) }
  public static func tanh(_ x: Self) -> Self { Foundation.tanh(x) }

  public static func multiply(
    _ a: UnsafePointer<Self>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, m: Int, n: Int, k: Int, scale: Self, keep: Self,
    strides: RowStrides, lastFirst: Bool
  ) {
    guard m > 0, n > 0 else { return }
    cblas_dgemm(
      CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
      bTransposed ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), scale, a,
      blasint(max(1, strides.a ?? (aTransposed ? m : k))), b,
      blasint(max(1, strides.b ?? (bTransposed ? k : n))), keep, c, blasint(strides.c ?? n))
  }

  public static func sumOfProducts(
    _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, count: Int
  ) -> Self {
    cblas_ddot(blasint(count), x, 1, y, 1)
  }

  public static func add(
    _ factor: Self, _ x: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>, count: Int
  ) {
    eau_axpy_f64(count, factor, x, y)
  }

  public static func addProduct(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>,
    count: Int
  ) {
    eau_multiply_add_f64(count, a, b, y)
  }

  public static func fillNormal(
    _ x: UnsafeMutablePointer<Self>, count: Int, _ generator: inout SeededGenerator
  ) {
    for i in 0..<count { x[i] = generator.normal() }
  }

  public static func convert(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Self>, count: Int
  ) {
    for i in 0..<count { y[i] = Double(x[i]) }
  }

  public static func sumOfSquares(_ x: UnsafePointer<Self>, count: Int) -> Double {
    eau_sum_of_squares_f64(count, x)
  }

  public static func adamWStep(_ step: AdamWStep<Self>) {
    eau_adamw_f64(
      step.count, step.parameter, step.gradient, step.firstMoment, step.secondMoment,
      step.gradientScale, step.rate, step.weightDecay, step.beta1, step.beta2, step.epsilon,
      step.correction1, step.correction2)
  }

  public static func multiply(
    _ sparse: SparseRows<Self>, rows: Range<Int>, _ matrix: UnsafePointer<Self>, columns: Int,
    addingTo out: UnsafeMutablePointer<Self>
  ) {
    sparse.offsets.withUnsafeBufferPointer { offsets in
      guard let first = offsets.baseAddress else { return }
      eau_sparse_multiply_f64(
        rows.count, columns, first + rows.lowerBound, sparse.indices, sparse.values, matrix, out)
    }
  }

  public static func addColumnSums(
    _ x: UnsafePointer<Self>, rows: Int, columns: Int, stride: Int,
    to sums: UnsafeMutablePointer<Self>
  ) {
    eau_column_sums_f64(rows, columns, stride, x, sums)
  }

  public static func activate(
    _ activation: Activation, _ x: UnsafeMutablePointer<Self>, mask: UnsafePointer<Self>?,
    count: Int
  ) {
    ReferenceLoops.activate(activation, x, mask: mask, count: count)
  }

  public static func activateAdjoint(
    _ activation: Activation, _ y: UnsafePointer<Self>, mask: UnsafePointer<Self>?,
    _ gradient: UnsafeMutablePointer<Self>, count: Int
  ) {
    ReferenceLoops.activateAdjoint(activation, y, mask: mask, gradient, count: count)
  }

  public static func normaliseRows(
    _ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>,
    lengths: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) {
    ReferenceLoops.normaliseRows(x, into: y, lengths: lengths, rows: rows, columns: columns)
  }

  public static func normaliseRowsAdjoint(
    _ y: UnsafePointer<Self>, lengths: UnsafePointer<Self>, _ upstream: UnsafePointer<Self>,
    addingTo gradient: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) {
    ReferenceLoops.normaliseRowsAdjoint(
      y, lengths: lengths, upstream, addingTo: gradient, rows: rows, columns: columns)
  }
}
