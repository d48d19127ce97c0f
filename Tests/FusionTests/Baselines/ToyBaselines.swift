import Fusion

/// What the baselines' suites share.
extension Toy {
  /// Small and quick.
  static func baselineOptions(epochs: Int = 30, seed: UInt64 = 1) -> BaselineOptions {
    var options = BaselineOptions()
    options.seed = seed
    options.epochs = epochs
    options.annealing = 10
    (options.hidden, options.latent, options.batch, options.rate) = (16, 8, 16, 0.01)
    return options
  }

  /// On the test split; with other tables instead of the data set's when given.
  static func accuracy(
    _ model: any ProbabilityModel, _ data: EncodedDataset, tables: [FeatureTable]? = nil
  ) -> Double {
    let test = data.indices(of: .test)
    let tables = tables ?? data.tables
    return ClassificationMetrics(
      probabilities: model.probabilities(tables.map { $0.gathering(test) }),
      labels: data.labels(test)
    ).accuracy
  }
}
