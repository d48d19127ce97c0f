import Autograd

/// What sigma of each modality of one sample is multiplied by beside the network, as logarithms.
struct SigmaFactors {
  /// Of `NoveltyReference`, one a modality; 0 where it is not in force.
  let novelty: [Double]
  /// Of `ConsensusReference`, likewise.
  let consensus: [Double]

  /// - Parameters:
  ///   - rows: row 0 counts.
  ///   - z: [modality][H].
  init<Scalar: Real>(
    _ model: EAUModel<Scalar>, _ heads: [ScoreHead<Scalar>], _ rows: [FeatureTable], z: [[Double]]
  ) {
    let tape = Tape<Double>(differentiates: false)
    let plain = zip(heads, z).map { $0.gaussian($1) }
    let raised = plain.indices.map { m -> Gaussian<Double> in
      guard let novelty = heads[m].novelty, case .dense(let matrix) = rows[m].storage else {
        return plain[m]
      }
      let x = Matrix(rows: 1, columns: matrix.columns, values: matrix.row(0).map(Double.init))
      return tape.novelty(plain[m], of: Variable(x, differentiable: false), reference: novelty)
    }
    let presence = rows.map {
      Variable(
        Matrix(rows: 1, columns: 1, values: [$0.present[0] ? 1.0 : 0]), differentiable: false)
    }
    let agreed =
      model.consensus.map {
        tape.consensus(raised, reference: ConsensusReference(copying: $0), presence: presence)
      } ?? raised
    // A factor is the same in every dimension.
    func ratio(_ new: Gaussian<Double>, _ old: Gaussian<Double>) -> Double {
      Double.log(new.sigma.value[0] / old.sigma.value[0])
    }
    novelty = zip(raised, plain).map(ratio)
    consensus = zip(agreed, raised).map(ratio)
  }

  /// ln f.
  func total(_ modality: Int) -> Double { novelty[modality] + consensus[modality] }
}

extension NoveltyReference<Double> {
  init<Other: Real>(copying other: NoveltyReference<Other>) {
    self.init(
      basis: Variable(copying: other.basis), scale: Variable(copying: other.scale))
  }
}

extension ConsensusReference<Double> {
  init<Other: Real>(copying other: ConsensusReference<Other>) {
    self.init(
      scale: other.scale.map(Variable.init(copying:)),
      threshold: other.threshold.map(Variable.init(copying:)))
  }
}
