import Foundation
import Fusion

/// The rule's softmax again, in Double and step by step.
struct FusionRecomputed {
  let rule: FusionRule
  let sharpness: Double
  let present: [ForwardTrace.Modality]

  /// What the softmax takes, a number a modality. The rules of `FusionScores.swift`.
  func scores(at d: Int) -> [Double] {
    present.indices.map { m in
      switch rule {
      case .perDimension, .consensus: sharpness / present[m].sigma[d]
      case .perModality: sharpness / present[m].meanSigma
      case .precision: -2 * log(present[m].sigma[d])
      case .uniform: 0
      case .varianceSwap:
        present.count == 2 ? present[1 - m].sigma[d] * present[1 - m].sigma[d] : 0
      }
    }
  }

  func weights(at d: Int) -> [Double] {
    let scores = scores(at: d)
    let largest = scores.max() ?? 0
    let shares = scores.map { exp($0 - largest) }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }

  /// [modality][dimension]
  func allWeights(dimensions: Int) -> [[Double]] {
    let columns = (0..<dimensions).map { weights(at: $0) }
    return present.indices.map { m in columns.map { $0[m] } }
  }

  /// Whether g plays a part.
  var usesSharpness: Bool { [.perDimension, .perModality, .consensus].contains(rule) }

  /// The score in letters.
  var scoreName: String {
    switch rule {
    case .perDimension, .consensus: "g/σ"
    case .perModality: "g/σ̄"
    case .precision: "−ln σ²"
    case .uniform: "0"
    case .varianceSwap: "σ² of the other"
    }
  }
}

extension ExplainContext {
  var fusion: FusionRecomputed {
    FusionRecomputed(rule: options.alpha, sharpness: options.sharpness, present: present)
  }

  func explainAlpha() -> Explanation {
    let (d, isChosen) = typicalDimension()
    let fusion = self.fusion
    let scores = fusion.scores(at: d)
    let largest = scores.max() ?? 0
    let total = scores.reduce(0) { $0 + exp($1 - largest) }
    let usesMean = options.alpha == .perModality
    let weights = fusion.allWeights(dimensions: options.latent)
    let means = weights.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
    let place = usesMean ? "one weight a modality" : "dimension \(d)"
    var steps: [ExplanationStep] = [
      .table(
        name: place,
        columns: [usesMean ? "σ̄" : "σ", fusion.scoreName, "− largest", "e^", "α = e^/Σ"],
        rows: present.indices.map { m in
          .init(
            name: present[m].name,
            values: [
              usesMean ? present[m].meanSigma : present[m].sigma[d], scores[m],
              scores[m] - largest, exp(scores[m] - largest), exp(scores[m] - largest) / total,
            ])
        }),
      .equation("Σ of the e^", is: total),
    ]
    if !usesMean { steps.append(meanTable(weights, means)) }
    steps.append(.remark(guardText(largest)))
    return Explanation(
      term: .alpha,
      formula: ["α_m = e^(s_m) / Σ_k e^(s_k),  s = \(fusion.scoreName)"],
      setting: "rule \(options.alpha.rawValue), "
        + (fusion.usesSharpness ? "g = \(NumberText.short(options.sharpness)), " : "") + clampText
        + (usesMean || isChosen ? "" : "; dimension \(d) is the most typical one"),
      steps: steps, results: zip(present, means).map { ($0.name, $1) },
      model: present.map(\.meanAlpha), printedBy: "`weights` prints",
      meaning: meaningOfAlpha + missingText)
  }

  private var meaningOfAlpha: String {
    switch options.alpha {
    case .uniform:
      "Every modality present gets the same share, whatever the network says of its doubt: what "
        + "the other rules are compared with."
    case .precision:
      "α is in proportion to 1/σ², as in a product of Gaussians: half of σ is four times the share. "
        + "All shares add up to 1."
    default:
      "The softmax turns doubt into shares: the smaller σ, the larger α, and all of them add up to "
        + "1. What matters is how far σ lies from the other modalities' σ, not its size alone."
    }
  }

  private func meanTable(_ weights: [[Double]], _ means: [Double]) -> ExplanationStep {
    let count = options.latent
    let shown = Array(0..<min(3, count))
    return .table(
      name: "mean over \(count)",
      columns: shown.map { "α[\($0)]" } + (count > 3 ? ["\(count - 3) more: sum"] : [])
        + ["mean"],
      rows: present.indices.map { m in
        .init(
          name: present[m].name,
          values: shown.map { weights[m][$0] }
            + (count > 3 ? [weights[m].dropFirst(3).reduce(0, +)] : []) + [means[m]])
      })
  }

  private var missingText: String {
    let missing = trace.modalities.filter { !$0.isPresent }.map(\.name)
    return missing.isEmpty
      ? "" : " \(missing.joined(separator: ", ")) is missing and left out of the softmax."
  }

  /// Why the largest score is subtracted.
  private func guardText(_ largest: Double) -> String {
    let most = Double(log(Float.greatestFiniteMagnitude))
    if options.alpha == .uniform { return "All scores are equal, and so are the shares." }
    guard fusion.usesSharpness else {
      return "The largest score is subtracted first, which changes no share and keeps e^ small."
    }
    return "The guard: Float holds e^x up to x = \(MathText.number(most)); g/σ passes that below "
      + "σ = \(MathText.number(options.sharpness / most)) (at g = 1 below 0.0113). The largest score "
      + "here is \(MathText.number(largest)). Taking it off first changes no share and never overflows."
  }
}
