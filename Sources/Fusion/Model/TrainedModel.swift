import Autograd
import Foundation
import ModalityKit

/// A trained EAU model with all it needs to read raw files again.
public struct TrainedModel {
  public let model: EAUModel<Float>
  public let pipelines: [ModalityPipeline]
  /// Empty for regression.
  public let classes: [String]
  /// How the model's number becomes the data set's; nil for classification.
  public let regression: RegressionTarget?
  public let options: TrainingOptions
  /// The data set it was trained on, for people.
  public let dataset: String

  public init(
    model: EAUModel<Float>, pipelines: [ModalityPipeline], classes: [String],
    options: TrainingOptions, dataset: String, regression: RegressionTarget? = nil
  ) {
    self.model = model
    self.pipelines = pipelines
    self.classes = classes
    self.options = options
    self.dataset = dataset
    self.regression = regression
  }

  /// What the model was taught.
  public var task: Dataset.Task {
    regression.map { .regression(target: $0.name) } ?? .classification(classes: classes)
  }

  /// The same model under another fusion rule.
  public func under(_ rule: FusionRule) throws(FusionError) -> TrainedModel {
    var options = options
    options.alpha = rule
    return TrainedModel(
      model: try EAUModel(model, under: rule), pipelines: pipelines, classes: classes,
      options: options, dataset: dataset, regression: regression)
  }

  /// The tables of one sample: the scaled features of its signals, nil where a modality is missing.
  public func tables(_ signals: [ErasedSignal?]) throws -> [FeatureTable] {
    try zip(pipelines, signals).map { pipeline, signal in
      FeatureTable(
        [try signal.map { try pipeline.row($0) }], features: pipeline.fitted.schema.count,
        sparse: pipeline.isSparse)
    }
  }
}
