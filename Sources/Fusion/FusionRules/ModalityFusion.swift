import Autograd

/// One weight a modality: alpha [B, 1] from the mean over D of sigma.
struct ModalityFusion<Scalar: Real> {
  private let gaussians: [Gaussian<Scalar>]
  private let score: FusionScore
  private let presence: [Variable<Scalar>]?
  private let sharpness: Scalar
  private let batch: FusedBatch<Scalar>
  private let dimensions: Int
  /// Mean sigma [B, 1] a modality.
  private let spread: [Variable<Scalar>]
  /// Of each row, what its scores receive: [B, 1] a modality.
  private let received: [Variable<Scalar>]

  init(
    _ gaussians: [Gaussian<Scalar>], score: FusionScore, presence: [Variable<Scalar>]?,
    sharpness: Scalar, _ batch: FusedBatch<Scalar>
  ) {
    self.gaussians = gaussians
    self.score = score
    self.presence = presence
    self.sharpness = sharpness
    self.batch = batch
    dimensions = batch.fused.columns
    func column() -> Variable<Scalar> {
      Variable(rows: batch.fused.rows, columns: 1, differentiable: false)
    }
    spread = gaussians.map { _ in column() }
    received = gaussians.map { _ in column() }
  }

  private func isPresent(_ m: Int, _ row: Int) -> Bool { presence?[m].isPresent(row) ?? true }

  /// The present modality with the smallest mean sigma; nil of none.
  private func leader(_ row: Int) -> Int? {
    var best: Int?
    for m in gaussians.indices where isPresent(m, row) {
      if best.map({ spread[m].value[row] < spread[$0].value[row] }) ?? true { best = m }
    }
    return best
  }

  func fuse(_ row: Int) {
    let target = batch.fused.value + row * dimensions
    target.update(repeating: 0, count: dimensions)
    for m in gaussians.indices {
      batch.alpha[m].value[row] = 0
      let sigma = gaussians[m].sigma.value + row * dimensions
      var sum: Scalar = 0
      for d in 0..<dimensions { sum += sigma[d] }
      spread[m].value[row] = sum / Scalar(dimensions)
    }
    guard let leader = leader(row) else { return }
    var total: Scalar = 0
    for m in gaussians.indices where isPresent(m, row) {
      let share = Scalar.exp(
        score.distance(
          of: spread[m].value[row], from: spread[leader].value[row], sharpness: sharpness))
      batch.alpha[m].value[row] = share
      total += share
    }
    for m in gaussians.indices where isPresent(m, row) {
      batch.alpha[m].value[row] /= total
      Scalar.add(
        batch.alpha[m].value[row], gaussians[m].mu.value + row * dimensions, to: target,
        count: dimensions)
    }
  }

  func adjoint(_ row: Int) {
    guard let upstream = batch.fused.gradient, let leader = leader(row) else { return }
    for m in gaussians.indices { received[m].value[row] = 0 }
    for i in row * dimensions..<(row + 1) * dimensions {
      let origin = gaussians[leader].mu.value[i]
      var mean: Scalar = 0
      for m in gaussians.indices where isPresent(m, row) {
        mean += batch.alpha[m].value[row] * (gaussians[m].mu.value[i] - origin)
      }
      for m in gaussians.indices where isPresent(m, row) {
        let share = batch.alpha[m].value[row] * upstream[i]
        gaussians[m].mu.gradient?[i] += share
        received[m].value[row] += share * ((gaussians[m].mu.value[i] - origin) - mean)
      }
    }
    for m in gaussians.indices where isPresent(m, row) {
      guard let gradient = gaussians[m].sigma.gradient else { continue }
      // A mean over D passes a D-th part to each of its sigmas.
      let part =
        received[m].value[row]
        * score.slope(at: spread[m].value[row], sharpness: sharpness) / Scalar(dimensions)
      for i in row * dimensions..<(row + 1) * dimensions { gradient[i] += part }
    }
  }
}
