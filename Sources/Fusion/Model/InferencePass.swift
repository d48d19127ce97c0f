import Autograd

/// The forward graph of one batch size.
final class InferencePass {
  let tape = Tape<Float>(differentiates: false)
  let inputs: ModelInputs<Float>
  let masks: [Variable<Float>]?
  private let gaussians: [Gaussian<Float>]
  private let fusion: FusedBatch<Float>
  private let compressed: BottleneckBatch<Float>
  /// nil for classification.
  private let variance: PredictiveVariance<Float>?

  init(_ model: EAUModel<Float>, rows: Int, dropout: Bool) {
    let architecture = model.architecture
    variance =
      architecture.task == .regression ? PredictiveVariance(model.bottleneck) : nil
    inputs = ModelInputs(architecture.inputs, rows: rows)
    masks =
      dropout
      ? architecture.inputs.map { _ in
        Variable(rows: rows, columns: architecture.hidden, differentiable: false)
      } : nil
    gaussians = model.recordDoubt(
      model.recordGaussians(inputs, hiddenMasks: masks, on: tape), of: inputs, on: tape)
    fusion = model.recordFusion(gaussians, presence: inputs.presence, on: tape)
    compressed = model.recordBottleneck(fusion.fused, on: tape)
  }

  func write(_ tables: [FeatureTable], from start: Int) {
    inputs.begin()
    for (m, table) in tables.enumerated() {
      for row in 0..<inputs.rows {
        inputs.write(table, row: start + row, modality: m, as: row)
      }
    }
  }

  func read() -> PredictionPart {
    if let variance {
      return part(
        probabilities: Matrix(rows: inputs.rows, columns: 0),
        numbers: compressed.logits.matrix.values.map(Double.init),
        variances: variance.variances(gaussians, fusion.alpha, compressed.latent))
    }
    var probabilities = compressed.logits.matrix
    let classes = probabilities.columns
    for row in 0..<probabilities.rows {
      var shares = [Float](repeating: 0, count: classes)
      Array(probabilities.row(row)).withUnsafeBufferPointer { logits in
        shares.withUnsafeMutableBufferPointer { target in
          if let from = logits.baseAddress, let to = target.baseAddress {
            softmax(from, into: to, count: classes)
          }
        }
      }
      for c in 0..<classes { probabilities[row, c] = shares[c] }
    }
    return part(probabilities: probabilities)
  }

  private func part(
    probabilities: Matrix<Float>, numbers: [Double] = [], variances: [Double] = []
  ) -> PredictionPart {
    PredictionPart(
      mu: gaussians.map(\.mu.matrix), sigma: gaussians.map(\.sigma.matrix),
      alpha: fusion.alpha.map(\.matrix), probabilities: probabilities, numbers: numbers,
      variances: variances)
  }
}

/// What one pass says.
struct PredictionPart {
  let mu: [Matrix<Float>]
  let sigma: [Matrix<Float>]
  let alpha: [Matrix<Float>]
  let probabilities: Matrix<Float>
  let numbers: [Double]
  let variances: [Double]

  static func joined(
    _ parts: [PredictionPart], modalities: Int, present: [[Bool]], _ architecture: Architecture
  ) -> Prediction {
    func stack(_ matrices: [Matrix<Float>]) -> Matrix<Float> {
      let columns = matrices.first?.columns ?? 0
      return Matrix(
        rows: matrices.reduce(0) { $0 + $1.rows }, columns: columns,
        values: matrices.flatMap(\.values))
    }
    func stackEach(_ field: (PredictionPart) -> [Matrix<Float>]) -> [Matrix<Float>] {
      (0..<modalities).map { m in stack(parts.map { field($0)[m] }) }
    }
    return Prediction(
      mu: stackEach(\.mu), sigma: stackEach(\.sigma), alpha: stackEach(\.alpha),
      present: present, probabilities: stack(parts.map(\.probabilities)),
      numbers: parts.flatMap(\.numbers), variances: parts.flatMap(\.variances))
  }
}
