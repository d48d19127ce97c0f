import Foundation
import Fusion

/// The bottleneck's terms of a sample, in Double.
struct BottleneckTerms {
  /// KL of each of K dimensions to N(0, 1).
  let divergences: [Double]
  /// The task loss; nil when the truth is not known.
  let task: Double?
  /// −ln p of the label, or |y − t| or its square: how the task loss is written.
  let taskText: String

  var divergence: Double { divergences.reduce(0, +) }

  init(_ context: ExplainContext) {
    let trace = context.trace
    divergences = zip(trace.latentMu, trace.latentSigma).map {
      klDivergence(mu1: $0, sigma1: $1, mu2: 0, sigma2: 1)
    }
    if let regression = context.model.regression {
      let truth = context.sample.value.flatMap { $0.name == regression.name ? $0.value : nil }
      let found = trace.scores.first ?? 0
      let target = truth.flatMap { regression.scaling.standardised([$0]).first }
      let error = target.map { found - $0 }
      let isSquared = context.options.loss == .squared
      task = error.map { isSquared ? $0 * $0 : abs($0) }
      taskText =
        target.map {
          "\(MathText.number(found)) − \(MathText.factor($0))\(isSquared ? ", squared" : ", its size")"
        } ?? ""
    } else {
      let label = context.sample.label.flatMap { context.model.classes.firstIndex(of: $0) }
      let shares = Softmax.shares(trace.scores)
      task = label.map { -Softmax.logShare(trace.scores, $0) }
      taskText = label.map { "−ln \(MathText.number(shares[$0]))" } ?? ""
    }
  }
}

enum Softmax {
  static func shares(_ scores: [Double]) -> [Double] {
    scores.indices.map { exp(logShare(scores, $0)) }
  }

  /// ln of one share, exact where the share itself would be 0.
  static func logShare(_ scores: [Double], _ index: Int) -> Double {
    let largest = scores.max() ?? 0
    return scores[index] - largest - log(scores.reduce(0) { $0 + exp($1 - largest) })
  }
}

extension ExplainContext {
  func explainBottleneck() -> Explanation {
    let terms = BottleneckTerms(self)
    let (beta, k) = (options.beta, 0)
    var steps: [ExplanationStep] = []
    if let weights = model.model.parameter("bottleneck.mu.weight"),
      let bias = model.model.parameter("bottleneck.mu.bias")
    {
      let products = trace.fused.enumerated().map {
        $1 * Double(weights.value[$0 * weights.columns + k])
      }
      steps.append(
        .sum("μ_z[\(k)]", "b + Σ_d x̂[d] A[d,\(k)]", [Double(bias.value[k])] + products))
    }
    steps += [
      .equation(
        "KL[\(k)]", "½(μ_z² + σ_z² − 1) − ln σ_z",
        "½(\(MathText.factor(trace.latentMu[k]))² + \(MathText.number(trace.latentSigma[k]))² − 1) − "
          + "ln \(MathText.number(trace.latentSigma[k]))", is: terms.divergences[k]),
      .sum("KL_z", "Σ_k KL[k]", terms.divergences),
    ]
    if model.regression == nil { steps.append(classTable) }
    var results = [("KL_z", terms.divergence)]
    if let task = terms.task {
      let name = model.regression == nil ? "cross entropy" : "error"
      steps += [
        .equation(name, "", terms.taskText, is: task),
        .equation(
          "L_VIB", "task + β·KL_z",
          "\(MathText.number(task)) + \(MathText.number(beta)) · "
            + MathText.number(terms.divergence), is: task + beta * terms.divergence),
      ]
      results += [(name, task), ("L_VIB", task + beta * terms.divergence)]
    } else {
      steps.append(.remark("The truth about this sample is not known, so there is no task loss."))
    }
    return Explanation(
      term: .vib,
      formula: [
        "μ_z, ln σ_z² = FC(x̂),  L_VIB = task(μ_z) + β·KL(N(μ_z, σ_z²) ‖ N(0, I))"
      ],
      setting: "β = \(MathText.number(beta)), K = \(options.bottleneck); z = μ_z as in `predict` "
        + "(training draws z from N(μ_z, σ_z²))",
      steps: steps, results: results,
      meaning:
        "The bottleneck may keep what helps the task and pays β for each nat it keeps beyond "
        + "N(0, I). So what the modalities say twice, or what says nothing of the "
        + "\(model.regression == nil ? "class" : "number"), is let go."
    )
  }

  /// The likeliest classes, and the right one.
  private var classTable: ExplanationStep {
    let shares = Softmax.shares(trace.scores)
    let order = shares.indices.sorted { (-shares[$0], $0) < (-shares[$1], $1) }
    let label = sample.label.flatMap { model.classes.firstIndex(of: $0) }
    let shown = order.prefix(3) + (label.map { order.prefix(3).contains($0) ? [] : [$0] } ?? [])
    return .table(
      name: "class", columns: ["score", "p = e^score / Σ"],
      rows: shown.map {
        .init(
          name: model.classes[$0] + ($0 == label ? " (the label)" : ""),
          values: [trace.scores[$0], shares[$0]])
      })
  }
}
