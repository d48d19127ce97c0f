import Foundation

/// Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan,
/// Matrix Computations, 8.5): slower than others, short, and exact to rounding.
struct SymmetricEigen {
  /// Descending.
  let values: [Double]
  /// Orthonormal, parallel to `values`.
  let vectors: [[Double]]

  /// - Parameter matrix: row-major, `size * size` finite numbers.
  init(_ matrix: [Double], size n: Int) {
    precondition(matrix.count == n * n, "\(matrix.count) numbers for \(n) × \(n)")
    var a = matrix
    // Row k is the vector that belongs to a[k, k].
    var v = [Double](repeating: 0, count: n * n)
    for k in 0..<n { v[k * n + k] = 1 }
    let scale = a.reduce(0.0) { $0 + $1 * $1 }
    for _ in 0..<60 {
      var rest = 0.0
      for p in 0..<n { for q in (p + 1)..<max(n, p + 1) { rest += a[p * n + q] * a[p * n + q] } }
      if rest <= scale * 1e-30 { break }
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) where a[p * n + q] != 0 {
          Self.rotate(&a, &v, p, q, n)
        }
      }
    }
    let order = (0..<n).sorted { (-a[$0 * n + $0], $0) < (-a[$1 * n + $1], $1) }
    values = order.map { a[$0 * n + $0] }
    vectors = order.map { Array(v[$0 * n..<($0 + 1) * n]) }
  }

  /// Makes a[p, q] zero by a rotation in the plane of p and q.
  private static func rotate(
    _ a: inout [Double], _ v: inout [Double], _ p: Int, _ q: Int, _ n: Int
  ) {
    let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
    let t = (theta < 0 ? -1.0 : 1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    func turn(_ x: inout [Double], _ first: Int, _ second: Int) {
      let (one, two) = (x[first], x[second])
      x[first] = c * one - s * two
      x[second] = s * one + c * two
    }
    for k in 0..<n { turn(&a, k * n + p, k * n + q) }
    for k in 0..<n { turn(&a, p * n + k, q * n + k) }
    for k in 0..<n { turn(&v, p * n + k, q * n + k) }
  }
}

/// The angle of (x, y) to the x axis.
func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
