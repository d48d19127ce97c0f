import Fusion

/// Baselines and the model they were trained beside.
struct TrainedBaselines {
  let set: BaselineSet
  let model: ObjectIdentifier
  let dataset: String
}

extension Session {
  /// The baselines of the model and the data set that are open, trained now if there are none.
  mutating func baselinesBesideModel(_ console: Console) throws -> BaselineSet {
    let (model, data) = (try trainedModel(), try openData())
    let identity = ObjectIdentifier(model.model)
    if let baselines, baselines.model == identity, baselines.dataset == data.dataset.name {
      return baselines.set
    }
    let set = try console.monitored { monitor, _ in
      try BaselineSet(beside: model.options, on: data, monitor: monitor)
    }
    baselines = TrainedBaselines(set: set, model: identity, dataset: data.dataset.name)
    return set
  }
}
