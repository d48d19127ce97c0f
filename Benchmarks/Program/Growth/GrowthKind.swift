import Autograd
import Fusion

/// What is made larger to see how the cost of training grows, all else kept.
enum GrowthKind: String, CaseIterable {
  /// N: texts and twelve numbers each are encoded and trained on for an epoch.
  case samples
  /// M
  case modalities
  /// D
  case latent
  /// Features of the text, 58 of which are not zero in a row.
  case vocabulary
  /// B
  case batch

  struct Result: Encodable {
    /// What was timed, in the order it is told in.
    let costs: [Cost]
    /// The most memory this process held, MiB.
    let peak: Double
  }

  struct Cost: Encodable {
    let name: String
    /// Of the process's own CPU time.
    let seconds: Double
  }

  func measure(_ size: Int) throws -> Result {
    setBLASThreads(1)
    let costs = try costs(size)
    return Result(costs: costs, peak: Clock.peakMemory)
  }

  private func costs(_ size: Int) throws -> [Cost] {
    var sizes = SyntheticSizes()
    switch self {
    case .samples: return try SampleGrowth(samples: size).costs()
    case .modalities: sizes.features = Array(repeating: 64, count: size)
    case .latent: sizes.latent = size
    case .vocabulary: sizes.vocabulary = size
    case .batch:
      sizes.batch = size
      return [sizes.costOfStep(), sizes.costOfContrast()]
    }
    return [sizes.costOfStep()]
  }
}
