import Autograd

/// A batch of diagonal Gaussians N(mu, diag(sigma²)) on a tape.
///
/// `sigma` is the standard deviation everywhere in this package, never the variance.
public struct Gaussian<Scalar: Real> {
  /// [B, D]
  public let mu: Variable<Scalar>
  /// [B, D], positive.
  public let sigma: Variable<Scalar>

  public init(mu: Variable<Scalar>, sigma: Variable<Scalar>) {
    precondition(mu.rows == sigma.rows && mu.columns == sigma.columns, "mu and sigma shapes")
    self.mu = mu
    self.sigma = sigma
  }
}

/// Where logvar is clamped before it becomes sigma; outside, its gradient is zero.
public struct LogVarianceRange: Sendable, Hashable, Codable {
  public let low: Double
  public let high: Double

  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// sigma in 6.7e-3 … 148
  public static let wide = LogVarianceRange(low: -10, high: 10)
}

/// What gradient a clamped logvar gets.
public enum ClampGradient: String, Sendable, Hashable, Codable, CaseIterable {
  /// None, which is the derivative of the clamp: what lies outside stays there.
  case zero
  /// That of the bound where descent would lead back inside, else none.
  case inward
}

extension Tape {
  /// sigma = exp(½ · clamp(logvar, low, high)), element by element.
  ///
  /// - Parameter clamp: what gradient reaches a logvar beyond its bounds.
  public func standardDeviation(
    _ logvar: Variable<Scalar>, range: LogVarianceRange, clamp: ClampGradient = .zero
  ) -> Variable<Scalar> {
    let output = result(rows: logvar.rows, columns: logvar.columns)
    let low = Scalar(range.low)
    let high = Scalar(range.high)
    return record(output) {
      for i in 0..<logvar.count {
        output.value[i] = Scalar.exp(0.5 * min(max(logvar.value[i], low), high))
      }
    } backward: {
      guard let upstream = output.gradient, let gradient = logvar.gradient else { return }
      for i in 0..<logvar.count {
        let slope = 0.5 * output.value[i] * upstream[i]
        let flows =
          switch clamp {
          case .zero: logvar.value[i] > low && logvar.value[i] < high
          // Descent goes against the slope.
          case .inward:
            (logvar.value[i] > low || slope < 0) && (logvar.value[i] < high || slope > 0)
          }
        if flows { gradient[i] += slope }
      }
    }
  }

  /// z = mu + sigma ⊙ noise (the reparameterisation trick).
  ///
  /// - Parameter noise: [S·B, D], standard normal, a leaf: S samples a row, pass after pass.
  /// - Returns: [S·B, D]
  public func sample(
    _ gaussian: Gaussian<Scalar>, noise: Variable<Scalar>
  ) -> Variable<Scalar> {
    let (mu, sigma) = (gaussian.mu, gaussian.sigma)
    let block = mu.count
    precondition(noise.columns == mu.columns && noise.count % max(1, block) == 0, "noise shape")
    let output = result(rows: noise.rows, columns: noise.columns)
    return record(output) {
      for start in stride(from: 0, to: noise.count, by: max(1, block)) {
        for i in 0..<block {
          output.value[start + i] = mu.value[i] + sigma.value[i] * noise.value[start + i]
        }
      }
    } backward: {
      guard let upstream = output.gradient else { return }
      for start in stride(from: 0, to: noise.count, by: max(1, block)) {
        if let gradient = mu.gradient {
          Scalar.add(1, upstream + start, to: gradient, count: block)
        }
        if let gradient = sigma.gradient {
          Scalar.addProduct(
            upstream + start, noise.value + start, to: gradient, count: block)
        }
      }
    }
  }
}
