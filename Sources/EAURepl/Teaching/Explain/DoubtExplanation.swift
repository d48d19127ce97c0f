import Autograd
import Foundation
import Fusion

extension ExplainContext {
  enum Doubt { case aleatoric, epistemic }

  /// As `predict` computes them: from stochastic passes with dropped hidden units.
  func explainDoubt(_ doubt: Doubt) throws -> Explanation {
    if let regression = model.regression { return explainVariance(doubt, regression) }
    let rate = options.hiddenDropout
    let count = rate > 0 ? PredictCommand.defaultPasses : 1
    let passes = Inference(model.model).stochasticPasses(
      tables, passes: count, rate: rate, seed: session.seed)
    let rows = (0..<count).map { passes.probabilities.row($0).map { Double($0) } }
    let found = EntropyDecomposition(passes: passes.probabilities)
    let entropies = rows.map { $0.reduce(0.0) { $0 + Self.surprise($1) } }
    let mean = rows[0].indices.map { c in rows.reduce(0) { $0 + $1[c] } / Double(count) }
    let likely = mean.indices.sorted { (-mean[$0], $0) < (-mean[$1], $1) }
    let noise: ExplanationStep = .sum(
      "mean H", "1/\(count) Σ_i H(p_i)", entropies.map { $0 / Double(count) })
    let best = likely[0]
    let example: ExplanationStep = .table(
      name: "pass", columns: ["p(\(model.classes[best]))", "H(p_i)"],
      rows: rows.indices.prefix(3).map {
        .init(name: "\($0 + 1)", values: [rows[$0][best], entropies[$0]])
      })
    var steps: [ExplanationStep] = [example, noise]
    if doubt == .epistemic {
      steps += [
        .sum(
          "H(p̄)", "−Σ_c p̄_c ln p̄_c", mean.map(Self.surprise), shown: Array(likely.prefix(3))),
        .equation(
          "epistemic", "H(p̄) − mean H",
          "\(MathText.number(found.total)) − \(MathText.number(found.aleatoric))",
          is: found.epistemic),
      ]
    }
    steps += try gaussianSteps(passes)
    if rate == 0 {
      steps.append(
        .remark("Trained without hidden dropout: all passes are alike, none can differ."))
    }
    return Explanation(
      term: doubt == .aleatoric ? .aleatoric : .epistemic,
      formula: [
        doubt == .aleatoric
          ? "aleatoric = mean_i H(p_i),  H(p) = −Σ_c p_c ln p_c"
          : "epistemic = H(mean_i p_i) − mean_i H(p_i)"
      ],
      setting: "\(count) passes, each without \(MathText.number(rate * 100)) % of the hidden units "
        + "(seed \(session.seed)); in nats",
      steps: steps,
      results: [
        doubt == .aleatoric ? ("aleatoric", found.aleatoric) : ("epistemic", found.epistemic)
      ], printedBy: "`predict` prints",
      meaning: Self.meaning(doubt))
  }

  private static func surprise(_ p: Double) -> Double { p > 0 ? -p * log(p) : 0 }

  private static func meaning(_ doubt: Doubt) -> String {
    doubt == .aleatoric
      ? "Every pass, whatever units it lacks, finds the input this ambiguous: no further training "
        + "would help, a better recording would."
      : "The passes disagree with each other by this much: that is doubt of the model, which more "
        + "training samples of this kind would lessen."
  }

  /// σ*² = mean_i(σ_i²) + Var_i(μ_i) of one dimension of one modality's Gaussian.
  private func gaussianSteps(_ passes: Prediction) throws -> [ExplanationStep] {
    let modality = try oneModality()
    guard let m = trace.modalities.firstIndex(where: { $0.name == modality.name }) else {
      return []
    }
    let (mu, sigma) = (passes.mu[m], passes.sigma[m])
    let squares = Matrix(
      rows: sigma.rows, columns: sigma.columns, values: sigma.values.map { $0 * $0 })
    let parts = VarianceDecomposition(means: mu, variances: squares)
    let d = dimension ?? 0
    return [
      .equation(
        "σ*²[\(d)] of \(modality.name)", "mean σ_i² + Var μ_i",
        "\(MathText.number(parts.aleatoric[d])) + \(MathText.number(parts.epistemic[d]))",
        is: parts.total[d])
    ]
  }

  private func explainVariance(_ doubt: Doubt, _ regression: RegressionTarget) -> Explanation {
    let rate = options.hiddenDropout
    let count = rate > 0 ? RegressionTarget.defaultPasses : 1
    let (means, variances) = Inference(model.model).stochasticNumbers(
      tables, passes: count, rate: rate, seed: RegressionTarget.defaultSeed)
    let parts = VarianceDecomposition(means: means, variances: variances)
    let unit = regression.scaling.deviation
    let (noise, spread) = (parts.aleatoric[0], parts.epistemic[0])
    let calibration = regression.calibration
    let calibrated = calibration.noise(noise)
    let values = means.values.map { Double($0) }
    let mean = parts.mean[0]
    let steps: [ExplanationStep] =
      doubt == .aleatoric
      ? [
        .sum(
          "mean σ_i²", "1/\(count) Σ_i σ_i²", variances.values.map { Double($0) / Double(count) }),
        .equation(
          "calibrated", "a · mean σ_i² + b",
          "\(MathText.number(calibration.slope)) · \(MathText.number(noise)) + "
            + MathText.number(calibration.offset), is: calibrated),
        .equation(
          "aleatoric", "deviation² · calibrated",
          "\(MathText.number(unit))² · \(MathText.number(calibrated))", is: unit * unit * calibrated
        ),
      ]
      : [
        .sum("mean μ_i", "1/\(count) Σ_i μ_i", values.map { $0 / Double(count) }),
        .sum(
          "Var μ_i", "1/\(count) Σ_i (μ_i − mean)²",
          values.map { ($0 - mean) * ($0 - mean) / Double(count) }),
        .equation(
          "epistemic", "deviation² · Var μ_i",
          "\(MathText.number(unit))² · \(MathText.number(spread))", is: unit * unit * spread),
      ]
    return Explanation(
      term: doubt == .aleatoric ? .aleatoric : .epistemic,
      formula: ["σ*² = mean_i(σ_i²) [aleatoric] + Var_i(μ_i) [epistemic]"],
      setting: "\(count) passes through thinned networks, in \(regression.name)²; the targets' "
        + "deviation is \(MathText.number(unit))",
      steps: steps,
      results: [
        doubt == .aleatoric
          ? ("aleatoric", unit * unit * calibrated) : ("epistemic", unit * unit * spread)
      ], printedBy: "`predict` prints", meaning: Self.meaning(doubt))
  }
}
