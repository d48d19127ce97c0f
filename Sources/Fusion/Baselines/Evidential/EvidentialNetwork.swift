import Autograd

/// Trusted multi-view classification (TMC; Han et al., "Trusted Multi-View Classification", ICLR
/// 2021) and, with a pseudo-view, ETMC (Han et al., "Trusted Multi-View Classification with Dynamic
/// Evidential Fusion", TPAMI 2022).
///
/// Each view's evidence e = softplus(logits) is the Dirichlet alpha = e + 1; `combinedEvidence`
/// fuses the opinions. L = `evidentialLoss` of every view plus that of the fused opinion. ETMC's
/// pseudo-view is the evidence from all extractors' outputs side by side. p = alpha/S of the fused
/// opinion.
struct EvidentialNetwork<Scalar: Real>: FusionNetwork {
  let branches: [ModalityNetwork<Scalar>]
  private let heads: [LinearLayer<Scalar>]
  private let pseudoHead: LinearLayer<Scalar>?

  struct Batch {
    /// [B, C] a modality.
    let evidence: [Variable<Scalar>]
    /// [B, C] of the pseudo-view.
    let pseudoEvidence: Variable<Scalar>?
    let fused: Variable<Scalar>
    let presence: [Variable<Scalar>]
  }

  init(_ builder: inout NetworkBuilder, pseudoView: Bool) {
    branches = builder.branches()
    heads = builder.heads(outputs: builder.classes)
    pseudoHead =
      pseudoView
      ? builder.layer(builder.options.hidden * branches.count, builder.classes) : nil
  }

  var layers: [LinearLayer<Scalar>] { heads + (pseudoHead.map { [$0] } ?? []) }

  func record(
    _ features: [Variable<Scalar>], presence: [Variable<Scalar>], on tape: Tape<Scalar>
  ) -> Batch {
    let evidence = zip(heads, features).map { tape.softplus($0.record($1, on: tape)) }
    let pseudo = pseudoHead.map {
      tape.softplus($0.record(tape.joined(features, presence: presence), on: tape))
    }
    let fused = tape.combinedEvidence(
      evidence + (pseudo.map { [$0] } ?? []),
      presence: presence.map { $0 } + (pseudo == nil ? [] : [nil]))
    return Batch(evidence: evidence, pseudoEvidence: pseudo, fused: fused, presence: presence)
  }

  func recordLoss(
    _ batch: Batch, _ targets: BatchTargets<Scalar>, on tape: Tape<Scalar>
  ) -> Variable<Scalar> {
    func loss(
      _ evidence: Variable<Scalar>, _ labels: Labels
    ) -> (
      weight: Scalar, term: Variable<Scalar>
    ) {
      (1, tape.evidentialLoss(evidence, labels, annealing: targets.annealing))
    }
    var terms = zip(batch.evidence, targets.modalityLabels).map { loss($0, $1) }
    if let pseudo = batch.pseudoEvidence { terms.append(loss(pseudo, targets.labels)) }
    terms.append(loss(batch.fused, targets.labels))
    return tape.weightedSum(terms)
  }

  func probabilities(_ batch: Batch) -> Matrix<Scalar> {
    var result = batch.fused.matrix
    for row in 0..<result.rows {
      let strength = result.row(row).reduce(Scalar(result.columns), +)
      for c in 0..<result.columns { result[row, c] = (result[row, c] + 1) / strength }
    }
    return result
  }

  /// Each modality's share of the belief 1 − u = Σe/S; the pseudo-view is no modality.
  func weights(_ batch: Batch) -> [[Double]]? {
    shares(
      batch.evidence.map { evidence in
        let matrix = evidence.matrix
        return (0..<matrix.rows).map { row in
          let sum = matrix.row(row).reduce(0.0) { $0 + Double($1) }
          return sum / (sum + Double(matrix.columns))
        }
      }, presence: batch.presence)
  }
}
