import Autograd

/// L_UDR, the unimodal distribution representation loss (EAU, section 3.2): draws the modalities'
/// Gaussians towards each other and towards N(0, I).
///
/// L_UDR = Σ_{a≠b} KL(p^a ‖ p^b) + Σ_m KL(p^m ‖ N(0, I)), ordered pairs, summed over D, averaged
/// over B. The paper ties the two sums; here they come apart, to be weighted as `pair` and `prior`.
extension Tape {
  /// Σ_m KL(p^m ‖ N(0, I)).
  public func priorLoss(
    _ gaussians: [Gaussian<Scalar>], presence: [Variable<Scalar>]? = nil
  ) -> Variable<Scalar> {
    weightedSum(
      gaussians.indices.map { (1, klToStandard(gaussians[$0], presence: presence?[$0])) })
  }

  /// Σ_{a≠b} KL(p^a ‖ p^b) in O(M) a dimension.
  ///
  /// The logarithms cancel over ordered pairs, which leaves
  ///     Σ_{a≠b} KL = ½ Σ_b E_b / var_b,   E_b = Σ_a ((var_a − var_b) + (mu_a − mu_b)²),
  /// and E_b follows from sums over modalities of v, m, and m², where v = var − var_l and
  /// m = mu − mu_l are taken from the present modality l with the smallest sigma. Seen from there
  /// nothing large cancels: where 1/var is huge (1e16 at sigma = 1e-8) v and m are exactly or nearly
  /// zero, and equal modalities give exactly 0. With raw moments Float keeps no digits.
  ///
  /// - Parameter presence: one [B, 1] column a modality of 0 and 1, or nil when all are there.
  public func pairLoss(
    _ gaussians: [Gaussian<Scalar>], presence: [Variable<Scalar>]? = nil
  ) -> Variable<Scalar> {
    let output = result(rows: 1, columns: 1)
    guard let first = gaussians.first?.mu else {
      return record(output) {
      } backward: {
      }
    }
    let rows = Scalar(max(1, first.rows))
    func forEachRow(_ body: (Range<Int>, [Gaussian<Scalar>]) -> Void) {
      for row in 0..<first.rows {
        let here = gaussians.indices.filter { presence?[$0].isPresent(row) ?? true }
        body(row * first.columns..<(row + 1) * first.columns, here.map { gaussians[$0] })
      }
    }
    return record(output) {
      var sum: Scalar = 0
      forEachRow { range, present in
        for i in range {
          let moments = PairMoments(present, at: i)
          for gaussian in present {
            let sigma = gaussian.sigma.value[i]
            sum += 0.5 * moments.excess(moments.centred(gaussian, at: i)) / (sigma * sigma)
          }
        }
      }
      output.value[0] = sum / rows
    } backward: {
      guard let upstream = output.gradient else { return }
      let scale = upstream[0] / rows
      forEachRow { range, present in
        for i in range {
          let moments = PairMoments(present, at: i)
          for gaussian in present {
            let (m, v) = moments.centred(gaussian, at: i)
            let sigma = gaussian.sigma.value[i]
            let precision = 1 / (sigma * sigma)
            gaussian.mu.gradient?[i] +=
              scale
              * (precision * (moments.count * m - moments.mean)
                + (moments.precision * m - moments.precisionTimesMean))
            gaussian.sigma.gradient?[i] +=
              scale / sigma
              * ((moments.precision * v - moments.precisionTimesVariance)
                - precision * moments.excess((m, v)))
          }
        }
      }
    }
  }
}

/// The sums over modalities at one element that make the pair loss O(M).
private struct PairMoments<Scalar: Real> {
  let count: Scalar
  private var leaderMu: Scalar = 0
  private var leaderSigma: Scalar = 0
  /// Σ m
  var mean: Scalar = 0
  /// Σ m²
  private var square: Scalar = 0
  /// Σ v
  private var variance: Scalar = 0
  /// Σ 1/var
  var precision: Scalar = 0
  /// Σ m/var
  var precisionTimesMean: Scalar = 0
  /// Σ v/var
  var precisionTimesVariance: Scalar = 0

  init(_ gaussians: [Gaussian<Scalar>], at i: Int) {
    count = Scalar(gaussians.count)
    leaderSigma = .infinity
    for gaussian in gaussians where gaussian.sigma.value[i] < leaderSigma {
      leaderSigma = gaussian.sigma.value[i]
      leaderMu = gaussian.mu.value[i]
    }
    for gaussian in gaussians {
      let (m, v) = centred(gaussian, at: i)
      let sigma = gaussian.sigma.value[i]
      let own = 1 / (sigma * sigma)
      mean += m
      square += m * m
      variance += v
      precision += own
      precisionTimesMean += m * own
      precisionTimesVariance += v * own
    }
  }

  /// mu and sigma² less those of the modality with the smallest sigma.
  func centred(_ gaussian: Gaussian<Scalar>, at i: Int) -> (m: Scalar, v: Scalar) {
    let sigma = gaussian.sigma.value[i]
    return (
      gaussian.mu.value[i] - leaderMu, (sigma - leaderSigma) * (sigma + leaderSigma)
    )
  }

  /// E_b = Σ_a ((v_a − v_b) + (m_a − m_b)²)
  func excess(_ own: (m: Scalar, v: Scalar)) -> Scalar {
    (variance - count * own.v) + ((square - 2 * own.m * mean) + count * own.m * own.m)
  }
}
