import Foundation

/// Gauss–Legendre quadrature on 0…1: n points integrate polynomials of degree 2n − 1 exactly.
struct GaussLegendre: Sendable {
  let points: [(position: Double, weight: Double)]

  /// The roots of the Legendre polynomial P_n by Newton's method, with weights 2/((1 − x²) P′_n(x)²),
  /// moved from −1…1 (Abramowitz & Stegun 25.4.29).
  init(_ n: Int) {
    points = (1...n).map { i in
      var x = cos(.pi * (Double(i) - 0.25) / (Double(n) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        let (value, derivative) = Self.legendre(n, at: x)
        slope = derivative
        let step = value / derivative
        x -= step
        if abs(step) < 1e-16 { break }
      }
      return ((1 - x) / 2, 1 / ((1 - x * x) * slope * slope))
    }
  }

  /// P_n(x) and its derivative, by the three-term recurrence.
  private static func legendre(_ n: Int, at x: Double) -> (value: Double, derivative: Double) {
    var (older, value) = (0.0, 1.0)
    for k in 1...n {
      let k = Double(k)
      (older, value) = (value, ((2 * k - 1) * x * value - (k - 1) * older) / k)
    }
    return (value, Double(n) * (x * value - older) / (x * x - 1))
  }
}
