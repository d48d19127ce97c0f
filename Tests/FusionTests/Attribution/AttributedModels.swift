import Autograd
import Foundation
import ModalityKit
import SeededRandom

@testable import Fusion

/// Small models with lively parameters, and pairs of samples for them.
struct AttributedModel {
  let model: EAUModel<Float>
  let before: [FeatureTable]
  let now: [FeatureTable]

  static let rules = FusionRule.allCases.filter { $0 != .uniform }

  /// Five features a modality; the last modality is sparse. Sigma has room between the clamps, and
  /// beyond.
  init(
    _ rule: FusionRule, modalities: Int, activation: Architecture.Activation = .relu, seed: UInt64,
    noveltyRank: Int = 2, missing: Set<Int> = [],
    range: LogVarianceRange = .init(low: -1.5, high: 2)
  ) {
    let inputs = (0..<modalities).map {
      Architecture.Input(name: "view\($0)", features: 5, sparse: $0 == modalities - 1)
    }
    let architecture = Architecture(
      inputs: inputs, classes: 3, hidden: 9, activation: activation, latent: 6, bottleneck: 4,
      logvarRange: range, rule: rule, sharpness: 2.5, noveltyRank: noveltyRank)
    model = EAUModel(architecture, seed: seed)
    var generator = SeededGenerator(seed: seed, stream: 7)
    for parameter in model.parameters where parameter.name.contains("logvar") {
      for i in 0..<parameter.variable.count {
        parameter.variable.value[i] = Float(0.8 * generator.normal())
      }
    }
    for branch in model.branches {
      let rows = (0..<60).map { _ in (0..<5).map { _ in Float(generator.normal()) } }
      branch.novelty?.learn(
        Matrix(rows: 60, columns: 5, values: rows.flatMap { $0 }), sigma: 1, seed: seed)
    }
    if let consensus = model.consensus {
      for m in 0..<modalities {
        consensus.scale[m].write(Matrix(rows: 1, columns: 6, repeating: 0.2))
        consensus.threshold[m].value[0] = 0.5
      }
    }
    func table(_ m: Int, scale: Double, present: Bool) -> FeatureTable {
      var row = FeatureRow()
      if inputs[m].sparse {
        row.setSparse((0..<5).filter { _ in generator.uniform() < 0.6 }.map { ($0, scale) })
      } else {
        row.startDense(capacity: 5)
        for _ in 0..<5 { row.append(Float(scale * generator.normal())) }
      }
      return FeatureTable([present ? row : nil], features: 5, sparse: inputs[m].sparse)
    }
    before = (0..<modalities).map { table($0, scale: 1, present: true) }
    // The first modality lies far off the training rows.
    now = (0..<modalities).map { table($0, scale: $0 == 0 ? 4 : 1, present: !missing.contains($0)) }
  }

  /// The scores of a dense or sparse row's modality, written out: no tape, no path.
  func scores(_ m: Int, _ x: [Double], lnFactor: Double = 0) -> [Double] {
    func values(_ name: String) -> [Double] {
      model.parameter("view\(m).\(name)").map { $0.matrix.values.map(Double.init) } ?? []
    }
    let architecture = model.architecture
    let (hidden, latent) = (architecture.hidden, architecture.latent)
    let (w, b) = (values("extractor.weight"), values("extractor.bias"))
    let (v, c) = (values("logvar.weight"), values("logvar.bias"))
    let h = (0..<hidden).map { i in
      let z = b[i] + x.indices.reduce(0) { $0 + x[$1] * w[$1 * hidden + i] }
      return architecture.activation == .relu ? max(0, z) : tanh(z)
    }
    let sigma = (0..<latent).map { d -> Double in
      let logvar = c[d] + h.indices.reduce(0) { $0 + h[$1] * v[$1 * latent + d] }
      let range = architecture.logvarRange
      return exp(0.5 * min(max(logvar, range.low), range.high) + lnFactor)
    }
    let g = architecture.sharpness
    switch architecture.rule {
    case .perDimension, .consensus: return sigma.map { g / $0 }
    case .perModality: return [g * Double(latent) / sigma.reduce(0, +)]
    case .precision: return sigma.map { -2 * log($0) }
    case .varianceSwap: return sigma.map { -$0 * $0 }
    case .uniform: return sigma.map { _ in 0 }
    }
  }

  func row(_ table: FeatureTable) -> [Double] {
    switch table.storage {
    case .dense(let matrix): matrix.values.map(Double.init)
    case .sparse(let rows): rows.dense().values.map(Double.init)
    }
  }
}
