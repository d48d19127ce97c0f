import Foundation
import Kernels
import OpenBLAS
import SeededRandom

extension Float: Real {
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
    let (aStride, bStride) = (
      strides.a ?? (aTransposed ? m : k), strides.b ?? (bTransposed ? k : n)
    )
    // A single row or column would fill a small part of a tile.
    if m == 1, !aTransposed {
      if bTransposed { return eau_column_product_f32(n, k, scale, b, bStride, a, keep, c) }
      if scale == 1, keep == 1 { return eau_row_product_f32(k, n, a, b, bStride, c, lastFirst) }
    }
    if n == 1, strides.c ?? 1 == 1, bTransposed || bStride == 1 {
      if !aTransposed { return eau_column_product_f32(m, k, scale, a, aStride, b, keep, c) }
      if scale == 1, keep == 0 || keep == 1 {
        if keep == 0 { c.update(repeating: 0, count: m) }
        return eau_row_product_f32(k, m, b, a, aStride, c, lastFirst)
      }
    }
    let left = eau_matrix_f32(elements: a, stride: aStride, transposed: aTransposed)
    let right = eau_matrix_f32(elements: b, stride: bStride, transposed: bTransposed)
    eau_product_f32(m, n, k, scale, left, right, keep, c, strides.c ?? n)
  }

  public static func sumOfProducts(
    _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, count: Int
  ) -> Self {
    cblas_sdot(blasint(count), x, 1, y, 1)
  }

  public static func add(
    _ factor: Self, _ x: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>, count: Int
  ) {
    eau_axpy_f32(count, factor, x, y)
  }

  public static func addProduct(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>,
    count: Int
  ) {
    eau_multiply_add_f32(count, a, b, y)
  }

  public static func fillNormal(
    _ x: UnsafeMutablePointer<Self>, count: Int, _ generator: inout SeededGenerator
  ) {
    generator.fillNormal(x, count: count)
  }

  public static func convert(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Self>, count: Int
  ) {
    y.update(from: x, count: count)
  }

  public static func sumOfSquares(_ x: UnsafePointer<Self>, count: Int) -> Double {
    eau_sum_of_squares_f32(count, x)
  }

  public static func adamWStep(_ step: AdamWStep<Self>) {
    eau_adamw_f32(
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
      eau_sparse_multiply_f32(
        rows.count, columns, first + rows.lowerBound, sparse.indices, sparse.values, matrix, out)
    }
  }

  public static func addColumnSums(
    _ x: UnsafePointer<Self>, rows: Int, columns: Int, stride: Int,
    to sums: UnsafeMutablePointer<Self>
  ) {
    eau_column_sums_f32(rows, columns, stride, x, sums)
  }

  public static func activate(
    _ activation: Activation, _ x: UnsafeMutablePointer<Self>, mask: UnsafePointer<Self>?,
    count: Int
  ) {
    switch activation {
    case .relu: eau_relu_f32(count, mask, x)
    case .tanh: eau_tanh_f32(count, mask, x)
    }
  }

  public static func activateAdjoint(
    _ activation: Activation, _ y: UnsafePointer<Self>, mask: UnsafePointer<Self>?,
    _ gradient: UnsafeMutablePointer<Self>, count: Int
  ) {
    switch activation {
    case .relu: eau_relu_adjoint_f32(count, mask, y, gradient)
    case .tanh: eau_tanh_adjoint_f32(count, mask, y, gradient)
    }
  }

  public static func normaliseRows(
    _ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>,
    lengths: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) {
    eau_normalise_rows_f32(rows, columns, x, y, lengths)
  }

  public static func normaliseRowsAdjoint(
    _ y: UnsafePointer<Self>, lengths: UnsafePointer<Self>, _ upstream: UnsafePointer<Self>,
    addingTo gradient: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) {
    eau_normalise_rows_adjoint_f32(rows, columns, y, lengths, upstream, gradient)
  }
}
