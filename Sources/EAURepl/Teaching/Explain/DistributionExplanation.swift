import Foundation
import Fusion

/// KL divergences between the modalities of a sample and to N(0, I), in Double, dimension by
/// dimension, by the function that training uses.
struct SampleDivergences {
  let names: [String]
  /// [a][b][d] of KL(a ‖ b); nothing where a = b.
  let pairs: [[[Double]]]
  /// [m][d] of KL(m ‖ N(0, I)).
  let priors: [[Double]]

  init(_ present: [ForwardTrace.Modality]) {
    names = present.map(\.name)
    pairs = present.indices.map { a in
      present.indices.map { b in
        a == b ? [] : Self.divergences(from: present[a], to: present[b])
      }
    }
    priors = present.map { modality in
      modality.mu.indices.map {
        klDivergence(mu1: modality.mu[$0], sigma1: modality.sigma[$0], mu2: 0, sigma2: 1)
      }
    }
  }

  /// KL(a ‖ b) in each dimension.
  static func divergences(
    from a: ForwardTrace.Modality, to b: ForwardTrace.Modality
  ) -> [Double] {
    a.mu.indices.map {
      klDivergence(mu1: a.mu[$0], sigma1: a.sigma[$0], mu2: b.mu[$0], sigma2: b.sigma[$0])
    }
  }

  var pairSum: Double {
    pairs.reduce(0) { $0 + $1.reduce(0) { $0 + $1.reduce(0, +) } }
  }
  var priorSum: Double { priors.reduce(0) { $0 + $1.reduce(0, +) } }
}

extension ExplainContext {
  func explainDistributionLoss() -> Explanation {
    let divergences = SampleDivergences(present)
    let (pair, prior) = (options.pair, options.prior)
    let d = dimension ?? 0
    var steps: [ExplanationStep] = []
    if present.count > 1 {
      let first = present.firstIndex { $0.name == modality } ?? 0
      let other = first == present.count - 1 ? 0 : present.count - 1
      steps += pairSteps(present[first], present[other], d)
    }
    steps += [
      table(divergences),
      .equation("pairs", "Σ_{a≠b} KL(p_a‖p_b)", is: divergences.pairSum),
      .equation("priors", "Σ_m KL(p_m‖N(0, I))", is: divergences.priorSum),
    ]
    let value = pair * divergences.pairSum + prior * divergences.priorSum
    steps.append(
      .equation(
        "L_UDR", "pair · pairs + prior · priors",
        "\(MathText.number(pair)) · \(MathText.number(divergences.pairSum)) + "
          + "\(MathText.number(prior)) · \(MathText.number(divergences.priorSum))", is: value))
    if let note = trainingSigmaNote { steps.append(.remark(note)) }
    return Explanation(
      term: .udr,
      formula: [
        "L_UDR = pair · Σ_{a≠b} KL(p_a‖p_b) + prior · Σ_m KL(p_m‖N(0, I))",
        "KL(p_a‖p_b) = Σ_d ln(σ_b/σ_a) + (σ_a² + (μ_a − μ_b)²)/(2σ_b²) − ½",
      ],
      setting: "pair = \(MathText.number(pair)), prior = \(MathText.number(prior)) (the paper ties "
        + "them), \(options.latent) dimensions, ordered pairs",
      steps: steps,
      results: [
        ("pairs", divergences.pairSum), ("priors", divergences.priorSum), ("L_UDR", value),
      ],
      meaning: "The first sum draws the modalities' Gaussians together, so that μ of one can be "
        + "compared with μ of another. The second keeps σ near 1; with a large weight all σ are alike, "
        + "and then so are the weights.")
  }

  private func pairSteps(
    _ a: ForwardTrace.Modality, _ b: ForwardTrace.Modality, _ d: Int
  ) -> [ExplanationStep] {
    let each = SampleDivergences.divergences(from: a, to: b)
    let (s, t) = (MathText.number(a.sigma[d]), MathText.number(b.sigma[d]))
    let difference = a.mu[d] - b.mu[d]
    return [
      .equation(
        "μ_\(a.name) − μ_\(b.name), dimension \(d)", "",
        "\(MathText.number(a.mu[d])) − \(MathText.factor(b.mu[d]))", is: difference),
      .equation(
        "KL there", "", "ln(\(t)/\(s)) + (\(s)² + \(MathText.factor(difference))²)/(2 · \(t)²) − ½",
        is: each[d]),
      .sum("KL(\(a.name)‖\(b.name))", "Σ_d", each),
    ]
  }

  /// KL of each row's modality to each column's.
  private func table(_ divergences: SampleDivergences) -> ExplanationStep {
    .table(
      name: "KL(row‖column)", columns: divergences.names + ["N(0, I)"],
      rows: divergences.names.indices.map { a in
        .init(
          name: divergences.names[a],
          values: divergences.names.indices.map { divergences.pairs[a][$0].reduce(0, +) }
            + [divergences.priors[a].reduce(0, +)])
      })
  }

  /// That training sees σ before novelty raised it, where that makes a difference.
  var trainingSigmaNote: String? {
    let raised = present.filter { $0.doubtFactor > 1 }
    guard !raised.isEmpty else { return nil }
    let list = raised.map { "\($0.name) × \(MathText.number($0.doubtFactor))" }
    return "σ is what `inspect` prints. Training sees it before novelty raises it: "
      + "\(list.joined(separator: ", "))."
  }
}
