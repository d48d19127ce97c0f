import Fusion

extension ExplainContext {
  func explainFused() -> Explanation {
    let (d, isChosen) = typicalDimension()
    let weights = fusion.allWeights(dimensions: options.latent)
    let fused = (0..<options.latent).map { d in
      present.indices.reduce(0.0) { $0 + weights[$1][d] * present[$1].mu[d] }
    }
    let shown = isChosen ? [d] : Array(0..<min(3, options.latent))
    let steps = shown.map { d -> ExplanationStep in
      let numbers = present.indices.map {
        "\(MathText.number(weights[$0][d])) · \(MathText.factor(present[$0].mu[d]))"
      }
      return .equation("x̂[\(d)]", "", numbers.joined(separator: " + "), is: fused[d])
    }
    return Explanation(
      term: .fused, formula: ["x̂ = Σ_m α_m ⊙ μ_m,  dimension by dimension"],
      setting: "α by \(options.alpha.rawValue), of \(present.map(\.name).joined(separator: ", "))",
      steps: steps + [
        .sum("|x̂|²", "Σ_d x̂[d]²", fused.map { $0 * $0 }),
        .table(
          name: "modality", columns: ["mean α", "|μ|²"],
          rows: present.map {
            .init(name: $0.name, values: [$0.meanAlpha, $0.mu.reduce(0) { $0 + $1 * $1 }])
          }),
      ], results: shown.map { ("x̂[\($0)]", fused[$0]) }, model: shown.map { trace.fused[$0] },
      meaning: "x̂ is a weighted mean, so it lies between the modalities' μ in every dimension, "
        + (options.alpha == .uniform
          ? "in their middle: all weigh the same. " : "nearest to the one that is trusted most. ")
        + "It is all that the bottleneck gets to see.")
  }
}
