import Autograd

/// Above this ratio of evidence to classes the combination stays where it is: Float ends at 3e38.
private let largestRatio = 1e30

extension Tape {
  /// The evidence of the combined opinion of several views (Han et al., ICLR 2021), [B, C].
  ///
  /// Evidence e ≥ 0 makes an opinion: beliefs b_c = e_c/S and uncertainty u = C/S with
  /// S = Σ_c (e_c + 1). The reduced Dempster rule combines two of them,
  /// b_c = (b¹_c b²_c + b¹_c u² + b²_c u¹)/(1 − conflict), u = u¹u²/(1 − conflict), where
  /// conflict = Σ_{i≠j} b¹_i b²_j. Back in evidence, with e_c/C = b_c/u, the conflict cancels:
  ///
  /// 1 + e_c/C = Π_v (1 + e^v_c/C)
  ///
  /// so the order of the views does not matter, and ∂e_c/∂e^v_c = (1 + e_c/C)/(1 + e^v_c/C).
  ///
  /// - Parameter presence: a [B, 1] column a view, nil for a view that is always there. A missing
  ///   view takes no part; without any the evidence is 0.
  func combinedEvidence(
    _ views: [Variable<Scalar>], presence: [Variable<Scalar>?]
  ) -> Variable<Scalar> {
    let rows = views.first?.rows ?? 0
    let classes = views.first?.columns ?? 0
    let count = Scalar(classes)
    let output = result(rows: rows, columns: classes)
    return record(output) {
      for row in 0..<rows {
        let present = views.indices.filter { presence[$0].isPresent(row) }
        for i in row * classes..<(row + 1) * classes {
          // r + s + rs is (1 + r)(1 + s) − 1 without losing the digits of a small r.
          var ratio: Scalar = 0
          for v in present {
            let next = views[v].value[i] / count
            ratio = min(ratio + next + ratio * next, Scalar(largestRatio))
          }
          output.value[i] = count * ratio
        }
      }
    } backward: {
      guard let upstream = output.gradient else { return }
      for v in views.indices {
        guard let gradient = views[v].gradient else { continue }
        for row in 0..<rows where presence[v].isPresent(row) {
          for i in row * classes..<(row + 1) * classes
          where output.value[i] < count * Scalar(largestRatio) {
            gradient[i] += upstream[i] * (count + output.value[i]) / (count + views[v].value[i])
          }
        }
      }
    }
  }
}
