import Autograd

/// The loops that look at all modalities of an element: L_UDR's pairs and the fusion.
extension ReferenceGaussians {
  /// Σ_{a≠b} KL(p^a ‖ p^b) of each row.
  static func pairs<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ modalities: Int,
    _ mu: UnsafePointer<UnsafePointer<Scalar>?>, _ sigma: UnsafePointer<UnsafePointer<Scalar>?>,
    _ presence: UnsafePointer<UnsafePointer<Scalar>?>?, _ losses: UnsafeMutablePointer<Double>
  ) {
    let all = Modalities(count: modalities, mu: mu, sigma: sigma, presence: presence)
    for row in first..<first + rows {
      var sum: Scalar = 0
      for i in row * columns..<(row + 1) * columns {
        let moments = PairMoments(all, row: row, at: i)
        for m in 0..<modalities where all.holds(m, row) {
          let sigma = all.sigma(m, i)
          sum += 0.5 * moments.excess(moments.centred(all.mu(m, i), sigma)) / (sigma * sigma)
        }
      }
      losses[row] = Double(sum)
    }
  }

  static func pairsAdjoint<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ modalities: Int,
    _ mu: UnsafePointer<UnsafePointer<Scalar>?>, _ sigma: UnsafePointer<UnsafePointer<Scalar>?>,
    _ presence: UnsafePointer<UnsafePointer<Scalar>?>?, _ scale: Scalar,
    _ muGradients: UnsafePointer<UnsafeMutablePointer<Scalar>?>,
    _ sigmaGradients: UnsafePointer<UnsafeMutablePointer<Scalar>?>
  ) {
    let all = Modalities(count: modalities, mu: mu, sigma: sigma, presence: presence)
    for row in first..<first + rows {
      for i in row * columns..<(row + 1) * columns {
        let moments = PairMoments(all, row: row, at: i)
        for modality in 0..<modalities where all.holds(modality, row) {
          let sigma = all.sigma(modality, i)
          let (m, v) = moments.centred(all.mu(modality, i), sigma)
          let precision = 1 / (sigma * sigma)
          muGradients[modality]?[i] +=
            scale
            * (precision * (moments.count * m - moments.mean)
              + (moments.precision * m - moments.precisionTimesMean))
          sigmaGradients[modality]?[i] +=
            scale / sigma
            * ((moments.precision * v - moments.precisionTimesVariance)
              - precision * moments.excess((m, v)))
        }
      }
    }
  }

  /// alpha = softmax over modalities of the score of sigma; fused = Σ alpha ⊙ mu.
  static func fuse<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ modalities: Int, _ score: Int32,
    _ sharpness: Scalar, _ mu: UnsafePointer<UnsafePointer<Scalar>?>,
    _ sigma: UnsafePointer<UnsafePointer<Scalar>?>,
    _ presence: UnsafePointer<UnsafePointer<Scalar>?>?,
    _ alpha: UnsafePointer<UnsafeMutablePointer<Scalar>?>,
    _ fused: UnsafeMutablePointer<Scalar>
  ) {
    let score = FusionScore(rawValue: score) ?? .uniform
    let all = Modalities(count: modalities, mu: mu, sigma: sigma, presence: presence)
    for row in first..<first + rows {
      for i in row * columns..<(row + 1) * columns {
        for m in 0..<modalities { alpha[m]?[i] = 0 }
        fused[i] = 0
        guard let leader = all.leader(row, i) else { continue }
        var total: Scalar = 0
        for m in 0..<modalities where all.holds(m, row) {
          let share = Scalar.exp(
            score.distance(of: all.sigma(m, i), from: leader.sigma, sharpness: sharpness))
          alpha[m]?[i] = share
          total += share
        }
        for m in 0..<modalities where all.holds(m, row) {
          let share = (alpha[m]?[i] ?? 0) / total
          alpha[m]?[i] = share
          fused[i] += share * all.mu(m, i)
        }
      }
    }
  }

  static func fuseAdjoint<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ modalities: Int, _ score: Int32,
    _ sharpness: Scalar, _ mu: UnsafePointer<UnsafePointer<Scalar>?>,
    _ sigma: UnsafePointer<UnsafePointer<Scalar>?>,
    _ presence: UnsafePointer<UnsafePointer<Scalar>?>?,
    _ alpha: UnsafePointer<UnsafePointer<Scalar>?>, _ upstream: UnsafePointer<Scalar>,
    _ muGradients: UnsafePointer<UnsafeMutablePointer<Scalar>?>,
    _ sigmaGradients: UnsafePointer<UnsafeMutablePointer<Scalar>?>
  ) {
    let score = FusionScore(rawValue: score) ?? .uniform
    let all = Modalities(count: modalities, mu: mu, sigma: sigma, presence: presence)
    for row in first..<first + rows {
      for i in row * columns..<(row + 1) * columns {
        guard let leader = all.leader(row, i) else { continue }
        var mean: Scalar = 0
        for m in 0..<modalities where all.holds(m, row) {
          mean += (alpha[m]?[i] ?? 0) * (all.mu(m, i) - leader.mu)
        }
        for m in 0..<modalities where all.holds(m, row) {
          let received = (alpha[m]?[i] ?? 0) * upstream[i]
          muGradients[m]?[i] += received
          sigmaGradients[m]?[i] +=
            received * ((all.mu(m, i) - leader.mu) - mean)
            * score.slope(at: all.sigma(m, i), sharpness: sharpness)
        }
      }
    }
  }
}

