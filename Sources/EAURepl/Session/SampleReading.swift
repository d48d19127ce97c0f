import Autograd
import Fusion
import ModalityKit

/// What the model makes of the current sample, as it is now and as it was before it was spoiled.
struct SampleReading {
  struct Modality {
    let name: String
    let part: CurrentSample.Part?
    let isPresent: Bool
    /// How many features its encoder gives.
    let features: Int
    let mu: [Float]
    let sigma: [Float]
    /// Before corruption; nil when the sample never had the modality.
    let clean: Spread?
    /// Mean over dimensions; 0 when missing.
    let alpha: Double
    /// Before corruption; nil when the sample never had the modality.
    let alphaClean: Double?
    let sigmaMean: Double
    let sigmaClean: Double?

    var variance: [Float] { sigma.map { $0 * $0 } }

    /// Whether the model reads something else than what was given.
    var isSpoiled: Bool { part?.corruption != nil }
  }

  /// A Gaussian N(mu, diag(sigma²)).
  struct Spread {
    let mu: [Float]
    let sigma: [Float]

    var variance: [Float] { sigma.map { $0 * $0 } }
  }

  let modalities: [Modality]
  let probabilities: [Float]
  let tables: [FeatureTable]

  init(_ model: TrainedModel, _ sample: CurrentSample) throws {
    let parts = model.pipelines.map { sample.part($0.name) }
    guard parts.contains(where: { $0?.current != nil }) else {
      throw CommandError(
        "nothing-present", "every modality of the sample is missing or dropped",
        hint: "`clean` brings them back; `load` adds one")
    }
    let tables = try model.tables(parts.map { $0?.current })
    self.tables = tables
    let inference = Inference(model.model)
    let now = inference.predict(tables)
    let before = inference.predict(try model.tables(parts.map { $0?.clean }))
    modalities = model.pipelines.indices.map { m in
      let present = now.present[m][0]
      return Modality(
        name: model.pipelines[m].name, part: parts[m], isPresent: present,
        features: tables[m].features,
        mu: Array(now.mu[m].row(0)), sigma: Array(now.sigma[m].row(0)),
        clean: parts[m].map { _ in
          Spread(mu: Array(before.mu[m].row(0)), sigma: Array(before.sigma[m].row(0)))
        },
        alpha: now.meanAlpha(m)[0], alphaClean: parts[m].map { _ in before.meanAlpha(m)[0] },
        sigmaMean: now.meanSigma(m)[0], sigmaClean: parts[m].map { _ in before.meanSigma(m)[0] })
    }
    probabilities = Array(now.probabilities.row(0))
  }
}

extension Session {
  func reading() throws -> SampleReading {
    try SampleReading(try trainedModel(), try currentSample())
  }
}
