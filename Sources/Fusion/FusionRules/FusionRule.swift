/// How sigma becomes the fusion weights alpha: a softmax over the modalities present of a score.
///
/// Every rule is computed from distances to the largest score (FusionScores.swift): e^{1/sigma}
/// overflows Float below sigma = 0.0113. A missing modality is left out of the softmax; nothing is
/// imputed.
public enum FusionRule: String, Sendable, CaseIterable, Codable {
  /// The paper's formula read element by element: alpha ∝ e^{g/sigma}, one weight a dimension.
  case perDimension
  /// The same with sigma first averaged over D: one weight a modality.
  case perModality
  /// alpha ∝ 1/sigma²: a product of Gaussians' weights. Score −ln sigma².
  case precision
  /// `perDimension` on a sigma that is raised where a modality disagrees with the median of at least
  /// three others (docs/fusion/consensus.md).
  case consensus
  /// alpha = 1/(number present).
  case uniform
  /// The authors' released code: a softmax over two modalities' VARIANCES, swapped. Two
  /// modalities only.
  case varianceSwap

  public var summary: String {
    switch self {
    case .perDimension: "softmax of g/sigma, a weight for each dimension (the paper)"
    case .perModality: "softmax of g/(mean sigma), one weight a modality"
    case .precision: "weights proportional to 1/sigma²"
    case .consensus: "perDimension, with less trust for a modality that contradicts the others"
    case .uniform: "equal weights"
    case .varianceSwap: "softmax of the other modality's variance (released code; two modalities)"
    }
  }

  /// Whether the rule is defined for a model of so many modalities.
  public func accepts(modalities: Int) -> Bool { self != .varianceSwap || modalities == 2 }
}
