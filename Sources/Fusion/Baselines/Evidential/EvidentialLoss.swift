import Autograd

extension Tape {
  /// The loss of Dirichlet evidence (Sensoy et al. 2018; Han et al. 2021, equations 8 to 10),
  /// mean over the labelled rows.
  ///
  /// With alpha = e + 1, S = Σ alpha, y the label, and alpha~ = alpha with alpha_y set to 1:
  ///
  /// L = ψ(S) − ψ(alpha_y) + annealing · KL(Dir(alpha~) ‖ Dir(1)),
  /// KL = ln Γ(S~) − ln Γ(C) − Σ ln Γ(alpha~_c) + Σ (alpha~_c − 1)(ψ(alpha~_c) − ψ(S~))
  ///
  /// The first part is the expected cross entropy under Dir(alpha). Its adjoint is
  /// ψ′(S) − [c = y] ψ′(alpha_y); the KL's, for c ≠ y, (alpha_c − 1) ψ′(alpha_c) − (S~ − C) ψ′(S~).
  /// Computed in Double: the gamma functions of large evidence cancel.
  ///
  /// - Parameters:
  ///   - evidence: [B, C], at least 0.
  ///   - annealing: [1, 1], a leaf, 0…1.
  func evidentialLoss(
    _ evidence: Variable<Scalar>, _ labels: Labels, annealing: Variable<Scalar>
  ) -> Variable<Scalar> {
    let classes = evidence.columns
    let output = result(rows: 1, columns: 1)
    var counted = 0

    func strengths(_ row: Int, _ label: Int) -> (all: Double, wrong: Double) {
      var sum = Double(classes)
      for c in 0..<classes { sum += Double(evidence.value[row * classes + c]) }
      return (sum, sum - Double(evidence.value[row * classes + label]))
    }

    return record(output) {
      var sum = 0.0
      counted = 0
      for row in 0..<evidence.rows where labels.values[row] >= 0 {
        counted += 1
        let label = labels.values[row]
        let (all, wrong) = strengths(row, label)
        let digammaWrong = GammaFunctions.digamma(wrong)
        var divergence =
          GammaFunctions.logGamma(wrong) - GammaFunctions.logGamma(Double(classes))
        for c in 0..<classes where c != label {
          let e = Double(evidence.value[row * classes + c])
          divergence -= GammaFunctions.logGamma(e + 1)
          divergence += e * (GammaFunctions.digamma(e + 1) - digammaWrong)
        }
        sum +=
          GammaFunctions.digamma(all)
          - GammaFunctions.digamma(Double(evidence.value[row * classes + label]) + 1)
          + Double(annealing.value[0]) * divergence
      }
      output.value[0] = Scalar(sum / Double(max(1, counted)))
    } backward: {
      guard let upstream = output.gradient, let gradient = evidence.gradient else { return }
      let scale = Double(upstream[0]) / Double(max(1, counted))
      for row in 0..<evidence.rows where labels.values[row] >= 0 {
        let label = labels.values[row]
        let (all, wrong) = strengths(row, label)
        let shared = GammaFunctions.trigamma(all)
        let pull = (wrong - Double(classes)) * GammaFunctions.trigamma(wrong)
        for c in 0..<classes {
          let i = row * classes + c
          let e = Double(evidence.value[i])
          let own = GammaFunctions.trigamma(e + 1)
          let slope =
            c == label ? shared - own : shared + Double(annealing.value[0]) * (e * own - pull)
          gradient[i] += Scalar(scale * slope)
        }
      }
    }
  }
}
