import Foundation
import Kernels
import OpenBLAS

extension Float: Real {
  public static func exp(_ x: Self) -> Self { Foundation.exp(x) }
  public static func log(_ x: Self) -> Self { Foundation.log(x) }
  public static func log1p(_ x: Self) -> Self { Foundation.log1p(x) }
  public static func tanh(_ x: Self) -> Self { Foundation.tanh(x) }

  public static func multiply(
    _ a: UnsafePointer<Self>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, m: Int, n: Int, k: Int, scale: Self, keep: Self
  ) {
    guard m > 0, n > 0 else { return }
    cblas_sgemm(
      CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
      bTransposed ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), scale, a, blasint(max(1, aTransposed ? m : k)),
      b, blasint(max(1, bTransposed ? k : n)), keep, c, blasint(n))
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
    _ sparse: SparseRows<Self>, _ weights: UnsafePointer<Self>, columns: Int,
    addingTo out: UnsafeMutablePointer<Self>
  ) {
    eau_sparse_multiply_f32(
      sparse.rows, columns, sparse.offsets, sparse.indices, sparse.values, weights, out)
  }

  public static func multiplyTransposed(
    _ sparse: SparseRows<Self>, _ outGradient: UnsafePointer<Self>, columns: Int,
    addingTo gradient: UnsafeMutablePointer<Self>
  ) {
    eau_sparse_transpose_multiply_f32(
      sparse.rows, columns, sparse.offsets, sparse.indices, sparse.values, outGradient, gradient)
  }
}
