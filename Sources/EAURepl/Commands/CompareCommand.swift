import Foundation
import Fusion
import ModalityKit

/// Puts models, or samples, side by side.
struct CompareCommand: Command {
  static let name = "compare"
  static let usage = "compare MODEL MODEL … | compare SAMPLE SAMPLE … [--split test]"
  static let summary = "models on a split, or samples under the model, side by side"
  static let examples = ["compare current paper.safetensors", "compare 3 17 42"]
  static let parameters: [Parameter] = [
    .word(
      "MODEL|SAMPLE", .either([.choice(["current"]), .sample, .file(["safetensors"])]),
      "files that `save` wrote or `current`; or numbers or ids of samples", repeats: true),
    .split,
  ]
  static let seeAlso = ["evaluate", "save"]

  private let names: [String]
  private let split: Dataset.Split

  init(_ arguments: Arguments) throws {
    names = try arguments.words(1...12, Self.self)
    split = try arguments.value(of: "split").map(SamplesCommand.split) ?? .test
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let data = try session.openData()
    try data.dataset.task.requireClasses("compare")
    let indices = names.map { index(of: $0, in: data.dataset) }
    if indices.allSatisfy({ $0 != nil }) {
      return try samples(indices.compactMap { $0 }, try session.trainedModel(), data)
    }
    try EvaluateCommand.checkNotEmpty(split, data)
    if indices.contains(where: { $0 != nil }) {
      // Between samples the odd one out is what was mistyped.
      for (name, index) in zip(names, indices) where index == nil { _ = try model(name, session) }
    }
    let models = try names.map { ($0, try model($0, session)) }
    return try self.models(models, data, console)
  }

  private func index(of word: String, in dataset: Dataset) -> Int? {
    if let number = Int(word), dataset.samples.indices.contains(number - 1) { return number - 1 }
    return dataset.samples.firstIndex { $0.id == word }
  }

  private func model(_ word: String, _ session: Session) throws -> TrainedModel {
    var session = session
    if word != "current" {
      let bytes: [UInt8]
      do {
        bytes = try RawInput.file(path: (word as NSString).expandingTildeInPath)
          .bytes(limit: RestoreCommand.sizeLimit)
      } catch {
        throw CommandError(
          error.code, "\"\(printable(word))\" is neither a sample nor a model: \(error.message)",
          hint: "name model files and `current`, or samples of the open data set")
      }
      session.model = try TrainedModel(decoding: bytes, core: session.core)
    }
    try session.checkModelFitsData()
    return try session.trainedModel()
  }

  // MARK: Models

  private func models(
    _ models: [(name: String, model: TrainedModel)], _ data: EncodedDataset, _ console: Console
  ) throws -> Report {
    let evaluations = try console.monitored { monitor, _ in
      try models.map { _, model in
        // Each model reads the signals by its own vocabulary and scaling.
        let own = try data.encoded(by: model.pipelines, monitor: monitor)
        return try Evaluator(model.model, on: own).evaluate(split: split, monitor: monitor)
      }
    }
    let measures: [(title: String, key: String, value: (ClassificationMetrics) -> Double)] = [
      ("accuracy", "accuracy", { $0.accuracy }), ("macro F1", "macroF1", { $0.macroF1 }),
      ("NLL (nats)", "nll", { $0.negativeLogLikelihood }), ("Brier", "brier", { $0.brier }),
      ("ECE (15 bins)", "ece", { $0.expectedCalibrationError }),
      ("AURC", "aurc", { $0.areaUnderRiskCoverage }),
    ]
    var rows = measures.map { measure in
      [measure.title] + evaluations.map { NumberText.fixed(measure.value($0.metrics), 3) }
    }
    for m in data.pipelines.indices {
      rows.append(
        ["\(data.pipelines[m].name) alone"]
          + evaluations.map { NumberText.fixed($0.unimodal[m].accuracy, 3) })
    }
    return Report(
      blocks: [
        .heading("\(split.rawValue) split, \(evaluations.first?.metrics.count ?? 0) samples"),
        .table(
          Table(
            columns: [.init("measure")] + models.map { .init(title($0.name, $0.model), .right) },
            rows: rows)),
      ],
      result: .object([
        ("split", .string(split.rawValue)),
        (
          "models",
          .array(
            zip(models, evaluations).map { model, evaluation in
              .object(
                [("name", .string(model.name))]
                  + measures.map { ($0.key, .number($0.value(evaluation.metrics))) }
                  + [
                    (
                      "unimodal",
                      .object(evaluation.unimodal.map { ($0.name, .number($0.accuracy)) })
                    )
                  ])
            })
        ),
      ]))
  }

  private func title(_ name: String, _ model: TrainedModel) -> String {
    "\((name as NSString).lastPathComponent) (\(model.options.preset.rawValue))"
  }

  // MARK: Samples

  private func samples(
    _ indices: [Int], _ model: TrainedModel, _ data: EncodedDataset
  ) throws -> Report {
    let prediction = Inference(model.model).predict(try data.tables(indices))
    let names = data.pipelines.map(\.name)
    let samples = indices.map { data.dataset.samples[$0] }
    let predicted = indices.indices.map { row in
      let shares = Array(prediction.probabilities.row(row))
      let best = shares.indices.max { shares[$0] < shares[$1] } ?? 0
      return (label: model.classes[best], probability: Double(shares[best]))
    }
    var rows = [
      ["label"] + samples.map { data.dataset.classes[$0.label] },
      ["predicted"]
        + predicted.map { "\($0.label) \(TrainCommand.percent($0.probability))" },
    ]
    let (alpha, sigma) = (
      names.indices.map(prediction.meanAlpha), names.indices.map(prediction.meanSigma)
    )
    for m in names.indices {
      for (what, values) in [("alpha", alpha[m]), ("sigma", sigma[m])] {
        rows.append(
          ["\(names[m]) \(what)"]
            + indices.indices.map {
              prediction.present[m][$0] ? NumberText.fixed(values[$0], 3) : "missing"
            })
      }
    }
    return Report(
      blocks: [
        .table(
          Table(
            columns: [.init("sample")]
              + zip(indices, samples).map { .init("\($0 + 1) \($1.id)", .right) }, rows: rows))
      ],
      result: .object([
        (
          "samples",
          .array(
            indices.indices.map { row in
              .object([
                ("number", .integer(indices[row] + 1)), ("id", .string(samples[row].id)),
                ("label", .string(data.dataset.classes[samples[row].label])),
                ("predicted", .string(predicted[row].label)),
                ("probability", .number(predicted[row].probability)),
                (
                  "modalities",
                  .array(
                    names.indices.map { m in
                      .object([
                        ("name", .string(names[m])),
                        ("present", .bool(prediction.present[m][row])),
                        ("alpha", .number(alpha[m][row])), ("sigma", .number(sigma[m][row])),
                      ])
                    })
                ),
              ])
            })
        )
      ]))
  }
}
