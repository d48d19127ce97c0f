/// What `explain` can explain.
enum ExplainedTerm: String, CaseIterable, Sendable {
  case sigma, alpha, fused, vib, udr, ura, total, aleatoric, epistemic, mfcc
  case tfidf = "tf-idf"
  case hog

  /// Other words for it, all in lower case.
  var aliases: [String] {
    switch self {
    case .sigma: ["σ", "novelty", "logvar"]
    case .alpha: ["α", "weight", "weights"]
    case .fused: ["x̂", "fusion"]
    case .vib: ["bottleneck", "mu_z", "z"]
    case .udr: ["kl", "l_udr", "prior", "pair"]
    case .ura: ["l_ura", "infonce", "contrastive"]
    case .total: ["loss"]
    case .aleatoric: ["noise"]
    case .epistemic: ["ignorance", "mutual-information"]
    case .mfcc: ["mel", "cepstrum"]
    case .tfidf: ["tfidf", "idf"]
    case .hog: ["gradients"]
    }
  }

  static func find(_ word: String) throws -> ExplainedTerm {
    let lower = word.lowercased()
    if let found = allCases.first(where: { $0.rawValue == lower || $0.aliases.contains(lower) }) {
      return found
    }
    let known = allCases.map(\.rawValue)
    let near = didYouMean(word, among: known + allCases.flatMap(\.aliases))
    throw CommandError(
      "unknown-term", "unknown term \"\(printable(word))\"",
      hint: near.map { "did you mean `explain \($0)`?" }
        ?? "choose from: \(known.joined(separator: ", ")); `help TERM` knows more")
  }

  /// Whether it is about an encoder's feature rather than the model.
  var isFeature: Bool { [.mfcc, .tfidf, .hog].contains(self) }

  var title: String {
    switch self {
    case .sigma: "sigma: how far noise may throw the embedding"
    case .alpha: "alpha: how much each modality is trusted"
    case .fused: "x̂: the modalities' means, weighed and added"
    case .vib: "L_VIB: the bottleneck and the task"
    case .udr: "L_UDR: how far the modalities' Gaussians lie apart"
    case .ura: "L_URA: a sample shall know itself again"
    case .total: "L: everything that training makes small"
    case .aleatoric: "aleatoric: doubt that comes from the input"
    case .epistemic: "epistemic: doubt of the model itself"
    case .mfcc: "an MFCC feature, from samples to number"
    case .tfidf: "a TF-IDF feature, from words to number"
    case .hog: "a HOG feature, from pixels to number"
    }
  }

  struct Place: Sendable {
    /// Relative to the repository.
    let file: String
    /// A function or type that stands there.
    let symbol: String
    var text: String { "\(file) (\(symbol))" }
  }

  /// Where it is computed.
  var code: [Place] {
    func fusion(_ file: String, _ symbol: String) -> Place {
      Place(file: "Sources/Fusion/\(file)", symbol: symbol)
    }
    func modality(_ file: String, _ symbol: String) -> Place {
      Place(file: "Sources/Modalities/\(file)", symbol: symbol)
    }
    return switch self {
    case .sigma:
      [
        fusion("Gaussians/Gaussian.swift", "standardDeviation"),
        fusion("Model/Novelty.swift", "novelty"),
      ]
    case .alpha: [fusion("FusionRules/FusionScores.swift", "distance")]
    case .fused: [fusion("FusionRules/WeightedFusion.swift", "fuse")]
    case .vib: [fusion("Bottleneck/VariationalBottleneck.swift", "VariationalBottleneck")]
    case .udr:
      [
        fusion("Losses/DistributionLoss.swift", "pairLoss"),
        fusion("Gaussians/KLDivergence.swift", "klDivergence"),
      ]
    case .ura: [fusion("Losses/AugmentationLoss.swift", "augmentationLoss")]
    case .total: [fusion("Training/LossGraph.swift", "LossGraph")]
    case .aleatoric, .epistemic:
      [
        fusion("Evaluation/Uncertainty.swift", "EntropyDecomposition"),
        fusion("Evaluation/Regression/VarianceDecomposition.swift", "VarianceDecomposition"),
      ]
    case .mfcc: [modality("Audio/SpectralAnalysis.swift", "SpectralAnalysis")]
    case .tfidf: [modality("Text/BagOfWordsEncoder.swift", "BagOfWordsEncoder")]
    case .hog: [modality("Image/OrientedGradients.swift", "OrientedGradients")]
    }
  }

  /// As far as the project's documents know it; no equation number is made up.
  var paper: String {
    switch self {
    case .sigma: "section 3.2: two fully connected layers give mu and ln σ²; the clamp is ours"
    case .alpha: "section 3.3 (RMFI); whether α is per dimension is left open, g is ours"
    case .fused: "section 3.3 (RMFI)"
    case .vib: "section 3.3, the joint representation compressor"
    case .udr: "section 3.2 (SUFA); the two sums share one weight there"
    case .ura: "section 3.2 (SUFA); `literal` is the text, `released` the authors' code"
    case .total: "L_VIB + λ·(L_UDR + L_URA); L_cal and the unimodal term are ours"
    case .aleatoric, .epistemic:
      "σ*² from N dropout passes; its (mu*)² = mean(mu_i²) is a misprint for (mean mu_i)²"
    case .mfcc, .tfidf, .hog: "not in it: the encoders are this toolkit's choice"
    }
  }
}
