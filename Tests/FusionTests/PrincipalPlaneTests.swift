import Foundation
import SeededRandom
import Testing

@testable import Fusion

@Suite("principal plane")
struct PrincipalPlaneTests {
  /// A cloud stretched along directions that lie across all axes.
  private static func cloud(_ count: Int, dimensions: Int, seed: UInt64) -> [[Double]] {
    var generator = SeededGenerator(seed: seed, stream: 1)
    func draw() -> Double {
      (0..<6).reduce(-3.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
    }
    let directions = (0..<dimensions).map { _ in (0..<dimensions).map { _ in draw() } }
    return (0..<count).map { _ in
      let weights = (0..<dimensions).map { draw() * 3 / Double($0 + 1) }
      return (0..<dimensions).map { d in
        5 + (0..<dimensions).reduce(0.0) { $0 + weights[$1] * directions[$1][d] }
      }
    }
  }

  /// The covariance by the other formula, E[xxᵀ] − E[x]E[x]ᵀ.
  private static func covariance(_ points: [[Double]]) -> [[Double]] {
    let n = Double(points.count)
    let size = points[0].count
    let mean = (0..<size).map { d in points.map { $0[d] }.reduce(0, +) / n }
    return (0..<size).map { i in
      (0..<size).map { j in
        points.map { $0[i] * $0[j] }.reduce(0, +) / n - mean[i] * mean[j]
      }
    }
  }

  @Test(arguments: [2, 5, 64]) func axesAreTheEigenvectorsOfTheCovariance(_ size: Int) throws {
    let points = Self.cloud(200, dimensions: size, seed: UInt64(size))
    let plane = try #require(PrincipalPlane(points))
    let covariance = Self.covariance(points)
    let total = (0..<size).reduce(0.0) { $0 + covariance[$1][$1] }
    for (axis, share) in zip(plane.axes, plane.explained) {
      let image = covariance.map { row in zip(row, axis).reduce(0.0) { $0 + $1.0 * $1.1 } }
      for (a, b) in zip(image, axis) { #expect(abs(a - share * total * b) < 1e-8 * total) }
      #expect(abs(axis.reduce(0.0) { $0 + $1 * $1 } - 1) < 1e-12)
      let largest = axis.max { abs($0) < abs($1) } ?? 0
      #expect(largest > 0)
    }
    #expect(abs(zip(plane.axes[0], plane.axes[1]).reduce(0.0) { $0 + $1.0 * $1.1 }) < 1e-12)
    #expect(plane.explained[0] >= plane.explained[1])
    // No direction is wider than the first: power iteration from a start of its own agrees.
    var vector = [Double](repeating: 1, count: size)
    for _ in 0..<5000 {
      vector = covariance.map { row in zip(row, vector).reduce(0.0) { $0 + $1.0 * $1.1 } }
      let length = vector.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      vector = vector.map { $0 / length }
    }
    let cosine = zip(vector, plane.axes[0]).reduce(0.0) { $0 + $1.0 * $1.1 }
    #expect(abs(abs(cosine) - 1) < 1e-6)
  }

  @Test func projectionsHaveTheVariancesThatAreSaid() throws {
    let points = Self.cloud(300, dimensions: 8, seed: 3)
    let plane = try #require(PrincipalPlane(points))
    let placed = points.map { plane.project($0) }
    let covariance = Self.covariance(points)
    let total = covariance.indices.reduce(0.0) { $0 + covariance[$1][$1] }
    let own = Self.covariance(placed.map { [$0.x, $0.y] })
    let middle = placed.map(\.x).reduce(0, +) / Double(points.count)
    #expect(abs(middle) < 1e-9)
    #expect(abs(own[0][0] - plane.explained[0] * total) < 1e-9)
    #expect(abs(own[1][1] - plane.explained[1] * total) < 1e-9)
    #expect(abs(own[0][1]) < 1e-9)
  }

  @Test func aGaussiansEllipseIsTheCovarianceOfItsProjection() throws {
    let plane = try #require(PrincipalPlane(Self.cloud(100, dimensions: 3, seed: 4)))
    let variance = [4.0, 0.25, 1.0]
    let covariance = plane.project(variance: variance)
    var sum = (0.0, 0.0, 0.0)
    for (d, value) in variance.enumerated() {
      let (a, b) = (plane.axes[0][d], plane.axes[1][d])
      sum = (sum.0 + value * a * a, sum.1 + value * a * b, sum.2 + value * b * b)
    }
    #expect(abs(covariance.xx - sum.0) < 1e-12 && abs(covariance.xy - sum.1) < 1e-12)
    let ellipse = covariance.ellipse
    // Rebuilt from its axes: R diag(major², minor²) Rᵀ.
    let (c, s) = (cos(ellipse.angle), sin(ellipse.angle))
    let (a, b) = (ellipse.major * ellipse.major, ellipse.minor * ellipse.minor)
    #expect(abs(a * c * c + b * s * s - covariance.xx) < 1e-12)
    #expect(abs((a - b) * c * s - covariance.xy) < 1e-12)
    #expect(abs(a * s * s + b * c * c - covariance.yy) < 1e-12)
    #expect(ellipse.major >= ellipse.minor)
  }

  @Test func whatHasNoPlaneHasNone() {
    #expect(PrincipalPlane([]) == nil)
    #expect(PrincipalPlane([[1], [2]]) == nil)
    #expect(PrincipalPlane([[1, 2], [.nan, 1]]) == nil)
    #expect(PrincipalPlane([[1, 2], [1, 2, 3]]) == nil)
    // All points the same: some plane, nothing explained.
    #expect(PrincipalPlane([[1, 2, 3], [1, 2, 3]])?.explained == [0, 0])
  }
}
