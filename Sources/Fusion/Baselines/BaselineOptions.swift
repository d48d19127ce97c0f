/// What can be chosen about a baseline's training. The defaults of what EAU also has are those of
/// its `paper` preset, so that the methods differ in how they fuse and in nothing else.
public struct BaselineOptions: Sendable, Hashable, Codable {
  public var seed: UInt64 = 1
  public var epochs = 60
  public var batch = 64
  /// AdamW's peak learning rate; cosine decay to zero.
  public var rate = 2e-3
  /// AdamW's weight decay.
  public var decay = 0.01
  /// Width of each modality's extractor.
  public var hidden = 128
  /// Width of the layer behind concatenation, and of attention's embeddings.
  public var latent = 64
  public var activation = Architecture.Activation.relu
  /// Share of the extractors' units dropped.
  public var hiddenDropout = 0.1
  /// `logistic`: C, the inverse strength of the penalty, as scikit-learn counts it; above 0.
  public var inversePenalty = 1.0
  /// `tmc`, `etmc`: epochs until the KL term has its full weight.
  public var annealing = 50
  /// `qmf`: weight of the ranking term.
  public var ranking = 1.0

  public init() {}
}
