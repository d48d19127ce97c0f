import Autograd
import Foundation
import Fusion
import ModalityKit
import TestSupport
import Testing

/// Predictions with modalities missing against the network written out by hand over those present.
@Suite struct MissingInferenceTests {
  /// relu → (mu, sigma) → alpha = softmax(g/sigma) → x̂ → mu_z → softmax, in Double.
  private struct ByHand {
    let model: EAUModel<Float>

    func layer(_ name: String, _ x: [Double]) throws -> [Double] {
      let weight = try #require(model.parameter("\(name).weight")).matrix
      let bias = try #require(model.parameter("\(name).bias")).matrix
      return (0..<weight.columns).map { column in
        x.indices.reduce(Double(bias[0, column])) { $0 + x[$1] * Double(weight[$1, column]) }
      }
    }

    func softmax(_ scores: [Double]) -> [Double] {
      let largest = scores.max() ?? 0
      let powers = scores.map { exp($0 - largest) }
      return powers.map { $0 / powers.reduce(0, +) }
    }

    /// - Parameter inputs: features of each modality, nil where missing.
    func probabilities(_ inputs: [[Double]?]) throws -> (alpha: [[Double]], shares: [Double]) {
      let architecture = model.architecture
      let range = architecture.logvarRange
      var present: [(index: Int, mu: [Double], sigma: [Double])] = []
      for (m, input) in inputs.enumerated() {
        guard let input else { continue }
        let name = architecture.inputs[m].name
        let hidden = try layer("\(name).extractor", input).map { max(0, $0) }
        let sigma = try layer("\(name).logvar", hidden)
          .map { exp(0.5 * min(max($0, range.low), range.high)) }
        present.append((m, try layer("\(name).mu", hidden), sigma))
      }
      var alpha = inputs.map { _ in [Double](repeating: 0, count: architecture.latent) }
      var fused = [Double](repeating: 0, count: architecture.latent)
      for d in 0..<architecture.latent where !present.isEmpty {
        let weights = softmax(present.map { architecture.sharpness / $0.sigma[d] })
        for (weight, one) in zip(weights, present) {
          alpha[one.index][d] = weight
          fused[d] += weight * one.mu[d]
        }
      }
      return (alpha, softmax(try layer("classifier", try layer("bottleneck.mu", fused))))
    }
  }

  private func features(_ table: FeatureTable, _ row: Int) -> [Double]? {
    guard table.present[row], case .dense(let matrix) = table.storage else { return nil }
    return matrix.row(row).map { Double($0) }
  }

  @Test(arguments: [1, 2, 3, 6, 12]) func predictionIsThatOfTheModalitiesPresent(
    modalities: Int
  ) throws {
    let data = try Toy.data(modalities: modalities, missing: modalities > 1)
    let model = try Trainer(try Toy.options(epochs: 10, [("novelty", "0")])).train(data).model
    let byHand = ByHand(model: model)
    let inference = Inference(model)
    let rows = Array(data.indices(of: .test).prefix(12))
    let all = try data.tables(rows)
    // Everything, each modality dropped in turn, each alone, and nothing.
    var choices = [all, all.map { $0.dropped() }]
    for m in 0..<modalities {
      choices.append(all.indices.map { $0 == m ? all[$0].dropped() : all[$0] })
      choices.append(all.indices.map { $0 == m ? all[$0] : all[$0].dropped() })
    }
    for tables in choices {
      let prediction = inference.predict(tables)
      for row in rows.indices {
        let inputs = tables.map { features($0, row) }
        let expected = try byHand.probabilities(inputs)
        let found = prediction.probabilities.row(row).map { Double($0) }
        #expect(deviation(found, expected.shares) < 1e-4)
        for m in 0..<modalities {
          let alpha = prediction.alpha[m].row(row).map { Double($0) }
          #expect(deviation(alpha, expected.alpha[m]) < 1e-4)
        }
        let sum = (0..<modalities).reduce(0.0) { $0 + prediction.meanAlpha($1)[row] }
        #expect(abs(sum - (inputs.contains { $0 != nil } ? 1 : 0)) < 1e-5)
      }
    }
  }

  /// What stands in a dropped modality's row changes nothing, to the last bit.
  @Test(arguments: [1, 2, 3, 6, 12]) func droppedRowsAreNotRead(modalities: Int) throws {
    let data = try Toy.data(modalities: modalities)
    let model = try Trainer(try Toy.options(epochs: 2)).train(data).model
    let inference = Inference(model)
    let rows = Array(data.indices(of: .test).prefix(8))
    let tables = try data.tables(rows)
    let other = try data.tables(rows.reversed())
    func predict(_ hidden: [FeatureTable]) -> [Float] {
      inference.predict(
        tables.indices.map { $0 == 0 ? hidden[0].dropped() : tables[$0] }
      ).probabilities.values
    }
    #expect(predict(tables) == predict(other))
  }

  /// With everything missing: finite, the same for every sample, the classes' frequencies where
  /// training has seen it (a third each here), no weight anywhere.
  @Test(arguments: [1, 2, 3, 6, 12]) func nothingPresent(modalities: Int) throws {
    // 18 training samples without anything, six of each class.
    let none = Set((0..<90).filter { $0 % 10 < 2 })
    let data = try Toy.data(modalities: modalities, none: none)
    for preset in TrainingOptions.Preset.allCases {
      let model = try Trainer(try Toy.options(preset, epochs: 40)).train(data).model
      let nothing = try data.tables(data.indices(of: .test)).map { $0.dropped() }
      let prediction = Inference(model).predict(nothing)
      let first = prediction.probabilities.row(0).map { Double($0) }
      #expect(abs(first.reduce(0, +) - 1) < 1e-5)
      #expect(first.allSatisfy { abs($0 - 1.0 / 3) < 0.15 }, "\(preset): \(first)")
      for row in 0..<prediction.probabilities.rows {
        #expect(Array(prediction.probabilities.row(row)) == Array(prediction.probabilities.row(0)))
      }
      #expect(prediction.alpha.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
    }
  }
}
