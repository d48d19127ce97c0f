import Autograd
import SeededRandom

extension EAUModel<Float> {
  /// Describes the clean training rows of every dense modality, after training.
  func learnNovelty(_ tables: [FeatureTable], seed: UInt64) {
    guard zip(branches, tables).contains(where: { $0.novelty != nil && !$1.isSparse }) else {
      return
    }
    let sigmas = Inference(self).predict(tables).sigma
    for ((branch, table), sigma) in zip(zip(branches, tables), sigmas) {
      guard let novelty = branch.novelty, case .dense(let matrix) = table.storage else { continue }
      let present = table.present.indices.filter { table.present[$0] }
      let total = present.reduce(Float(0)) { $0 + sigma.row($1).reduce(0, +) }
      novelty.learn(
        matrix.gathering(present),
        sigma: total / Float(max(1, present.count * sigma.columns)),
        seed: seed ^ stableHash(branch.name))
    }
  }

  /// Describes how far the modalities of clean training rows disagree, after training.
  func learnConsensus(_ tables: [FeatureTable]) {
    guard let consensus else { return }
    let prediction = Inference(self).predict(tables)
    consensus.learn(mu: prediction.mu, sigma: prediction.sigma, present: prediction.present)
  }
}
