import Autograd
import SeededRandom

extension EAUModel<Float> {
  /// Describes the clean training rows of every dense modality, before training.
  func learnNovelty(_ tables: [FeatureTable], seed: UInt64) {
    for (branch, table) in zip(branches, tables) {
      guard let novelty = branch.novelty, case .dense(let matrix) = table.storage else { continue }
      let present = table.present.indices.filter { table.present[$0] }
      novelty.learn(
        Variable(matrix.gathering(present), differentiable: false),
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
