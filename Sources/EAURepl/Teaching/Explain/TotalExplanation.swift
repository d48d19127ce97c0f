import Foundation
import Fusion

extension ExplainContext {
  /// Each term of the loss for this sample, its weight, and the sum.
  func explainTotal() throws -> Explanation {
    let bottleneck = BottleneckTerms(self)
    guard let task = bottleneck.task else {
      throw CommandError(
        "no-label", "the truth about the current sample is not known, so there is no task loss",
        hint: "choose a sample of the data set: `sample 1`")
    }
    let divergences = SampleDivergences(present)
    var terms: [(name: String, value: Double, weight: Double)] = [
      ("task", task, 1), ("KL_z", bottleneck.divergence, options.beta),
      ("pairs", divergences.pairSum, options.pair),
      ("priors", divergences.priorSum, options.prior),
    ]
    terms += try present.map {
      ("L_URA \($0.name)", try AugmentationBatch($0, self).value, options.lambda)
    }
    if options.calibration > 0 {
      terms += try calibration().map { ("L_cal \($0.name)", $0.value, options.calibration) }
    }
    if options.unimodal > 0 {
      terms += unimodal().map { ("alone: \($0.name)", $0.value, options.unimodal) }
    }
    let total = terms.reduce(0) { $0 + $1.value * $1.weight }
    var steps: [ExplanationStep] = [
      .table(
        name: "term", columns: ["value", "weight", "value · weight"],
        rows: terms.map {
          .init(name: $0.name, values: [$0.value, $0.weight, $0.value * $0.weight])
        }
      ),
      .equation("L", "Σ of the last column", is: total),
    ]
    if let note = trainingSigmaNote { steps.append(.remark(note)) }
    return Explanation(
      term: .total,
      formula: [
        "L = task + β·KL_z + pair·Σ KL + prior·Σ KL + λ·Σ L_URA"
          + (options.calibration > 0 ? " + calibration·Σ L_cal" : "")
          + (options.unimodal > 0 ? " + unimodal·Σ CE" : "")
      ],
      setting: "preset \(options.preset.rawValue); z = μ_z and no dropped units, which training "
        + "draws; L_URA in the batch of `explain ura`"
        + (options.calibration > 0
          ? "; L_cal from the sample as loaded to the sample as it is" : ""),
      steps: steps, results: terms.map { ($0.name, $0.value) } + [("L", total)], shown: ["L"],
      meaning: "One number holds it all; the weights say what a nat of each term is worth. "
        + (options.calibration > 0
          ? "L_cal is what lets σ follow the damage: `train paper` leaves it out."
          : "Nothing in it asks σ to follow the damage: compare `train`, which adds L_cal."))
  }

  /// ½[(μ′ − μ)²/σ′² + ln σ′²], mean over the dimensions, of each modality present.
  private func calibration() throws -> [(name: String, value: Double)] {
    let clean = try model.tables(model.pipelines.map { sample.part($0.name)?.clean })
    let reference = model.model.trace(clean)
    return zip(trace.modalities, reference.modalities).filter { $0.0.isPresent }.map {
      now, before in
      let sum = now.mu.indices.reduce(0.0) { sum, d in
        let residual = (now.mu[d] - before.mu[d]) / now.sigma[d]
        return sum + 0.5 * residual * residual + log(now.sigma[d])
      }
      return (now.name, sum / Double(now.mu.count))
    }
  }

  /// The loss of each modality's own classifier at z = μ.
  private func unimodal() -> [(name: String, value: Double)] {
    present.compactMap { modality in
      guard let weights = model.model.parameter("\(modality.name).classifier.weight"),
        let bias = model.model.parameter("\(modality.name).classifier.bias")
      else { return nil }
      let scores = (0..<weights.columns).map { c in
        modality.mu.indices.reduce(Double(bias.value[c])) {
          $0 + modality.mu[$1] * Double(weights.value[$1 * weights.columns + c])
        }
      }
      if let regression = model.regression, let truth = sample.value?.value,
        let target = regression.scaling.standardised([truth]).first
      {
        let error = scores[0] - target
        return (modality.name, options.loss == .squared ? error * error : abs(error))
      }
      guard let label = sample.label.flatMap({ model.classes.firstIndex(of: $0) }) else {
        return nil
      }
      return (modality.name, -Softmax.logShare(scores, label))
    }
  }
}
