import Foundation
import Fusion

extension ExplainContext {
  /// σ = e^{½ ln σ²}, raised where the features lie far from the training rows.
  func explainSigma() throws -> Explanation {
    let modality = try oneModality()
    let (d, _) = typicalDimension()
    let own = modality.networkSigma[d]
    let factor = modality.doubtFactor
    let logvar = 2 * log(own)
    let edges = modality.networkSigma.count {
      abs(2 * log($0) - options.logvarLow) < 1e-5 || abs(2 * log($0) - options.logvarHigh) < 1e-5
    }
    let raisedBy =
      options.alpha == .consensus ? "novelty and disagreement" : "novelty"
    var steps: [ExplanationStep] = [
      .equation("ln σ²[\(d)] (the layer's, clamped)", is: logvar),
      .equation("σ[\(d)]", "e^(½ ln σ²)", "e^(½ · \(MathText.factor(logvar)))", is: own),
    ]
    if options.novelty > 0 || options.alpha == .consensus {
      steps += [
        .equation("f", "max(1, (d²/q)^¼ · min(1, s̄/σ̄))", is: factor),
        .equation(
          "σ[\(d)]", "f · σ", "\(MathText.number(factor)) · \(MathText.number(own))",
          is: factor * own),
      ]
    }
    steps.append(
      .sum(
        "mean σ", "1/\(modality.sigma.count) Σ_d σ[d]",
        modality.networkSigma.map { $0 * factor / Double(modality.sigma.count) }))
    steps.append(
      .remark(
        "\(edges) of \(modality.sigma.count) dimensions of \(modality.name) lie on the clamp."))
    return Explanation(
      term: .sigma,
      formula: ["σ = e^(½ clamp(ln σ², low, high)) · f,  z ~ N(μ, σ²)"],
      setting: "\(modality.name), \(clampText), "
        + (options.novelty > 0 ? "novelty of rank \(options.novelty)" : "no novelty"),
      steps: steps,
      results: [
        (modality.name, modality.networkSigma.reduce(0, +) * factor / Double(modality.sigma.count))
      ],
      model: [modality.meanSigma], printedBy: "`weights` and `inspect` print",
      meaning: factor > 1
        ? "The features lie farther from the training samples than is usual, so \(raisedBy) "
          + "multiplies every σ of \(modality.name) by \(MathText.number(factor))."
        : "Nothing is added here: the features lie near those of training, or the layer's σ says "
          + "already how far they do not. `corrupt` them and ask again.")
  }
}