/// What the kernels are given of all modalities.
private struct Modalities<Scalar: Real> {
  let count: Int
  let mu: UnsafePointer<UnsafePointer<Scalar>?>
  let sigma: UnsafePointer<UnsafePointer<Scalar>?>
  let presence: UnsafePointer<UnsafePointer<Scalar>?>?

  func holds(_ m: Int, _ row: Int) -> Bool { presence?[m].holds(row) ?? true }
  func mu(_ m: Int, _ i: Int) -> Scalar { mu[m]?[i] ?? 0 }
  func sigma(_ m: Int, _ i: Int) -> Scalar { sigma[m]?[i] ?? 1 }

  /// The first of the present modalities with the smallest sigma at element `i`; nil of none.
  func leader(_ row: Int, _ i: Int) -> (mu: Scalar, sigma: Scalar)? {
    var leader: (mu: Scalar, sigma: Scalar)?
    for m in 0..<count where holds(m, row) {
      let own = sigma(m, i)
      if leader.map({ own < $0.sigma }) ?? true { leader = (mu(m, i), own) }
    }
    return leader
  }
}

/// The sums over modalities at one element that make the pair loss O(M).
private struct PairMoments<Scalar: Real> {
  let leader: (mu: Scalar, sigma: Scalar)
  private(set) var count: Scalar = 0
  /// Σ m
  private(set) var mean: Scalar = 0
  /// Σ m²
  private var square: Scalar = 0
  /// Σ v
  private var variance: Scalar = 0
  /// Σ 1/var
  private(set) var precision: Scalar = 0
  /// Σ m/var
  private(set) var precisionTimesMean: Scalar = 0
  /// Σ v/var
  private(set) var precisionTimesVariance: Scalar = 0

  init(_ all: Modalities<Scalar>, row: Int, at i: Int) {
    leader = all.leader(row, i) ?? (0, 1)
    for modality in 0..<all.count where all.holds(modality, row) {
      let sigma = all.sigma(modality, i)
      let (m, v) = centred(all.mu(modality, i), sigma)
      let own = 1 / (sigma * sigma)
      count += 1
      mean += m
      square += m * m
      variance += v
      precision += own
      precisionTimesMean += m * own
      precisionTimesVariance += v * own
    }
  }

  /// mu and sigma² less those of the modality with the smallest sigma.
  func centred(_ mu: Scalar, _ sigma: Scalar) -> (m: Scalar, v: Scalar) {
    (mu - leader.mu, (sigma - leader.sigma) * (sigma + leader.sigma))
  }

  /// E_b = Σ_a ((v_a − v_b) + (m_a − m_b)²)
  func excess(_ own: (m: Scalar, v: Scalar)) -> Scalar {
    (variance - count * own.v) + ((square - 2 * own.m * mean) + count * own.m * own.m)
  }
}
