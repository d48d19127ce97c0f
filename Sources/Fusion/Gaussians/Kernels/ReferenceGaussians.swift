import Autograd

/// The readable form of `GaussianKernels`: one element after the other.
enum ReferenceGaussians {
  /// sigma = exp(½ clamp(logvar, low, high))
  static func deviation<Scalar: Real>(
    _ count: Int, _ logvar: UnsafePointer<Scalar>, _ low: Scalar, _ high: Scalar,
    _ sigma: UnsafeMutablePointer<Scalar>
  ) {
    for i in 0..<count { sigma[i] = Scalar.exp(0.5 * min(max(logvar[i], low), high)) }
  }

  static func deviationAdjoint<Scalar: Real>(
    _ count: Int, _ logvar: UnsafePointer<Scalar>, _ sigma: UnsafePointer<Scalar>, _ low: Scalar,
    _ high: Scalar, _ inward: Int32, _ upstream: UnsafePointer<Scalar>,
    _ gradient: UnsafeMutablePointer<Scalar>
  ) {
    for i in 0..<count {
      let slope = 0.5 * sigma[i] * upstream[i]
      // Descent goes against the slope.
      let flows =
        inward == 0
        ? logvar[i] > low && logvar[i] < high
        : (logvar[i] > low || slope < 0) && (logvar[i] < high || slope > 0)
      if flows { gradient[i] += slope }
    }
  }

  static func sample<Scalar: Real>(
    _ count: Int, _ mu: UnsafePointer<Scalar>, _ sigma: UnsafePointer<Scalar>,
    _ noise: UnsafePointer<Scalar>, _ z: UnsafeMutablePointer<Scalar>
  ) {
    for i in 0..<count { z[i] = mu[i] + sigma[i] * noise[i] }
  }

  static func prior<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ mu: UnsafePointer<Scalar>,
    _ sigma: UnsafePointer<Scalar>, _ presence: UnsafePointer<Scalar>?,
    _ losses: UnsafeMutablePointer<Double>
  ) {
    for row in first..<first + rows {
      var sum: Scalar = 0
      if presence.holds(row) {
        for i in row * columns..<(row + 1) * columns {
          sum += klDivergence(mu1: mu[i], sigma1: sigma[i], mu2: 0, sigma2: 1)
        }
      }
      losses[row] = Double(sum)
    }
  }

  static func priorAdjoint<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ mu: UnsafePointer<Scalar>,
    _ sigma: UnsafePointer<Scalar>, _ presence: UnsafePointer<Scalar>?, _ scale: Scalar,
    _ muGradient: UnsafeMutablePointer<Scalar>, _ sigmaGradient: UnsafeMutablePointer<Scalar>
  ) {
    for row in first..<first + rows where presence.holds(row) {
      for i in row * columns..<(row + 1) * columns {
        muGradient[i] += scale * mu[i]
        sigmaGradient[i] += scale * (sigma[i] - 1) * (sigma[i] + 1) / sigma[i]
      }
    }
  }

  static func calibration<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ mu: UnsafePointer<Scalar>,
    _ sigma: UnsafePointer<Scalar>, _ target: UnsafePointer<Scalar>,
    _ presence: UnsafePointer<Scalar>?, _ losses: UnsafeMutablePointer<Double>
  ) {
    for row in first..<first + rows {
      var sum: Scalar = 0
      if presence.holds(row) {
        for i in row * columns..<(row + 1) * columns {
          let residual = (mu[i] - target[i]) / sigma[i]
          sum += 0.5 * residual * residual + Scalar.log(sigma[i])
        }
      }
      losses[row] = Double(sum)
    }
  }

  static func calibrationAdjoint<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ mu: UnsafePointer<Scalar>,
    _ sigma: UnsafePointer<Scalar>, _ target: UnsafePointer<Scalar>,
    _ presence: UnsafePointer<Scalar>?, _ scale: Scalar,
    _ muGradient: UnsafeMutablePointer<Scalar>?, _ sigmaGradient: UnsafeMutablePointer<Scalar>
  ) {
    for row in first..<first + rows where presence.holds(row) {
      for i in row * columns..<(row + 1) * columns {
        let inverse = 1 / sigma[i]
        let residual = (mu[i] - target[i]) * inverse
        muGradient?[i] += scale * residual * inverse
        sigmaGradient[i] += scale * (1 - residual * residual) * inverse
      }
    }
  }

  static func contrast<Scalar: Real>(
    _ first: Int, _ rows: Int, _ batch: Int, _ logPositives: Scalar, _ logNegatives: Scalar,
    _ presence: UnsafePointer<Scalar>?, _ similarities: UnsafeMutablePointer<Scalar>,
    _ losses: UnsafeMutablePointer<Double>
  ) {
    for row in first..<first + rows {
      let line = similarities + row * batch
      guard presence.holds(row) else {
        line.update(repeating: 0, count: batch)
        losses[row] = 0
        continue
      }
      let positive = line[row]
      for j in 0..<batch { line[j] += j == row ? logPositives : logNegatives }
      var largest = line[row]
      for j in 0..<batch where presence.holds(j) { largest = max(largest, line[j]) }
      var total: Scalar = 0
      for j in 0..<batch {
        line[j] = presence.holds(j) ? Scalar.exp(line[j] - largest) : 0
        total += line[j]
      }
      for j in 0..<batch { line[j] /= total }
      line[row] -= 1
      losses[row] = Double(largest + Scalar.log(total) - positive)
    }
  }
}

extension Optional {
  /// Whether row `row` of a presence column is 1; without a column every row is there.
  func holds<Scalar: Real>(_ row: Int) -> Bool where Wrapped == UnsafePointer<Scalar> {
    self.map { $0[row] != 0 } ?? true
  }
}
