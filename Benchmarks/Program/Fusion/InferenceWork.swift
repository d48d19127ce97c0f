import Autograd
import Fusion

/// Deterministic passes over batches that follow each other through the material.
final class InferenceWork {
  private let batches: [[FeatureTable]]
  private let inputs: ModelInputs<Float>
  private let tape = Tape<Float>(differentiates: false)
  private let fused: FusedBatch<Float>
  private let inference: Inference
  private var passes = 0

  init(_ material: FusionMaterial, batch: Int, sparseText: Bool) {
    setBLASThreads(1)
    let model = material.model(sparseText: sparseText)
    batches = stride(from: 0, to: material.shape.rows - batch + 1, by: batch).map { start in
      material.tables(start..<start + batch, sparseText: sparseText)
    }
    let inputs = ModelInputs<Float>(model.architecture.inputs, rows: batch)
    self.inputs = inputs
    fused = model.recordFusion(
      model.recordGaussians(inputs, on: tape), presence: inputs.presence, on: tape)
    inference = Inference(model)
  }

  private func nextBatch() -> [FeatureTable] {
    defer { passes += 1 }
    return batches[passes % batches.count]
  }

  /// From rows to mu, sigma, alpha and the fused representation.
  func encodeAndFuse() {
    inputs.begin()
    for (m, table) in nextBatch().enumerated() {
      for row in 0..<table.count { inputs.write(table, row: row, modality: m, as: row) }
    }
    tape.replay()
  }

  /// From rows to everything that is said of a sample, class probabilities included.
  func predict() -> Prediction { inference.predict(nextBatch()) }

  /// The fused representation of the first batch.
  func checkFusion() -> [Double] {
    passes = 0
    encodeAndFuse()
    return fused.fused.matrix.values.map(Double.init)
  }

  /// The probabilities of the first batch.
  func checkPrediction() -> [Double] {
    passes = 0
    return predict().probabilities.values.map(Double.init)
  }
}
