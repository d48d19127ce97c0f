import Autograd

/// Late fusion: a classifier a modality, each trained by its own cross entropy and by nothing
/// else; p = mean over the modalities present of softmax(logits^m).
struct LateNetwork<Scalar: Real>: FusionNetwork {
  let branches: [ModalityNetwork<Scalar>]
  let layers: [LinearLayer<Scalar>]

  struct Batch {
    /// [B, C] a modality.
    let logits: [Variable<Scalar>]
    let presence: [Variable<Scalar>]
  }

  init(_ builder: inout NetworkBuilder) {
    branches = builder.branches()
    layers = builder.heads(outputs: builder.classes)
  }

  func record(
    _ features: [Variable<Scalar>], presence: [Variable<Scalar>], on tape: Tape<Scalar>
  ) -> Batch {
    Batch(logits: zip(layers, features).map { $0.record($1, on: tape) }, presence: presence)
  }

  func recordLoss(
    _ batch: Batch, _ targets: BatchTargets<Scalar>, on tape: Tape<Scalar>
  ) -> Variable<Scalar> {
    tape.weightedSum(
      zip(batch.logits, targets.modalityLabels).map { (1, tape.crossEntropy($0, $1)) })
  }

  func probabilities(_ batch: Batch) -> Matrix<Scalar> {
    meanOverPresent(batch.logits.map { softmaxRows($0.matrix) }, presence: batch.presence)
  }
}

/// The mean of probabilities [B, C] over the modalities present; uniform where none is.
func meanOverPresent<Scalar: Real>(
  _ parts: [Matrix<Scalar>], presence: [Variable<Scalar>]
) -> Matrix<Scalar> {
  guard var result = parts.first else { return Matrix(rows: 0, columns: 0) }
  for row in 0..<result.rows {
    let present = parts.indices.filter { presence[$0].isPresent(row) }
    for c in 0..<result.columns {
      let sum = present.reduce(Scalar(0)) { $0 + parts[$1][row, c] }
      result[row, c] =
        present.isEmpty ? 1 / Scalar(result.columns) : sum / Scalar(present.count)
    }
  }
  return result
}
