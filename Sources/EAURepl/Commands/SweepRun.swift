import Fusion
import ModalityKit

extension Session {
  /// Spoils a modality of a split step by step, as the session's model sees it.
  func sweep(
    _ modality: String, _ kind: String, _ split: Dataset.Split, _ console: Console
  ) throws -> Sweep {
    let model = try trainedModel()
    let data = try openData()
    try checkModelFitsData()
    let index = try pipelineIndex(of: modality, in: data)
    try data.pipelines[index].encoder.checkCorruption(kind)
    try EvaluateCommand.checkNotEmpty(split, data)
    return try console.monitored { monitor, _ in
      try Evaluator(model.model, on: data, regression: model.regression).sweep(
        modality: index, kind: kind, split: split, monitor: monitor)
    }
  }
}
