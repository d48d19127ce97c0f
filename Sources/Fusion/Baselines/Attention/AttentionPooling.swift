import Autograd

/// A batch pooled over its modalities.
struct AttentionBatch<Scalar: Real> {
  /// [B, 1] a modality, summing to 1 over those present, 0 where missing. No gradient flows out.
  let alpha: [Variable<Scalar>]
  /// Σ_m alpha^m h^m, [B, D]; zeros where every modality is missing.
  let pooled: Variable<Scalar>
}

extension Tape {
  /// alpha = softmax over the modalities present of the scores, pooled = Σ_m alpha^m h^m.
  ///
  /// The adjoint: with upstream u, h^m receives alpha^m u and score m receives
  /// alpha^m u·(h^m − pooled).
  ///
  /// - Parameters:
  ///   - embeddings: h, [B, D] a modality.
  ///   - scores: [B, 1] a modality.
  ///   - presence: [B, 1] of 0 and 1 a modality.
  func attend(
    _ embeddings: [Variable<Scalar>], scores: [Variable<Scalar>], presence: [Variable<Scalar>]
  ) -> AttentionBatch<Scalar> {
    let rows = embeddings.first?.rows ?? 0
    let dimensions = embeddings.first?.columns ?? 0
    let alpha = embeddings.map { _ in
      Variable<Scalar>(rows: rows, columns: 1, differentiable: false)
    }
    let pooled = result(rows: rows, columns: dimensions)
    record(pooled) {
      for row in 0..<rows {
        let present = embeddings.indices.filter { presence[$0].isPresent(row) }
        let largest = present.reduce(-Scalar.infinity) { max($0, scores[$1].value[row]) }
        for column in alpha { column.value[row] = 0 }
        for m in present { alpha[m].value[row] = Scalar.exp(scores[m].value[row] - largest) }
        let total = present.reduce(Scalar(0)) { $0 + alpha[$1].value[row] }
        let target = pooled.value + row * dimensions
        target.update(repeating: 0, count: dimensions)
        for m in present {
          alpha[m].value[row] /= total
          Scalar.add(
            alpha[m].value[row], embeddings[m].value + row * dimensions, to: target,
            count: dimensions)
        }
      }
    } backward: {
      guard let upstream = pooled.gradient else { return }
      for m in embeddings.indices {
        for row in 0..<rows where presence[m].isPresent(row) {
          let weight = alpha[m].value[row]
          var toScore: Scalar = 0
          for i in row * dimensions..<(row + 1) * dimensions {
            embeddings[m].gradient?[i] += weight * upstream[i]
            toScore += upstream[i] * (embeddings[m].value[i] - pooled.value[i])
          }
          scores[m].gradient?[row] += weight * toScore
        }
      }
    }
    return AttentionBatch(alpha: alpha, pooled: pooled)
  }
}
