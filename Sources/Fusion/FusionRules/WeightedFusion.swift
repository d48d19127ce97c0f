import Autograd

/// A batch fused: the weights and their weighted mean.
public struct FusedBatch<Scalar: Real> {
  /// One [B, D] (or [B, 1] for `perModality`) a modality; over modalities they sum to 1 at every
  /// element. Zero where the modality is missing. No gradient flows out of alpha itself.
  public let alpha: [Variable<Scalar>]
  /// x̂ = Σ_m alpha^m ⊙ mu^m, [B, D]. Zero where every modality is missing.
  public let fused: Variable<Scalar>
}

extension Tape {
  /// alpha = softmax over modalities of the rule's scores, x̂ = Σ_m alpha^m ⊙ mu^m
  /// (EAU, section 3.3).
  ///
  /// The adjoint: with upstream u, d/d mu^m = alpha^m u, and the score of modality m receives
  /// alpha^m u (mu^m − x̂).
  ///
  /// - Parameters:
  ///   - presence: one [B, 1] column of 0 and 1 a modality, or nil when all are there.
  ///   - sharpness: g in softmax(g/sigma); 1 is the paper.
  public func fuse(
    _ gaussians: [Gaussian<Scalar>], rule: FusionRule, presence: [Variable<Scalar>]? = nil,
    sharpness: Scalar = 1
  ) -> FusedBatch<Scalar> {
    precondition(rule.accepts(modalities: gaussians.count), "\(rule) and its modalities")
    guard let shape = gaussians.first?.mu else {
      return FusedBatch(alpha: [], fused: result(rows: 0, columns: 0))
    }
    let (rows, dimensions) = (shape.rows, shape.columns)
    let width = rule.columns(dimensions: dimensions)
    let modalities = gaussians.count
    let alpha = gaussians.map { _ in
      Variable<Scalar>(rows: rows, columns: width, differentiable: false)
    }
    let fused = result(rows: rows, columns: dimensions)
    let scratch = Variable<Scalar>(rows: 1, columns: dimensions, differentiable: false)

    func other(_ m: Int, _ row: Int) -> UnsafePointer<Scalar>? {
      rule == .varianceSwap
        ? UnsafePointer(gaussians[1 - m].sigma.value + row * dimensions) : nil
    }

    record(fused) {
      for row in 0..<rows {
        let present = (0..<modalities).filter { presence?[$0].isPresent(row) ?? true }
        for m in 0..<modalities {
          let here = alpha[m].value + row * width
          if present.contains(m) {
            rule.score(
              sigma: gaussians[m].sigma.value + row * dimensions, other: other(m, row),
              dimensions: dimensions, sharpness: sharpness, into: here)
          } else {
            here.update(repeating: 0, count: width)
          }
        }
        for d in 0..<width { softmaxAcross(alpha, present, at: row * width + d) }
        let target = fused.value + row * dimensions
        target.update(repeating: 0, count: dimensions)
        for m in present {
          let weights = alpha[m].value + row * width
          let mu = gaussians[m].mu.value + row * dimensions
          if width == 1 {
            Scalar.add(weights[0], mu, to: target, count: dimensions)
          } else {
            Scalar.addProduct(weights, mu, to: target, count: dimensions)
          }
        }
      }
    } backward: {
      guard let upstream = fused.gradient else { return }
      for row in 0..<rows {
        let start = row * dimensions
        for m in 0..<modalities where presence?[m].isPresent(row) ?? true {
          let weights = alpha[m].value + row * width
          let gaussian = gaussians[m]
          if width == 1 { scratch.value[0] = 0 }
          for d in 0..<dimensions {
            let weight = weights[width == 1 ? 0 : d]
            let received = weight * upstream[start + d]
            gaussian.mu.gradient?[start + d] += received
            let toScore = received * (gaussian.mu.value[start + d] - fused.value[start + d])
            if width == 1 { scratch.value[0] += toScore } else { scratch.value[d] = toScore }
          }
          rule.addScoreGradient(
            scratch.value, sigma: gaussian.sigma.value + start, other: other(m, row),
            dimensions: dimensions, sharpness: sharpness,
            to: gaussian.sigma.gradient.map { $0 + start },
            otherGradient: rule == .varianceSwap
              ? gaussians[1 - m].sigma.gradient.map { $0 + start } : nil)
        }
      }
    }
    return FusedBatch(alpha: alpha, fused: fused)
  }
}

/// Turns the scores at one element of the present modalities into weights that sum to 1.
private func softmaxAcross<Scalar: Real>(
  _ alpha: [Variable<Scalar>], _ present: [Int], at i: Int
) {
  var largest = -Scalar.infinity
  for m in present { largest = max(largest, alpha[m].value[i]) }
  var total: Scalar = 0
  for m in present {
    alpha[m].value[i] = Scalar.exp(alpha[m].value[i] - largest)
    total += alpha[m].value[i]
  }
  for m in present { alpha[m].value[i] /= total }
}
