import Autograd

/// What ordinary disagreement between modalities looks like: learned from clean training rows after
/// training, used by the rule `consensus`.
///
/// A sigma head sees one modality and cannot notice that a clean-looking view belongs to something
/// else. The others can: mu of a lying view lies far from where they agree.
struct ConsensusReference<Scalar: Real> {
  /// Per modality [1, D]: mean squared residual on clean training rows.
  let scale: [Variable<Scalar>]
  /// Per modality [1, 1]: the 95th percentile of s on clean training rows; 0 before it is learned.
  let threshold: [Variable<Scalar>]

  init(scale: [Variable<Scalar>], threshold: [Variable<Scalar>]) {
    self.scale = scale
    self.threshold = threshold
  }

  init(modalities: Int, dimensions: Int) {
    scale = (0..<modalities).map { _ in
      Variable(rows: 1, columns: dimensions, differentiable: false)
    }
    threshold = (0..<modalities).map { _ in Variable(rows: 1, columns: 1, differentiable: false) }
  }

  var isLearned: Bool { threshold.contains { $0.value[0] > 0 } }
}

/// Fewer than four give no majority: of two others the more confident one, liar or not, would be
/// the weighted median.
let smallestConsensus = 4

extension Tape {
  /// Raises sigma of modalities that disagree with the others:
  /// sigma′ = sigma · max(1, √(s_m / threshold_m)), s_m = mean over D of r² / scale, where r is mu_m
  /// minus the precision-weighted median of the other modalities' mu, dimension by dimension.
  ///
  /// Rows with fewer than four modalities present are left as they are, all rows before the
  /// reference is learned. The factor counts as a constant: no gradient flows through it.
  func consensus(
    _ gaussians: [Gaussian<Scalar>], reference: ConsensusReference<Scalar>,
    presence: [Variable<Scalar>]
  ) -> [Gaussian<Scalar>] {
    guard let shape = gaussians.first?.mu else { return [] }
    let factors = gaussians.map { _ in
      Variable<Scalar>(rows: shape.rows, columns: 1, differentiable: false)
    }
    record(factors[0]) {
      disagreement(gaussians, reference: reference, presence: presence, into: factors)
    } backward: {
    }
    return zip(gaussians, factors).map {
      Gaussian(mu: $0.mu, sigma: scaledRows($0.sigma, by: $1))
    }
  }
}

/// max(1, √(s_m / threshold_m)) of every row, [B, 1] a modality.
private func disagreement<Scalar: Real>(
  _ gaussians: [Gaussian<Scalar>], reference: ConsensusReference<Scalar>,
  presence: [Variable<Scalar>], into factors: [Variable<Scalar>]
) {
  let modalities = gaussians.count
  for factor in factors { for row in 0..<factor.rows { factor.value[row] = 1 } }
  guard reference.isLearned else { return }
  let dimensions = reference.scale[0].columns
  for row in 0..<presence[0].rows {
    let present = (0..<modalities).filter { presence[$0].isPresent(row) }
    guard present.count >= smallestConsensus else { continue }
    for m in present where reference.threshold[m].value[0] > 0 {
      var sum: Scalar = 0
      for d in 0..<dimensions {
        sum +=
          squaredResidual(gaussians, of: m, among: present, at: row * dimensions + d)
          / reference.scale[m].value[d]
      }
      let score = sum / Scalar(dimensions)
      let excess = score / reference.threshold[m].value[0]
      factors[m].value[row] = max(1, excess.squareRoot())
    }
  }
}

/// (mu_m − weighted median of the others)² at one element.
private func squaredResidual<Scalar: Real>(
  _ gaussians: [Gaussian<Scalar>], of m: Int, among present: [Int], at i: Int
) -> Scalar {
  var others: [(mu: Scalar, weight: Scalar)] = []
  others.reserveCapacity(present.count)
  for other in present where other != m {
    let sigma = gaussians[other].sigma.value[i]
    others.append((gaussians[other].mu.value[i], 1 / (sigma * sigma)))
  }
  let residual = gaussians[m].mu.value[i] - weightedMedian(&others)
  return residual * residual
}

/// The first value, in ascending order, at which half of the weight is reached.
func weightedMedian<Scalar: Real>(_ values: inout [(mu: Scalar, weight: Scalar)]) -> Scalar {
  values.sort { $0.mu < $1.mu }
  let half = values.reduce(0) { $0 + $1.weight } / 2
  var reached: Scalar = 0
  for value in values {
    reached += value.weight
    if reached >= half { return value.mu }
  }
  return values.last?.mu ?? 0
}

extension ConsensusReference {
  /// Learns the reference from Gaussians of clean rows.
  ///
  /// - Parameter present: [modality][row].
  func learn(mu: [Matrix<Scalar>], sigma: [Matrix<Scalar>], present: [[Bool]]) {
    let gaussians = zip(mu, sigma).map { mu, sigma in
      Gaussian(
        mu: Variable(mu, differentiable: false), sigma: Variable(sigma, differentiable: false))
    }
    let dimensions = mu.first?.columns ?? 0
    for m in gaussians.indices {
      let rows = (0..<mu[m].rows).filter { row in
        present[m][row] && present.count(where: { $0[row] }) >= smallestConsensus
      }
      guard !rows.isEmpty else { continue }
      let residuals = rows.map { row -> [Scalar] in
        let here = present.indices.filter { present[$0][row] }
        return (0..<dimensions).map {
          squaredResidual(gaussians, of: m, among: here, at: row * dimensions + $0)
        }
      }
      for d in 0..<dimensions {
        let mean = residuals.reduce(0) { $0 + $1[d] } / Scalar(rows.count)
        scale[m].value[d] = max(mean, .leastNormalMagnitude)
      }
      let scores = residuals.map { row in
        zip(row, 0..<dimensions).reduce(0) { $0 + $1.0 / scale[m].value[$1.1] }
          / Scalar(dimensions)
      }.sorted()
      threshold[m].value[0] = scores[min(scores.count - 1, scores.count * 95 / 100)]
    }
  }
}
