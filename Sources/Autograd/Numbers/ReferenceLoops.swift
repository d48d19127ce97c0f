/// The readable form of the loops that Float has vectorised in C: Double runs these (but for the
/// products, which BLAS has), and tests hold the two together.
public enum ReferenceLoops {
  /// C = scale · op(A) op(B) + keep · C, as `Real.multiply`.
  @inlinable public static func multiply<Scalar: Real>(
    _ a: UnsafePointer<Scalar>, transposed aTransposed: Bool,
    _ b: UnsafePointer<Scalar>, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Scalar>, m: Int, n: Int, k: Int, scale: Scalar, keep: Scalar,
    strides: RowStrides
  ) {
    let aStride = strides.a ?? (aTransposed ? m : k)
    let bStride = strides.b ?? (bTransposed ? k : n)
    let cStride = strides.c ?? n
    for i in 0..<m {
      for j in 0..<n {
        var sum: Scalar = 0
        for l in 0..<k {
          sum +=
            a[aTransposed ? l * aStride + i : i * aStride + l]
            * b[bTransposed ? j * bStride + l : l * bStride + j]
        }
        c[i * cStride + j] = scale * sum + (keep == 0 ? 0 : keep * c[i * cStride + j])
      }
    }
  }

  @inlinable public static func activate<Scalar: Real>(
    _ activation: Activation, _ x: UnsafeMutablePointer<Scalar>, mask: UnsafePointer<Scalar>?,
    count: Int
  ) {
    for i in 0..<count {
      let active =
        switch activation {
        case .relu: x[i] > 0 ? x[i] : 0
        case .tanh: Scalar.tanh(x[i])
        }
      x[i] = active * (mask?[i] ?? 1)
    }
  }

  @inlinable public static func activateAdjoint<Scalar: Real>(
    _ activation: Activation, _ y: UnsafePointer<Scalar>, mask: UnsafePointer<Scalar>?,
    _ gradient: UnsafeMutablePointer<Scalar>, count: Int
  ) {
    for i in 0..<count {
      let kept = mask?[i] ?? 1
      switch activation {
      case .relu: gradient[i] = y[i] > 0 ? gradient[i] * kept : 0
      case .tanh:
        let active = kept == 0 ? 0 : y[i] / kept
        gradient[i] *= kept * (1 - active * active)
      }
    }
  }

  @inlinable public static func normaliseRows<Scalar: Real>(
    _ x: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>,
    lengths: UnsafeMutablePointer<Scalar>, rows: Int, columns: Int
  ) {
    for row in 0..<rows {
      let source = x + row * columns
      let squared = Scalar(Scalar.sumOfSquares(source, count: columns))
      lengths[row] = max(squared.squareRoot(), Scalar(1e-12))
      for j in 0..<columns { y[row * columns + j] = source[j] / lengths[row] }
    }
  }

  /// d(x/|x|) = (g − y (y·g)) / |x|
  @inlinable public static func normaliseRowsAdjoint<Scalar: Real>(
    _ y: UnsafePointer<Scalar>, lengths: UnsafePointer<Scalar>, _ upstream: UnsafePointer<Scalar>,
    addingTo gradient: UnsafeMutablePointer<Scalar>, rows: Int, columns: Int
  ) {
    for row in 0..<rows {
      let start = row * columns
      var along: Scalar = 0
      for j in start..<start + columns { along += upstream[j] * y[j] }
      for j in start..<start + columns {
        gradient[j] += (upstream[j] - along * y[j]) / lengths[row]
      }
    }
  }
}
