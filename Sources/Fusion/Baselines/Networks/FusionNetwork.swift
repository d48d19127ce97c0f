import Autograd

/// A network that fuses the outputs of a modality's extractors: what the baselines differ in.
protocol FusionNetwork<Scalar> {
  associatedtype Scalar: Real
  /// What was recorded for one batch.
  associatedtype Batch

  var branches: [ModalityNetwork<Scalar>] { get }
  /// Every other layer.
  var layers: [LinearLayer<Scalar>] { get }

  /// Records the forward pass.
  ///
  /// - Parameters:
  ///   - features: the extractors' outputs, [B, H] a modality; meaningless rows where missing.
  ///   - presence: [B, 1] of 0 and 1 a modality.
  func record(
    _ features: [Variable<Scalar>], presence: [Variable<Scalar>], on tape: Tape<Scalar>
  ) -> Batch
  /// Records the training loss, [1, 1].
  func recordLoss(
    _ batch: Batch, _ targets: BatchTargets<Scalar>, on tape: Tape<Scalar>
  ) -> Variable<Scalar>
  /// [B, C], rows sum to 1.
  func probabilities(_ batch: Batch) -> Matrix<Scalar>
  /// [modality][row]; see `ProbabilityModel.weights`.
  func weights(_ batch: Batch) -> [[Double]]?
  /// The logits whose losses a method wants to remember for each sample, [B, C] a modality.
  func rememberedLogits(_ batch: Batch) -> [Variable<Scalar>]?
}

extension FusionNetwork {
  func weights(_ batch: Batch) -> [[Double]]? { nil }
  func rememberedLogits(_ batch: Batch) -> [Variable<Scalar>]? { nil }

  var parameters: [Variable<Scalar>] {
    (branches.map(\.extractor) + layers).flatMap { [$0.weights, $0.bias] }
  }

  /// Records extractors and fusion.
  func record(
    _ inputs: ModelInputs<Scalar>, masks: [Variable<Scalar>]?, on tape: Tape<Scalar>
  ) -> Batch {
    let features = branches.indices.map {
      branches[$0].record(inputs.leaves[$0], mask: masks?[$0], on: tape)
    }
    return record(features, presence: inputs.presence, on: tape)
  }
}

/// What a batch is trained towards: leaves of its tape, rewritten before each replay.
final class BatchTargets<Scalar: Real> {
  let labels: Labels
  /// A modality's labels, −1 in the rows that lack it.
  let modalityLabels: [Labels]
  /// [1, 1]: the share of annealed terms, 0…1.
  let annealing = Variable<Scalar>(rows: 1, columns: 1, differentiable: false)
  /// [B, 1] a modality: each sample's mean loss so far on the scale 0…1, −1 where there is none.
  let pastLosses: [Variable<Scalar>]

  init(rows: Int, modalities: Int) {
    labels = Labels(Array(repeating: 0, count: rows))
    modalityLabels = (0..<modalities).map { _ in Labels(Array(repeating: 0, count: rows)) }
    pastLosses = (0..<modalities).map { _ in
      Variable(Matrix(rows: rows, columns: 1, repeating: -1), differentiable: false)
    }
  }

  func write(_ labels: [Int], presence: [Variable<Scalar>]) {
    self.labels.values = labels
    for (own, column) in zip(modalityLabels, presence) {
      for row in labels.indices { own.values[row] = column.isPresent(row) ? labels[row] : -1 }
    }
  }
}
