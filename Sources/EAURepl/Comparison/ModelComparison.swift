import Foundation
import Fusion
import ModalityKit

/// Models side by side: on a split, and on the current sample.
struct ModelComparison {
  let models: [(name: String, model: TrainedModel)]
  let split: Dataset.Split
  let data: EncodedDataset
  let session: Session

  func report(_ console: Console) throws -> Report {
    let scores = try console.monitored { monitor, _ in
      try models.map { try ModelScores($0.model, data, split: split, monitor: monitor) }
    }
    let moments = try session.sample.map { _ in
      try models.map { try Moment(session.with($0.model)) }
    }
    var blocks: [Block] = [
      .heading("\(split.rawValue) split, \(data.indices(of: split).count) samples"),
      .table(table("measure", scores.first.map { rows(scores, like: $0) } ?? [])),
    ]
    if let moments, let first = moments.first {
      blocks += [
        .heading("the current sample, \(first.title)"), .table(table("sample", rows(moments))),
      ]
    }
    return Report(
      blocks: blocks,
      result: .object([
        ("split", .string(split.rawValue)),
        ("models", .array(zip(models, scores).map { json($0.name, $1) })),
        ("sample", moments.map { .array(zip(models, $0).map(sample)) } ?? .null),
      ]))
  }

  private func table(_ title: String, _ rows: [[String]]) -> Table {
    Table(
      columns: [.init(title)]
        + models.map {
          let file = ($0.name as NSString).lastPathComponent
          return .init("\(file) (\($0.model.options.preset.rawValue))", .right)
        }, rows: rows)
  }

  private func rows(_ scores: [ModelScores], like first: ModelScores) -> [[String]] {
    let number = { (value: Double?) in value.map { NumberText.fixed($0, 3) } ?? NumberText.missing }
    let alone = data.dataset.target == nil ? "alone" : "alone, MAE"
    return first.measures.indices.map { place in
      [first.measures[place].title] + scores.map { number($0.measures[place].value) }
    }
      + first.unimodal.indices.map { m in
        ["\(first.unimodal[m].name) \(alone)"] + scores.map { number($0.unimodal[m].value) }
      }
  }

  private func rows(_ moments: [Moment]) -> [[String]] {
    var rows = [
      ["predicted"] + moments.map(\.verdict.text),
      ["aleatoric"] + moments.map { NumberText.fixed($0.verdict.aleatoric, 3) },
    ]
    for name in data.dataset.modalities {
      for (what, value) in [
        ("alpha", \SampleReading.Modality.alpha), ("sigma", \.sigmaMean),
      ] {
        rows.append(
          ["\(name) \(what)"]
            + moments.map { moment in
              moment.modality(name).flatMap {
                $0.isPresent ? NumberText.fixed($0[keyPath: value], 3) : nil
              } ?? "missing"
            })
      }
    }
    return rows
  }

  private func json(_ name: String, _ scores: ModelScores) -> JSONValue {
    .object(
      [("name", .string(name))] + scores.measures.map { ($0.key, JSONValue($0.value)) }
        + [("unimodal", .object(scores.unimodal.map { ($0.name, JSONValue($0.value)) }))])
  }

  private func sample(_ model: (name: String, model: TrainedModel), _ moment: Moment) -> JSONValue {
    guard case .object(let members) = moment.json else { return moment.json }
    return .object([("name", .string(model.name))] + members)
  }
}

/// What a model is worth on a split: of classes or of a number.
private struct ModelScores {
  /// As people and as programs read them.
  let measures: [(title: String, key: String, value: Double?)]
  /// Accuracy, or mean absolute error.
  let unimodal: [(name: String, value: Double)]

  /// The model reads the signals by its own vocabulary and scaling.
  init(
    _ model: TrainedModel, _ data: EncodedDataset, split: Dataset.Split, monitor: WorkMonitor
  ) throws {
    let evaluator = Evaluator(
      model.model, on: try data.encoded(by: model.pipelines, monitor: monitor))
    if let regression = model.regression {
      let found = try evaluator.evaluate(
        regression, dropout: model.options.hiddenDropout, split: split, monitor: monitor)
      let metrics = found.metrics
      measures = [
        ("mean absolute error", "mae", metrics.meanAbsoluteError),
        ("root mean squared error", "rmse", metrics.rootMeanSquaredError),
        ("correlation", "correlation", metrics.correlation),
        ("R²", "r2", metrics.determination),
        ("Gaussian NLL (nats)", "nll", metrics.negativeLogLikelihood),
      ]
      unimodal = found.unimodal.map { ($0.name, $0.absoluteError) }
      return
    }
    let found = try evaluator.evaluate(split: split, monitor: monitor)
    let metrics = found.metrics
    measures = [
      ("accuracy", "accuracy", metrics.accuracy), ("macro F1", "macroF1", metrics.macroF1),
      ("NLL (nats)", "nll", metrics.negativeLogLikelihood), ("Brier", "brier", metrics.brier),
      ("ECE (15 bins)", "ece", metrics.expectedCalibrationError),
      ("AURC", "aurc", metrics.areaUnderRiskCoverage),
    ]
    unimodal = found.unimodal.map { ($0.name, $0.accuracy) }
  }
}
