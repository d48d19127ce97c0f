import Foundation
import Fusion
import SeededRandom

/// L_URA of the current sample in a small batch: itself and others of the open data set, with
/// noise from the session's seed. Index 0 is the current sample.
struct AugmentationBatch {
  /// How many samples the batch has with the current one, where the data set has enough.
  static let size = 8

  let modality: String
  /// Numbers of the other samples, from 1.
  let others: [Int]
  /// z̃ and z, a row a sample.
  let anchors: [[Double]]
  let augmented: [[Double]]
  /// The noise of the current sample's anchor.
  let anchorNoise: [Double]
  /// S_ij = cos(z̃_i, z_j)/tau.
  let similarities: [[Double]]
  let form: AugmentationForm

  init(_ modality: ForwardTrace.Modality, _ context: ExplainContext) throws {
    let session = context.session
    let data = try session.openData()
    try session.checkModelFitsData()
    let index = try session.pipelineIndex(of: modality.name, in: data)
    form = context.options.ura
    self.modality = modality.name
    var generator = SeededGenerator(
      seed: session.seed, stream: stableHash("explain ura"), stableHash(modality.name))
    let present = data.present(index)
    let candidates = present.indices.filter {
      present[$0] && $0 != context.sample.index
    }
    let chosen = Array(candidates.shuffled(using: &generator).prefix(Self.size - 1))
    guard chosen.count + 1 >= max(2, form.minimumBatch) else {
      throw CommandError(
        "batch-too-small", "no other sample of the data set has the \(modality.name)",
        hint: "L_URA compares samples with each other: open a data set with more of them")
    }
    others = chosen.map { $0 + 1 }
    let gaussians =
      [modality]
      + (try chosen.map { context.model.model.trace(try data.tables([$0])).modalities[index] })
    func draw(_ gaussian: ForwardTrace.Modality) -> (noise: [Double], sample: [Double]) {
      let noise = gaussian.mu.map { _ in generator.normal() }
      return (
        noise, gaussian.mu.indices.map { gaussian.mu[$0] + gaussian.sigma[$0] * noise[$0] }
      )
    }
    let first = gaussians.map(draw)
    let anchors = first.map(\.sample)
    self.anchors = anchors
    anchorNoise = first[0].noise
    let augmented = gaussians.map { draw($0).sample }
    self.augmented = augmented
    let tau = context.options.tau
    similarities = anchors.map { anchor in augmented.map { Self.cosine(anchor, $0) / tau } }
  }

  static func cosine(_ a: [Double], _ b: [Double]) -> Double {
    let (aa, bb) = (dot(a, a), dot(b, b))
    return aa > 0 && bb > 0 ? dot(a, b) / (aa * bb).squareRoot() : 0
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The parts of the form's denominator for a line of S whose positive is at 0, as multiples of
  /// e^S: how often each is counted.
  private var counts: (positive: Double, negative: Double) {
    switch form {
    case .literal: (Double(anchors.count - 1), 1)
    case .infoNCE: (1, 1)
    case .released: (1, 2)
    }
  }

  /// The summands of a line's denominator.
  func denominator(_ line: [Double]) -> [Double] {
    line.indices.map { exp(line[$0]) * ($0 == 0 ? counts.positive : counts.negative) }
  }

  /// −ln(e^{S_00} / Σ) of a line.
  func loss(_ line: [Double]) -> Double { log(denominator(line).reduce(0, +)) - line[0] }

  /// Row 0, and column 0, which `released` averages with it.
  var row: [Double] { similarities[0] }
  var column: [Double] { similarities.map { $0[0] } }

  var value: Double { form == .released ? (loss(row) + loss(column)) / 2 : loss(row) }
}

extension ExplainContext {
  func explainAugmentationLoss() throws -> Explanation {
    let modality = try oneModality()
    let batch = try AugmentationBatch(modality, self)
    let d = dimension ?? 0
    let (mu, sigma, noise) = (modality.mu[d], modality.sigma[d], batch.anchorNoise[d])
    let parts = batch.denominator(batch.row)
    var steps: [ExplanationStep] = [
      .equation(
        "z̃[\(d)]", "μ + σ · ε",
        "\(MathText.number(mu)) + \(MathText.number(sigma)) · \(MathText.factor(noise))",
        is: batch.anchors[0][d]),
      .equation(
        "S_11", "cos(z̃_1, z_1)/τ",
        "\(MathText.number(batch.row[0] * options.tau))/\(MathText.number(options.tau))",
        is: batch.row[0]),
      .table(
        name: "sample", columns: ["S_1j", "e^S_1j", "in the denominator"],
        rows: batch.row.indices.map { j in
          .init(
            name: j == 0 ? "itself" : "#\(batch.others[j - 1])",
            values: [batch.row[j], exp(batch.row[j]), parts[j]])
        }),
      .sum("denominator", "", parts, showing: 2),
      .equation(
        "row 1", "−ln(e^S_11 / denominator)",
        "−ln(\(MathText.number(exp(batch.row[0]))) / \(MathText.number(parts.reduce(0, +))))",
        is: batch.loss(batch.row)),
    ]
    if batch.form == .released {
      steps.append(
        .equation(
          "L_URA", "½(row 1 + column 1)",
          "½(\(MathText.number(batch.loss(batch.row))) + \(MathText.number(batch.loss(batch.column))))",
          is: batch.value))
    }
    if let note = trainingSigmaNote { steps.append(.remark(note)) }
    return Explanation(
      term: .ura, formula: [Self.formula(batch.form) + ",  S_ij = cos(z̃_i, z_j)/τ"],
      setting:
        "\(modality.name), form \(batch.form.rawValue), τ = \(MathText.number(options.tau)), "
        + "weight λ = \(MathText.number(options.lambda)). It needs a batch: this sample and "
        + "\(batch.others.count) others of the data set, noise of seed \(session.seed)",
      steps: steps, results: [("L_URA of this sample", batch.value)],
      meaning: "z̃ and z are two draws from one Gaussian. The loss is small when a sample's second "
        + "draw is more like its first than other samples' are: so σ must not drown what makes the "
        + "sample itself. Training averages it over the rows of a batch.")
  }

  private static func formula(_ form: AugmentationForm) -> String {
    switch form {
    case .literal: "−ln( e^S_ii / Σ_{j≠i}(e^S_ii + e^S_ij) )"
    case .infoNCE: "−ln( e^S_ii / Σ_j e^S_ij )"
    case .released: "−ln( e^S_ii / (e^S_ii + 2 Σ_{j≠i} e^S_ij) ), rows and columns"
    }
  }
}
