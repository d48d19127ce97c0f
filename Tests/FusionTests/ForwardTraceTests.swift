import Autograd
import Testing

@testable import Fusion

/// What explanations are made from is what inference computes.
@Suite("forward trace")
struct ForwardTraceTests {
  static let rules = ["perDimension", "perModality", "precision", "consensus"]

  @Test(arguments: rules) func agreesWithInference(_ rule: String) throws {
    let data = try Toy.data(modalities: 4, missing: true)
    let options = try TrainingOptions(
      preset: .calibrated,
      overlaying: [("epochs", "2"), ("novelty", "2"), ("alpha", rule), ("variants", "1")])
    let model = try Trainer(options).train(data).model
    for index in 0..<12 {
      var tables = try data.tables([index])
      // A row far from the training rows, so that novelty has something to say.
      if index == 1 {
        tables[0] = try data.corruptedTable(
          modality: 0, kind: "gaussian", severity: 10, indices: [index], seed: 1
        ).table
      }
      let trace = model.trace(tables)
      let prediction = Inference(model).predict(tables)
      for (m, modality) in trace.modalities.enumerated() {
        #expect(modality.isPresent == prediction.present[m][0])
        #expect(modality.mu == prediction.mu[m].values.map { Double($0) })
        #expect(modality.sigma == prediction.sigma[m].values.map { Double($0) })
        #expect(modality.alpha == prediction.alpha[m].values.map { Double($0) })
        #expect(abs(modality.meanAlpha - prediction.meanAlpha(m)[0]) < 1e-12)
        #expect(modality.doubtFactor >= 1)
        for (raised, own) in zip(modality.sigma, modality.networkSigma) {
          #expect(abs(raised - modality.doubtFactor * own) < 1e-5 * raised)
        }
      }
      #expect(trace.fused.count == options.latent && trace.latentMu.count == options.bottleneck)
      let best = trace.scores.indices.max { trace.scores[$0] < trace.scores[$1] }
      let row = Array(prediction.probabilities.row(0))
      #expect(best == row.indices.max { row[$0] < row[$1] })
    }
  }

  /// The passes of `predict`, and the Gaussians behind them.
  @Test func stochasticPassesAreThoseOfPredict() throws {
    let data = try Toy.data()
    let options = try TrainingOptions(preset: .paper, overlaying: [("epochs", "2")])
    let model = try Trainer(options).train(data).model
    let tables = try data.tables([3])
    let passes = Inference(model).stochasticPasses(tables, passes: 5, rate: 0.3, seed: 4)
    let probabilities = Inference(model).stochastic(tables, passes: 5, rate: 0.3, seed: 4)
    #expect(passes.probabilities == probabilities)
    #expect(passes.mu.map(\.rows) == [5, 5, 5] && passes.sigma.map(\.rows) == [5, 5, 5])
    #expect(passes.mu[0].row(0) != passes.mu[0].row(1))
  }
}
