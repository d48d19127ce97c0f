import SeededRandom

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
  ///
  /// - Parameter lastFirst: with a single row, to begin with the end of B, to the same result: where
  ///   B does not fit a near cache, its end is what is left there from the last product.
  static func multiply(
    _ a: UnsafePointer<Self>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, m: Int, n: Int, k: Int, scale: Self, keep: Self,
    strides: RowStrides, lastFirst: Bool)

  /// Σ x y
  static func sumOfProducts(
    _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, count: Int
  ) -> Self
  /// y += factor · x
  static func add(
    _ factor: Self, _ x: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>, count: Int)
  /// y += a ⊙ b
  static func addProduct(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>,
    count: Int)
  /// Standard normal numbers, what `generator.normal()` gives call after call.
  static func fillNormal(
    _ x: UnsafeMutablePointer<Self>, count: Int, _ generator: inout SeededGenerator)
  /// y = x
  static func convert(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Self>, count: Int)
  /// Σ x², summed in Double.
  static func sumOfSquares(_ x: UnsafePointer<Self>, count: Int) -> Double
  static func adamWStep(_ step: AdamWStep<Self>)
  /// out [rows, columns] += sparse · matrix [inputs, columns]; `out` is the first of `rows`.
  static func multiply(
    _ sparse: SparseRows<Self>, rows: Range<Int>, _ matrix: UnsafePointer<Self>, columns: Int,
    addingTo out: UnsafeMutablePointer<Self>)
  /// sums [columns] += Σ over rows of x, whose rows are `stride` elements apart.
  static func addColumnSums(
    _ x: UnsafePointer<Self>, rows: Int, columns: Int, stride: Int,
    to sums: UnsafeMutablePointer<Self>)

  /// Each row of x becomes `row`; rows begin `stride` elements apart.
  static func fillRows(
    _ x: UnsafeMutablePointer<Self>, with row: UnsafePointer<Self>, rows: Int, columns: Int,
    stride: Int)
  /// losses[row] = −ln softmax(logits)[label], 0 where the label is negative; row r has label
  /// r mod B.
  static func crossEntropy(
    _ logits: UnsafePointer<Self>, columns: Int, rows: Range<Int>, labels: [Int],
    probabilities: UnsafeMutablePointer<Self>, losses: UnsafeMutablePointer<Double>)
  /// gradient += scale · (softmax − one-hot label)
  static func crossEntropyAdjoint(
    _ probabilities: UnsafePointer<Self>, columns: Int, rows: Range<Int>, labels: [Int],
    scale: Self, addingTo gradient: UnsafeMutablePointer<Self>)

  /// x = activation(x) ⊙ mask
  static func activate(
    _ activation: Activation, _ x: UnsafeMutablePointer<Self>, mask: UnsafePointer<Self>?,
    count: Int)
  /// The gradient by y = activation(x) ⊙ mask becomes the gradient by x.
  static func activateAdjoint(
    _ activation: Activation, _ y: UnsafePointer<Self>, mask: UnsafePointer<Self>?,
    _ gradient: UnsafeMutablePointer<Self>, count: Int)
  /// y = x/|x| and |x| of each row, the length at least 1e-12, as PyTorch clamps it.
  static func normaliseRows(
    _ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>,
    lengths: UnsafeMutablePointer<Self>, rows: Int, columns: Int)
  /// gradient += (g − y (y·g)) / |x| of each row, g the gradient by y.
  static func normaliseRowsAdjoint(
    _ y: UnsafePointer<Self>, lengths: UnsafePointer<Self>, _ upstream: UnsafePointer<Self>,
    addingTo gradient: UnsafeMutablePointer<Self>, rows: Int, columns: Int)
}

/// Elements between the rows of A, B and C as they lie, where these are parts of wider matrices;
/// nil without gaps.
public struct RowStrides: Sendable {
  public var a: Int?
  public var b: Int?
  public var c: Int?

  public init(a: Int? = nil, b: Int? = nil, c: Int? = nil) {
    (self.a, self.b, self.c) = (a, b, c)
  }
}

/// What follows a hidden layer's linear map.
public enum Activation: String, Codable, Sendable, CaseIterable {
  /// max(x, 0); the derivative at 0 is 0, as PyTorch has it.
  case relu
  case tanh
}

extension Real {
  /// The same without gaps between rows.
  public static func multiply(
    _ a: UnsafePointer<Self>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, m: Int, n: Int, k: Int, scale: Self, keep: Self
  ) {
    multiply(
      a, transposed: aTransposed, b, transposed: bTransposed, into: c, m: m, n: n, k: k,
      scale: scale, keep: keep, strides: RowStrides(), lastFirst: false)
  }

  /// The same for parts of wider matrices.
  public static func multiply(
    _ a: UnsafePointer<Self>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, m: Int, n: Int, k: Int, scale: Self, keep: Self,
    strides: RowStrides
  ) {
    multiply(
      a, transposed: aTransposed, b, transposed: bTransposed, into: c, m: m, n: n, k: k,
      scale: scale, keep: keep, strides: strides, lastFirst: false)
  }

  /// The same for all rows.
  public static func multiply(
    _ sparse: SparseRows<Self>, _ matrix: UnsafePointer<Self>, columns: Int,
    addingTo out: UnsafeMutablePointer<Self>
  ) {
    multiply(sparse, rows: 0..<sparse.rows, matrix, columns: columns, addingTo: out)
  }
}

// What needs no other form for vectors.
extension Real {
  /// x = 0
  @inlinable static func clear(_ x: UnsafeMutablePointer<Self>, _ count: Int) {
    // Zero bits are the number zero; `update(repeating:)` would go through a witness table from
    // other modules.
    UnsafeMutableRawPointer(x).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Self>.stride)
  }

  public static func fillRows(
    _ x: UnsafeMutablePointer<Self>, with row: UnsafePointer<Self>, rows: Int, columns: Int,
    stride: Int
  ) {
    for r in 0..<rows { (x + r * stride).update(from: row, count: columns) }
  }

  public static func crossEntropy(
    _ logits: UnsafePointer<Self>, columns: Int, rows: Range<Int>, labels: [Int],
    probabilities: UnsafeMutablePointer<Self>, losses: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      let start = row * columns
      let logTotal = softmax(logits + start, into: probabilities + start, count: columns)
      let label = labels[row % labels.count]
      losses[row] = label < 0 ? 0 : Double(logTotal - logits[start + label])
    }
  }

  public static func crossEntropyAdjoint(
    _ probabilities: UnsafePointer<Self>, columns: Int, rows: Range<Int>, labels: [Int],
    scale: Self, addingTo gradient: UnsafeMutablePointer<Self>
  ) {
    for row in rows {
      let (label, start) = (labels[row % labels.count], row * columns)
      guard label >= 0 else { continue }
      add(scale, probabilities + start, to: gradient + start, count: columns)
      gradient[start + label] -= scale
    }
  }
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
