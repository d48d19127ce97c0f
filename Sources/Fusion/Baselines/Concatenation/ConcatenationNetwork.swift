import Autograd

/// Feature concatenation: logits = FC(activation(FC([h^1 … h^M]))), cross entropy. A missing
/// modality's h is zeros.
struct ConcatenationNetwork<Scalar: Real>: FusionNetwork {
  let branches: [ModalityNetwork<Scalar>]
  private let hidden: LinearLayer<Scalar>
  private let classifier: LinearLayer<Scalar>

  init(_ builder: inout NetworkBuilder) {
    branches = builder.branches()
    let options = builder.options
    hidden = builder.layer(options.hidden * branches.count, options.latent)
    classifier = builder.layer(options.latent, builder.classes)
  }

  var layers: [LinearLayer<Scalar>] { [hidden, classifier] }

  /// The logits, [B, C].
  func record(
    _ features: [Variable<Scalar>], presence: [Variable<Scalar>], on tape: Tape<Scalar>
  ) -> Variable<Scalar> {
    let together = tape.layer(
      .dense(tape.joined(features, presence: presence)), hidden.weights, hidden.bias,
      branches.first?.activation ?? .relu)
    return classifier.record(together, on: tape)
  }

  func recordLoss(
    _ logits: Variable<Scalar>, _ targets: BatchTargets<Scalar>, on tape: Tape<Scalar>
  ) -> Variable<Scalar> {
    tape.crossEntropy(logits, targets.labels)
  }

  func probabilities(_ logits: Variable<Scalar>) -> Matrix<Scalar> { softmaxRows(logits.matrix) }
}
