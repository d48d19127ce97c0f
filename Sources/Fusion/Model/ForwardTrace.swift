import Autograd

/// Every number between one sample's feature rows and its class scores, for explanations.
///
/// Recorded by the very functions that `Inference` records, so what is explained is what the model
/// does. Floats are given as the Doubles they are.
public struct ForwardTrace: Sendable {
  /// One modality's Gaussian and its part in the fusion.
  public struct Modality: Sendable {
    public let name: String
    public let isPresent: Bool
    /// D numbers.
    public let mu: [Double]
    /// D numbers, as the network gives them: what the training losses see.
    public let networkSigma: [Double]
    /// D numbers, raised by novelty and consensus: what the fusion sees and `inspect` prints.
    public let sigma: [Double]
    /// D numbers, or one for `perModality`; zero where missing.
    public let alpha: [Double]

    /// What novelty and consensus multiplied sigma by: one number for all dimensions, at least 1.
    public var doubtFactor: Double {
      guard let raised = sigma.first, let own = networkSigma.first, own > 0 else { return 1 }
      return raised == own ? 1 : raised / own
    }

    /// Mean over the dimensions.
    public var meanSigma: Double { sigma.reduce(0, +) / Double(max(1, sigma.count)) }
    public var meanAlpha: Double { alpha.reduce(0, +) / Double(max(1, alpha.count)) }

    /// alpha at a dimension, also where one number stands for all.
    public func alpha(at dimension: Int) -> Double {
      alpha.count == 1 ? alpha[0] : alpha[dimension]
    }
  }

  public let modalities: [Modality]
  /// x̂, D numbers.
  public let fused: [Double]
  /// mu_z and sigma_z, K numbers each.
  public let latentMu: [Double]
  public let latentSigma: [Double]
  /// One a class, before the softmax; the standardised number for regression.
  public let scores: [Double]

  public var present: [Modality] { modalities.filter(\.isPresent) }
}

extension EAUModel<Float> {
  /// The trace of row 0 of the tables, one a modality.
  public func trace(_ tables: [FeatureTable]) -> ForwardTrace {
    let tape = Tape<Float>(differentiates: false)
    let inputs = ModelInputs<Float>(architecture.inputs, rows: 1)
    inputs.begin()
    for (m, table) in tables.enumerated() { inputs.write(table, row: 0, modality: m, as: 0) }
    let own = recordGaussians(inputs, on: tape)
    let doubted = recordDoubt(own, of: inputs, on: tape)
    let fusion = recordFusion(doubted, presence: inputs.presence, on: tape)
    let compressed = recordBottleneck(fusion.fused, on: tape)
    return ForwardTrace(
      modalities: architecture.inputs.indices.map { m in
        ForwardTrace.Modality(
          name: architecture.inputs[m].name, isPresent: tables[m].present[0],
          mu: doubted[m].mu.doubles, networkSigma: own[m].sigma.doubles,
          sigma: doubted[m].sigma.doubles, alpha: fusion.alpha[m].doubles)
      },
      fused: fusion.fused.doubles, latentMu: compressed.latent.mu.doubles,
      latentSigma: compressed.latent.sigma.doubles, scores: compressed.logits.doubles)
  }
}
