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
  /// alpha^m u (mu^m − x̂). The difference is taken between modalities,
  /// (mu^m − mu^l) − Σ_k alpha^k (mu^k − mu^l) with l the leader: for a leader with alpha near 1 the
  /// plain mu^l − x̂ would be rounding noise, and is then multiplied by 1/sigma².
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
    let modalities = gaussians.indices
    func column(_ rows: Int, _ columns: Int) -> Variable<Scalar> {
      Variable(rows: rows, columns: columns, differentiable: false)
    }
    let alpha = modalities.map { _ in column(rows, width) }
    let fused = result(rows: rows, columns: dimensions)
    // What the scores are made from: sigma, or its mean over D.
    let spread =
      rule == .perModality ? modalities.map { _ in column(rows, 1) } : gaussians.map(\.sigma)
    let toScore = modalities.map { _ in column(1, width) }

    func present(_ row: Int) -> [Int] {
      modalities.filter { presence?[$0].isPresent(row) ?? true }
    }

    record(fused) {
      for row in 0..<rows {
        let here = present(row)
        for m in modalities {
          (alpha[m].value + row * width).update(repeating: 0, count: width)
          if rule == .perModality {
            spread[m].value[row] = mean(gaussians[m].sigma.value + row * dimensions, dimensions)
          }
        }
        for i in row * width..<(row + 1) * width {
          guard let leader = smallest(spread, of: here, at: i) else { continue }
          let least = spread[leader].value[i]
          var total: Scalar = 0
          for m in here {
            let share = Scalar.exp(
              rule.distance(of: spread[m].value[i], from: least, sharpness: sharpness))
            alpha[m].value[i] = share
            total += share
          }
          for m in here { alpha[m].value[i] /= total }
        }
        let target = fused.value + row * dimensions
        target.update(repeating: 0, count: dimensions)
        for m in here {
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
        let here = present(row)
        for m in here { toScore[m].value.update(repeating: 0, count: width) }
        for d in 0..<dimensions {
          let i = row * dimensions + d
          let column = width == 1 ? 0 : d
          let weight = row * width + column
          guard let leader = smallest(spread, of: here, at: weight) else { continue }
          let origin = gaussians[leader].mu.value[i]
          var mean: Scalar = 0
          for m in here { mean += alpha[m].value[weight] * (gaussians[m].mu.value[i] - origin) }
          for m in here {
            let received = alpha[m].value[weight] * upstream[i]
            gaussians[m].mu.gradient?[i] += received
            toScore[m].value[column] += received * ((gaussians[m].mu.value[i] - origin) - mean)
          }
        }
        for m in here {
          guard let gradient = gaussians[m].sigma.gradient else { continue }
          for d in 0..<dimensions {
            let column = width == 1 ? 0 : d
            let slope = rule.slope(
              at: spread[m].value[row * width + column], sharpness: sharpness)
            // A mean over D passes a D-th part to each of its sigmas.
            gradient[row * dimensions + d] +=
              toScore[m].value[column] * slope * Scalar(width) / Scalar(dimensions)
          }
        }
      }
    }
    return FusedBatch(alpha: alpha, fused: fused)
  }
}

/// The modality with the smallest value at element `i`; nil of none.
private func smallest<Scalar: Real>(
  _ values: [Variable<Scalar>], of modalities: [Int], at i: Int
) -> Int? {
  guard var best = modalities.first else { return nil }
  for m in modalities where values[m].value[i] < values[best].value[i] { best = m }
  return best
}

private func mean<Scalar: Real>(_ values: UnsafePointer<Scalar>, _ count: Int) -> Scalar {
  var sum: Scalar = 0
  for j in 0..<count { sum += values[j] }
  return sum / Scalar(count)
}
