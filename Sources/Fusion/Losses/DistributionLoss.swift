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
  /// The logarithms cancel over ordered pairs, so with n modalities present
  ///     Σ_{a≠b} KL = ½ Σ_b prec_b · I_b − n(n−1)D/2,   I_b = Σ_{a≠b} (var_a + (mu_a − mu_b)²),
  /// and I_b follows from Σ(var_a + m_a²) and Σ m_a, where m = mu − (mean of mu over modalities).
  /// Without taking the mean off first the expansion cancels in Float.
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
            let (m, variance) = moments.centred(gaussian, at: i)
            sum += 0.5 * (moments.inner(m, variance) / variance - Scalar(present.count - 1))
          }
        }
      }
      output.value[0] = sum / rows
    } backward: {
      guard let upstream = output.gradient else { return }
      let scale = upstream[0] / rows
      forEachRow { range, present in
        let n = Scalar(present.count)
        for i in range {
          let moments = PairMoments(present, at: i)
          for gaussian in present {
            let (m, variance) = moments.centred(gaussian, at: i)
            let sigma = gaussian.sigma.value[i]
            let precision = 1 / variance
            gaussian.mu.gradient?[i] +=
              scale
              * (precision * (n * m - moments.sum) + moments.precision * m
                - moments.precisionTimesMean)
            gaussian.sigma.gradient?[i] +=
              scale
              * (sigma * (moments.precision - precision)
                - moments.inner(m, variance) * precision / sigma)
          }
        }
      }
    }
  }
}

/// The sums over modalities at one element that make the pair loss O(M).
private struct PairMoments<Scalar: Real> {
  let count: Scalar
  let mean: Scalar
  /// Σ m
  var sum: Scalar = 0
  /// Σ (var + m²)
  var square: Scalar = 0
  /// Σ 1/var
  var precision: Scalar = 0
  /// Σ m/var
  var precisionTimesMean: Scalar = 0

  init(_ gaussians: [Gaussian<Scalar>], at i: Int) {
    count = Scalar(gaussians.count)
    var total: Scalar = 0
    for gaussian in gaussians { total += gaussian.mu.value[i] }
    mean = total / max(1, count)
    for gaussian in gaussians {
      let (m, variance) = centred(gaussian, at: i)
      sum += m
      square += variance + m * m
      precision += 1 / variance
      precisionTimesMean += m / variance
    }
  }

  /// mu − mean, and sigma².
  func centred(_ gaussian: Gaussian<Scalar>, at i: Int) -> (Scalar, Scalar) {
    let sigma = gaussian.sigma.value[i]
    return (gaussian.mu.value[i] - mean, sigma * sigma)
  }

  /// I_b = Σ_{a≠b} (var_a + (m_a − m_b)²)
  func inner(_ m: Scalar, _ variance: Scalar) -> Scalar {
    (square - variance - m * m) - 2 * m * (sum - m) + (count - 1) * m * m
  }
}
