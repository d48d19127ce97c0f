import Foundation

/// ln Γ and its first two derivatives for positive arguments: what Dirichlet losses are made of.
///
/// Each shifts its argument above 10 by the recurrence Γ(x + 1) = x Γ(x) and sums Stirling's
/// asymptotic series there (Abramowitz & Stegun 6.1.41, 6.3.18, 6.4.12), whose terms are Bernoulli
/// numbers over powers of x. Absolute error below 1e-13 of the larger of 1 and the result.
public enum GammaFunctions {
  private static let shift = 10.0

  /// ln Γ(x), x > 0.
  public static func logGamma(_ x: Double) -> Double {
    var (x, product) = (x, 1.0)
    while x < shift {
      product *= x
      x += 1
    }
    let inverse = 1 / x
    let square = inverse * inverse
    let series =
      inverse
      * (1.0 / 12
        - square
        * (1.0 / 360
          - square
          * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * 691 / 360_360)))))
    return (x - 0.5) * Foundation.log(x) - x + 0.5 * Foundation.log(2 * .pi) + series
      - Foundation.log(product)
  }

  /// ψ(x) = d ln Γ(x)/dx, x > 0.
  public static func digamma(_ x: Double) -> Double {
    var (x, sum) = (x, 0.0)
    while x < shift {
      sum -= 1 / x
      x += 1
    }
    let square = 1 / (x * x)
    let series =
      square
      * (1.0 / 12
        - square
        * (1.0 / 120
          - square
          * (1.0 / 252 - square * (1.0 / 240 - square * (1.0 / 132 - square * 691 / 32_760)))))
    return sum + Foundation.log(x) - 0.5 / x - series
  }

  /// ψ′(x), x > 0.
  public static func trigamma(_ x: Double) -> Double {
    var (x, sum) = (x, 0.0)
    while x < shift {
      sum += 1 / (x * x)
      x += 1
    }
    let inverse = 1 / x
    let square = inverse * inverse
    let series =
      inverse * square
      * (1.0 / 6
        - square
        * (1.0 / 30
          - square
          * (1.0 / 42 - square * (1.0 / 30 - square * (5.0 / 66 - square * 691 / 2730)))))
    return sum + inverse + 0.5 * square + series
  }
}
