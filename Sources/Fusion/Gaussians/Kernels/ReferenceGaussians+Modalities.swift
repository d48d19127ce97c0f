import Autograd

/// The loops that look at all modalities of an element: L_UDR's pairs and the fusion.
extension ReferenceGaussians {
  /// Σ_{a≠b} KL(p^a ‖ p^b) of each row.
  static func pairs<Scalar: Real>(
    _ first: Int, _ rows: Int, _ columns: Int, _ modalities: Int,
    _ mu: UnsafePointer<UnsafePointer<Scalar>?>, _ sigma: UnsafePointer<UnsafePointer<Scalar>?>,
    _ presence: UnsafePointer<UnsafePointer<Scalar>?>?, _ losses: UnsafeMutablePointer<Double>
  ) {
    for row in first..<first + rows {
      var sum: Scalar = 0
      for i in row * columns..<(row + 1) * columns {
        let all = elements(i, of: row, modalities, mu, sigma, presence)
        let moments = PairMoments(all)
        for element in all {
          sum +=
            0.5 * moments.excess(moments.centred(element)) / (element.sigma * element.sigma)
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
    for row in first..<first + rows {
      for i in row * columns..<(row + 1) * columns {
        let all = elements(i, of: row, modalities, mu, sigma, presence)
        let moments = PairMoments(all)
        for element in all {
          let (m, v) = moments.centred(element)
          let precision = 1 / (element.sigma * element.sigma)
          muGradients[element.modality]?[i] +=
            scale
            * (precision * (moments.count * m - moments.mean)
              + (moments.precision * m - moments.precisionTimesMean))
          sigmaGradients[element.modality]?[i] +=
            scale / element.sigma
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
    for row in first..<first + rows {
      for i in row * columns..<(row + 1) * columns {
        for m in 0..<modalities { alpha[m]?[i] = 0 }
        fused[i] = 0
        let all = elements(i, of: row, modalities, mu, sigma, presence)
        guard let leader = all.min(by: { $0.sigma < $1.sigma }) else { continue }
        let shares = all.map {
          Scalar.exp(score.distance(of: $0.sigma, from: leader.sigma, sharpness: sharpness))
        }
        let total = shares.reduce(0, +)
        for (element, share) in zip(all, shares) {
          alpha[element.modality]?[i] = share / total
          fused[i] += share / total * element.mu
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
    for row in first..<first + rows {
      for i in row * columns..<(row + 1) * columns {
        let all = elements(i, of: row, modalities, mu, sigma, presence)
        guard let leader = all.min(by: { $0.sigma < $1.sigma }) else { continue }
        func weight(_ m: Int) -> Scalar { alpha[m]?[i] ?? 0 }
        let mean = all.reduce(0) { $0 + weight($1.modality) * ($1.mu - leader.mu) }
        for element in all {
          let received = weight(element.modality) * upstream[i]
          muGradients[element.modality]?[i] += received
          sigmaGradients[element.modality]?[i] +=
            received * ((element.mu - leader.mu) - mean)
            * score.slope(at: element.sigma, sharpness: sharpness)
        }
      }
    }
  }

  /// What the present modalities have at element `i`.
  private static func elements<Scalar: Real>(
    _ i: Int, of row: Int, _ modalities: Int, _ mu: UnsafePointer<UnsafePointer<Scalar>?>,
    _ sigma: UnsafePointer<UnsafePointer<Scalar>?>,
    _ presence: UnsafePointer<UnsafePointer<Scalar>?>?
  ) -> [Element<Scalar>] {
    (0..<modalities).compactMap { m in
      guard let mu = mu[m], let sigma = sigma[m], (presence?[m]).holds(row) else { return nil }
      return Element(modality: m, mu: mu[i], sigma: sigma[i])
    }
  }
}

/// One dimension of one modality's Gaussian.
struct Element<Scalar: Real> {
  let modality: Int
  let mu: Scalar
  let sigma: Scalar
}

/// The sums over modalities at one element that make the pair loss O(M).
struct PairMoments<Scalar: Real> {
  let count: Scalar
  private var leaderMu: Scalar = 0
  private var leaderSigma: Scalar = .infinity
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

  init(_ elements: [Element<Scalar>]) {
    count = Scalar(elements.count)
    for element in elements where element.sigma < leaderSigma {
      (leaderMu, leaderSigma) = (element.mu, element.sigma)
    }
    for element in elements {
      let (m, v) = centred(element)
      let own = 1 / (element.sigma * element.sigma)
      mean += m
      square += m * m
      variance += v
      precision += own
      precisionTimesMean += m * own
      precisionTimesVariance += v * own
    }
  }

  /// mu and sigma² less those of the modality with the smallest sigma.
  func centred(_ element: Element<Scalar>) -> (m: Scalar, v: Scalar) {
    (
      element.mu - leaderMu,
      (element.sigma - leaderSigma) * (element.sigma + leaderSigma)
    )
  }

  /// E_b = Σ_a ((v_a − v_b) + (m_a − m_b)²)
  func excess(_ own: (m: Scalar, v: Scalar)) -> Scalar {
    (variance - count * own.v) + ((square - 2 * own.m * mean) + count * own.m * own.m)
  }
}
