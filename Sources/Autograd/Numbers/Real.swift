/// The two number types everything runs in: Float for work, Double for verification.
///
/// The static requirements are whole-array operations, so generic code pays for a protocol call
/// once an array and not once an element.
public protocol Real: BinaryFloatingPoint, SIMDScalar, Sendable, Codable {
  static func exp(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  /// ln(1 + x), exact for small x.
  static func log1p(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self

  /// C = scale · op(A) op(B) + keep · C with row-major op(A) [m, k], op(B) [k, n], C [m, n].
  static func multiply(
    _ a: UnsafePointer<Self>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, m: Int, n: Int, k: Int, scale: Self, keep: Self)

  /// y += factor · x
  static func add(
    _ factor: Self, _ x: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>, count: Int)
  /// y += a ⊙ b
  static func addProduct(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>,
    count: Int)
  /// Σ x², summed in Double.
  static func sumOfSquares(_ x: UnsafePointer<Self>, count: Int) -> Double
  static func adamWStep(_ step: AdamWStep<Self>)
  /// out [rows, columns] += sparse · weights [inputs, columns]
  static func multiply(
    _ sparse: SparseRows<Self>, _ weights: UnsafePointer<Self>, columns: Int,
    addingTo out: UnsafeMutablePointer<Self>)
  /// gradient [inputs, columns] += sparseᵀ · outGradient [rows, columns]
  static func multiplyTransposed(
    _ sparse: SparseRows<Self>, _ outGradient: UnsafePointer<Self>, columns: Int,
    addingTo gradient: UnsafeMutablePointer<Self>)
}

/// The arguments of one AdamW update over one parameter's memory.
public struct AdamWStep<Scalar: Real> {
  var count: Int
  var parameter: UnsafeMutablePointer<Scalar>
  var gradient: UnsafePointer<Scalar>
  var firstMoment: UnsafeMutablePointer<Scalar>
  var secondMoment: UnsafeMutablePointer<Scalar>
  var gradientScale: Scalar
  var rate: Scalar
  var weightDecay: Scalar
  var beta1: Scalar
  var beta2: Scalar
  var epsilon: Scalar
  /// 1 − beta1^t and 1 − beta2^t.
  var correction1: Scalar
  var correction2: Scalar
}
