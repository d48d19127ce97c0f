import Fusion
import ModalityKit

/// What an explanation is made from: the model, the current sample, and what was asked for.
struct ExplainContext {
  let session: Session
  let model: TrainedModel
  let sample: CurrentSample
  /// The tables of the sample as it is now.
  let tables: [FeatureTable]
  let trace: ForwardTrace
  /// What was typed; nil for the explanation's own choice.
  let modality: String?
  let dimension: Int?
  let word: String?

  init(
    _ session: Session, of term: ExplainedTerm, modality: String?, dimension: Int?, word: String?
  ) throws {
    let model = try session.trainedModel()
    let reading = try session.reading()
    self.session = session
    self.model = model
    sample = try session.currentSample()
    tables = reading.tables
    trace = model.model.trace(reading.tables)
    self.modality = try modality.map { try session.modality($0) }
    self.word = word
    if let dimension, !term.isFeature, dimension >= model.options.latent {
      throw CommandError(
        "bad-value",
        "--dimension: expected 0…\(model.options.latent - 1), found \(dimension)",
        hint: "the Gaussians have \(model.options.latent) dimensions, counted from 0")
    }
    self.dimension = dimension
  }

  var options: TrainingOptions { model.options }
  var present: [ForwardTrace.Modality] { trace.present }

  /// The sample and what was done to it: `#12 bee-02, image gaussian 8`.
  var sampleText: String {
    let changes = sample.parts.compactMap { part -> String? in
      if part.isDropped { return "\(part.modality) dropped" }
      return part.corruption.map {
        "\(part.modality) \($0.kind) \(NumberText.short($0.severity))"
      }
    }
    return ([sample.title] + changes).joined(separator: ", ")
  }

  /// The modality that was asked for, or the first one present.
  func oneModality() throws -> ForwardTrace.Modality {
    guard let modality else { return present[0] }
    guard let found = present.first(where: { $0.name == modality }) else {
      throw CommandError(
        "missing-modality", "the current sample has no \(modality)",
        hint: "`load` adds one, `clean` brings a dropped one back")
    }
    return found
  }

  /// The dimension that was asked for, or the one whose weights are nearest to their means: what is
  /// typical rather than what is wild.
  func typicalDimension() -> (number: Int, isChosen: Bool) {
    if let dimension { return (dimension, true) }
    let distances = (0..<options.latent).map { d in
      present.reduce(0.0) { sum, modality in
        let difference = modality.alpha(at: d) - modality.meanAlpha
        return sum + difference * difference
      }
    }
    return (distances.indices.min { distances[$0] < distances[$1] } ?? 0, false)
  }

  /// The current sample's signal in a modality, with its encoder.
  func part(kind: String, term: ExplainedTerm) throws -> CurrentSample.Part {
    let parts = sample.parts.filter { $0.current != nil }
    let wanted = parts.first {
      modality == nil
        ? $0.encoder.descriptor.identifier == kind
        : $0.modality == modality && $0.encoder.descriptor.identifier == kind
    }
    guard let wanted else {
      let found = parts.map { "\($0.modality) by \($0.encoder.descriptor.identifier)" }
      throw CommandError(
        "missing-modality",
        "`explain \(term.rawValue)` is about the encoder \(kind), which reads nothing here",
        hint: "the current sample has \(found.joined(separator: ", "))")
    }
    return wanted
  }

  /// The clamp of ln σ², for the line of settings.
  var clampText: String {
    "ln σ² in \(MathText.number(options.logvarLow)) … \(MathText.number(options.logvarHigh))"
  }
}

extension ExplainedTerm {
  func explain(_ context: ExplainContext) throws -> Explanation {
    switch self {
    case .sigma: try context.explainSigma()
    case .alpha: context.explainAlpha()
    case .fused: context.explainFused()
    case .vib: context.explainBottleneck()
    case .udr: context.explainDistributionLoss()
    case .ura: try context.explainAugmentationLoss()
    case .total: try context.explainTotal()
    case .aleatoric: try context.explainDoubt(.aleatoric)
    case .epistemic: try context.explainDoubt(.epistemic)
    case .mfcc: try context.explainMFCC()
    case .tfidf: try context.explainTFIDF()
    case .hog: try context.explainHOG()
    }
  }
}
