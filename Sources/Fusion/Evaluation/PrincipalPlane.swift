/// The plane through a cloud of points in which it is widest: the first two principal components.
public struct PrincipalPlane: Sendable {
  /// The cloud's mean, D numbers.
  public let centre: [Double]
  /// Two orthonormal vectors of D numbers; the entry of largest size is positive (ties: the first).
  public let axes: [[Double]]
  /// The variance along each axis (divisor N) as a share of the whole variance.
  public let explained: [Double]

  /// A symmetric covariance in the plane.
  public struct Covariance: Sendable, Equatable {
    public let xx: Double
    public let xy: Double
    public let yy: Double

    public init(xx: Double, xy: Double, yy: Double) {
      (self.xx, self.xy, self.yy) = (xx, xy, yy)
    }

    /// Half-axes of the 1-sigma ellipse, the longer first, and the longer one's angle to the first
    /// axis in -π/2...π/2.
    public var ellipse: (major: Double, minor: Double, angle: Double) {
      let (mean, half) = ((xx + yy) / 2, (xx - yy) / 2)
      let root = (half * half + xy * xy).squareRoot()
      return (
        max(mean + root, 0).squareRoot(), max(mean - root, 0).squareRoot(),
        0.5 * arcTangent(2 * xy, xx - yy)
      )
    }
  }

  /// - Parameter points: N ≥ 1 rows of D ≥ 2 finite numbers; nil for anything else.
  public init?(_ points: [[Double]]) {
    guard let dimensions = points.first?.count, dimensions >= 2,
      points.allSatisfy({ $0.count == dimensions && $0.allSatisfy(\.isFinite) })
    else { return nil }
    let count = Double(points.count)
    let centre = (0..<dimensions).map { d in points.reduce(0.0) { $0 + $1[d] } / count }
    var covariance = [Double](repeating: 0, count: dimensions * dimensions)
    for point in points {
      for i in 0..<dimensions {
        let a = (point[i] - centre[i]) / count
        for j in i..<dimensions { covariance[i * dimensions + j] += a * (point[j] - centre[j]) }
      }
    }
    for i in 0..<dimensions {
      for j in 0..<i { covariance[i * dimensions + j] = covariance[j * dimensions + i] }
    }
    let total = (0..<dimensions).reduce(0.0) { $0 + covariance[$1 * dimensions + $1] }
    let spectrum = SymmetricEigen(covariance, size: dimensions)
    self.centre = centre
    axes = spectrum.vectors.prefix(2).map { vector in
      let largest = vector.indices.max { (abs(vector[$0]), -$0) < (abs(vector[$1]), -$1) } ?? 0
      return vector[largest] < 0 ? vector.map { -$0 } : vector
    }
    explained = spectrum.values.prefix(2).map { total > 0 ? max($0, 0) / total : 0 }
  }

  /// Where a point of D numbers lies in the plane.
  public func project(_ point: [Double]) -> (x: Double, y: Double) {
    let along = axes.map { axis in
      zip(zip(point, centre), axis).reduce(0.0) { $0 + ($1.0.0 - $1.0.1) * $1.1 }
    }
    return (along[0], along[1])
  }

  /// The covariance in the plane of a Gaussian whose covariance is diag(`variance`): Pᵀ diag(σ²) P.
  public func project(variance: [Double]) -> Covariance {
    func sum(_ a: [Double], _ b: [Double]) -> Double {
      zip(variance, zip(a, b)).reduce(0.0) { $0 + $1.0 * $1.1.0 * $1.1.1 }
    }
    return Covariance(
      xx: sum(axes[0], axes[0]), xy: sum(axes[0], axes[1]), yy: sum(axes[1], axes[1]))
  }
}
