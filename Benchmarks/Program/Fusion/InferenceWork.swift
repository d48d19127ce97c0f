import Autograd
import Fusion

/// Deterministic passes over batches that follow each other through the material.
final class InferenceWork {
  private let batches: [[FeatureTable]]
  private let prepared: [ModelInputs<Float>]
  private let pass: FusionPass
  private let inference: Inference
  private var passes = 0

  init(_ material: FusionMaterial, batch: Int, sparseText: Bool) {
    setBLASThreads(1)
    let model = material.model(sparseText: sparseText)
    batches = stride(from: 0, to: material.shape.rows - batch + 1, by: batch).map { start in
      material.tables(start..<start + batch, sparseText: sparseText)
    }
    prepared = batches.map { ModelInputs(model.architecture.inputs, $0) }
    pass = FusionPass(model, rows: batch)
    inference = Inference(model)
  }

  private func next<Batch>(of batches: [Batch]) -> Batch {
    defer { passes += 1 }
    return batches[passes % batches.count]
  }

  /// From rows to mu, sigma, alpha and the fused representation.
  func encodeAndFuse() {
    let batch = next(of: prepared)
    pass.inputs.exchange(with: batch)
    pass.run()
    pass.inputs.exchange(with: batch)
  }

  /// From rows to everything that is said of a sample, class probabilities included.
  func predict() -> Prediction { inference.predict(next(of: batches)) }

  /// The fused representation of the first batch.
  func checkFusion() -> [Double] {
    passes = 0
    encodeAndFuse()
    return pass.fusion.fused.matrix.values.map(Double.init)
  }

  /// The probabilities of the first batch.
  func checkPrediction() -> [Double] {
    passes = 0
    return predict().probabilities.values.map(Double.init)
  }
}
