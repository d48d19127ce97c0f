import Autograd

extension Tape {
  /// QMF's regulariser for one modality: of two samples, the one with the larger loss in the past
  /// has to have the smaller confidence, by the difference of the losses.
  ///
  /// mean over pairs (i, j) of max(0, g(κᵢ, κⱼ)(wᵢ − wⱼ) + |κᵢ − κⱼ|), g the sign of κᵢ − κⱼ.
  /// Pairs are neighbours in the batch, the last with the first (Moon et al., ICML 2020, whose
  /// correctness ranking QMF took over).
  ///
  /// - Parameters:
  ///   - confidence: w, [B, 1], differentiated.
  ///   - pastLosses: κ, [B, 1] in 0…1; negative where there is none: such pairs do not count.
  ///   - presence: [B, 1] of 0 and 1; pairs with a missing modality do not count.
  func rankingLoss(
    _ confidence: Variable<Scalar>, pastLosses: Variable<Scalar>, presence: Variable<Scalar>
  ) -> Variable<Scalar> {
    let rows = confidence.rows
    let output = result(rows: 1, columns: 1)
    /// g where the pair (row, next) is in the wrong order or too close, else 0.
    var active = [Scalar](repeating: 0, count: rows)
    var counted = 0
    return record(output) {
      var sum: Scalar = 0
      counted = 0
      for i in 0..<rows {
        let j = (i + 1) % rows
        active[i] = 0
        let (own, other) = (pastLosses.value[i], pastLosses.value[j])
        guard own >= 0, other >= 0, presence.isPresent(i), presence.isPresent(j) else { continue }
        counted += 1
        let sign: Scalar = own > other ? 1 : own < other ? -1 : 0
        let violation =
          sign * (confidence.value[i] - confidence.value[j]) + abs(own - other)
        if violation > 0 {
          sum += violation
          active[i] = sign
        }
      }
      output.value[0] = sum / Scalar(max(1, counted))
    } backward: {
      guard let upstream = output.gradient, let gradient = confidence.gradient else { return }
      let scale = upstream[0] / Scalar(max(1, counted))
      for i in 0..<rows {
        gradient[i] += scale * active[i]
        gradient[(i + 1) % rows] -= scale * active[i]
      }
    }
  }
}
