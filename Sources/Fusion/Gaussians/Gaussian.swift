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
    let (low, high) = (Scalar(range.low), Scalar(range.high))
    let (columns, kernels) = (logvar.columns, GaussianKernels<Scalar>.fastest)
    return record(
      output,
      forward: .eachRow(logvar.rows) { rows in
        let start = rows.lowerBound * columns
        kernels.deviation(
          rows.count * columns, logvar.value + start, low, high, output.value + start)
      },
      backward: [
        .eachRow(logvar.rows) { rows in
          guard let upstream = output.gradient, let gradient = logvar.gradient else { return }
          let start = rows.lowerBound * columns
          kernels.deviationAdjoint(
            rows.count * columns, logvar.value + start, output.value + start, low, high,
            clamp == .inward ? 1 : 0, upstream + start, gradient + start)
        }
      ])
  }

  /// z = mu + sigma ⊙ noise (the reparameterisation trick).
  ///
  /// - Parameter noise: [S·B, D], standard normal, a leaf: S samples a row, pass after pass.
  /// - Returns: [S·B, D]
  public func sample(
    _ gaussian: Gaussian<Scalar>, noise: Variable<Scalar>
  ) -> Variable<Scalar> {
    let (mu, sigma) = (gaussian.mu, gaussian.sigma)
    let (columns, kernels) = (mu.columns, GaussianKernels<Scalar>.fastest)
    let passes = noise.rows / max(1, mu.rows)
    precondition(noise.columns == columns && noise.rows == passes * mu.rows, "noise shape")
    let output = result(rows: noise.rows, columns: columns)
    func forward(_ rows: Range<Int>, pass: Int) {
      let start = rows.lowerBound * columns
      let target = (pass * mu.rows + rows.lowerBound) * columns
      kernels.sample(
        rows.count * columns, mu.value + start, sigma.value + start, noise.value + target,
        output.value + target)
    }
    func backward(_ rows: Range<Int>, pass: Int) {
      guard let gradient = output.gradient else { return }
      let (start, count) = (rows.lowerBound * columns, rows.count * columns)
      let upstream = (pass * mu.rows + rows.lowerBound) * columns
      if let toMu = mu.gradient {
        Scalar.add(1, gradient + upstream, to: toMu + start, count: count)
      }
      if let toSigma = sigma.gradient {
        Scalar.addProduct(
          gradient + upstream, noise.value + upstream, to: toSigma + start, count: count)
      }
    }
    return record(
      output,
      forward: .eachRow(mu.rows) { rows in for pass in 0..<passes { forward(rows, pass: pass) } },
      backward: [
        passes == 1
          ? .eachRow(mu.rows) { backward($0, pass: 0) }
          : .eachRowFromAll(mu.rows) { rows in
            for pass in 0..<passes { backward(rows, pass: pass) }
          }
      ])
  }
}
