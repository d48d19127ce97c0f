import Autograd
import SeededRandom

extension EAUModel<Float> {
  /// Describes the clean training rows of every dense modality, after training.
  func learnNovelty(_ tables: [FeatureTable], seed: UInt64) {
    let described = branches.indices.filter { branches[$0].novelty != nil && !tables[$0].isSparse }
    guard !described.isEmpty else { return }
    var totals = [Float](repeating: 0, count: branches.count)
    let inference = Inference(self)
    forEachPart(of: tables) { _, part in
      let sigmas = inference.predict(part).sigma
      for m in described {
        for row in part[m].present.indices where part[m].present[row] {
          totals[m] += sigmas[m].row(row).reduce(0, +)
        }
      }
    }
    for m in described {
      guard let novelty = branches[m].novelty, case .dense(let matrix) = tables[m].storage else {
        continue
      }
      let present = tables[m].present.indices.filter { tables[m].present[$0] }
      novelty.learn(
        matrix.gathering(present),
        sigma: totals[m] / Float(max(1, present.count * architecture.latent)),
        seed: seed ^ stableHash(branches[m].name))
    }
  }

  /// Describes how far the modalities of clean training rows disagree, after training.
  func learnConsensus(_ tables: [FeatureTable]) {
    guard let consensus else { return }
    let prediction = Inference(self).predict(tables)
    consensus.learn(mu: prediction.mu, sigma: prediction.sigma, present: prediction.present)
  }
}
