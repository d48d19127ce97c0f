import Autograd

/// Attention over the modalities (the pooling of Ilse, Tomczak & Welling, "Attention-based Deep
/// Multiple Instance Learning", ICML 2018, with modalities for instances).
///
/// h^m = FC^m(extractor^m(x^m)), score^m = vᵀ tanh(U h^m), alpha = softmax over the modalities
/// present, logits = FC(Σ_m alpha^m h^m), cross entropy. U and v are shared by the modalities.
struct AttentionNetwork<Scalar: Real>: FusionNetwork {
  let branches: [ModalityNetwork<Scalar>]
  private let embeddings: [LinearLayer<Scalar>]
  /// U with a bias.
  private let projection: LinearLayer<Scalar>
  /// v; its bias moves every score alike and alpha not at all.
  private let scorer: LinearLayer<Scalar>
  private let classifier: LinearLayer<Scalar>

  struct Batch {
    let attention: AttentionBatch<Scalar>
    let logits: Variable<Scalar>
  }

  init(_ builder: inout NetworkBuilder) {
    branches = builder.branches()
    let latent = builder.options.latent
    embeddings = builder.heads(outputs: latent)
    projection = builder.layer(latent, latent)
    scorer = builder.layer(latent, 1)
    classifier = builder.layer(latent, builder.classes)
  }

  var layers: [LinearLayer<Scalar>] { embeddings + [projection, scorer, classifier] }

  func record(
    _ features: [Variable<Scalar>], presence: [Variable<Scalar>], on tape: Tape<Scalar>
  ) -> Batch {
    let embedded = zip(embeddings, features).map { $0.record($1, on: tape) }
    let scores = embedded.map {
      scorer.record(
        tape.layer(.dense($0), projection.weights, projection.bias, .tanh), on: tape)
    }
    let attention = tape.attend(embedded, scores: scores, presence: presence)
    return Batch(
      attention: attention, logits: classifier.record(attention.pooled, on: tape))
  }

  func recordLoss(
    _ batch: Batch, _ targets: BatchTargets<Scalar>, on tape: Tape<Scalar>
  ) -> Variable<Scalar> {
    tape.crossEntropy(batch.logits, targets.labels)
  }

  func probabilities(_ batch: Batch) -> Matrix<Scalar> { softmaxRows(batch.logits.matrix) }

  func weights(_ batch: Batch) -> [[Double]]? {
    batch.attention.alpha.map { $0.matrix.values.map { Double($0) } }
  }
}
