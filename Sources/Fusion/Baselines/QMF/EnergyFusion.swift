import Autograd

extension Tape {
  /// w = ln Σ_c e^{logits_c} / scale, [B, 1]: the negative free energy of a classifier's logits
  /// (Liu et al., NeurIPS 2020), which QMF takes for its confidence. It may be negative.
  func energyConfidence(_ logits: Variable<Scalar>, scale: Scalar = 10) -> Variable<Scalar> {
    let classes = logits.columns
    let output = result(rows: logits.rows, columns: 1)
    let probabilities = Variable<Scalar>(
      rows: logits.rows, columns: classes, differentiable: false)
    return record(output) {
      for row in 0..<logits.rows {
        let start = row * classes
        output.value[row] =
          softmax(logits.value + start, into: probabilities.value + start, count: classes) / scale
      }
    } backward: {
      guard let upstream = output.gradient, let gradient = logits.gradient else { return }
      for row in 0..<logits.rows {
        let start = row * classes
        Scalar.add(
          upstream[row] / scale, probabilities.value + start, to: gradient + start, count: classes)
      }
    }
  }

  /// Σ_m w^m · logits^m over the modalities present, [B, C]; zeros where none is. The confidences
  /// [B, 1] are not differentiated.
  func energyFusion(
    _ logits: [Variable<Scalar>], confidence: [Variable<Scalar>], presence: [Variable<Scalar>]
  ) -> Variable<Scalar> {
    let rows = logits.first?.rows ?? 0
    let classes = logits.first?.columns ?? 0
    let output = result(rows: rows, columns: classes)
    return record(output) {
      for row in 0..<rows {
        let target = output.value + row * classes
        target.update(repeating: 0, count: classes)
        for m in logits.indices where presence[m].isPresent(row) {
          Scalar.add(
            confidence[m].value[row], logits[m].value + row * classes, to: target, count: classes)
        }
      }
    } backward: {
      guard let upstream = output.gradient else { return }
      for m in logits.indices {
        guard let gradient = logits[m].gradient else { continue }
        for row in 0..<rows where presence[m].isPresent(row) {
          Scalar.add(
            confidence[m].value[row], upstream + row * classes, to: gradient + row * classes,
            count: classes)
        }
      }
    }
  }
}
