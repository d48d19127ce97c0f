import Foundation
import Fusion
import ModalityKit
import Synchronization

struct TrainCommand: Command {
  static let name = "train"
  static let usage =
    "train [paper|calibrated] [--seed N] [--epochs N] [--alpha RULE] [--ura FORM] [key=value …]"
  static let summary = "train an EAU model on the open data set"
  static let examples = ["train", "train paper --seed 2", "train calibrated --epochs 20 latent=32"]
  static let details = """
    paper        the published loss and nothing else, on clean data
    calibrated   with corruption pairs, so that sigma follows the damage (the default)
    Ctrl-C stops and keeps the model so far.
    """
  static let parameters: [Parameter] =
    [
      .word(
        "PRESET", .choice(TrainingOptions.Preset.allCases.map(\.rawValue)),
        "what is minimised (calibrated)", optional: true),
      .seed,
      .option("epochs", .integers(1...100_000), "the same as epochs=N"),
      .option("alpha", .choice(FusionRule.allCases.map(\.rawValue)), "the same as alpha=RULE"),
      .option("ura", .choice(AugmentationForm.allCases.map(\.rawValue)), "the same as ura=FORM"),
    ] + settings
  /// The options as `key=value`.
  static let settings = TrainingOptions.parameters.map { Parameter($0) }
  static let seeAlso = ["evaluate", "save", "sweep", "calibrated"]

  private let preset: TrainingOptions.Preset
  /// As typed, in order.
  private let chosen: [(name: String, value: String)]
  private let seed: UInt64?

  init(_ arguments: Arguments) throws {
    guard arguments.positional.count <= 1 else {
      throw CommandError.usage(
        Self.self, "expected one preset, found \(arguments.positional.count)")
    }
    let word = arguments.positional.first ?? TrainingOptions.Preset.calibrated.rawValue
    guard let preset = TrainingOptions.Preset(rawValue: word) else {
      throw CommandError.unknown(
        "preset", word, among: TrainingOptions.Preset.allCases.map(\.rawValue))
    }
    var chosen = arguments.settings.map { (name: $0.key, value: $0.value) }
    for name in ["epochs", "alpha", "ura"] {
      if let value = try arguments.value(of: name) { chosen.append((name, value)) }
    }
    // Refused now, before the data set's own options join them.
    _ = try TrainingOptions(preset: preset, overlaying: chosen)
    self.preset = preset
    self.chosen = chosen
    seed = try arguments.integer(of: "seed", in: 0...Int.max).map { UInt64($0) }
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let data = try session.openData()
    if data.dataset.target == nil, chosen.contains(where: { $0.name == "loss" }) {
      throw CommandError(
        "needs-regression", "loss=… belongs to regression, \(data.dataset.name) has classes",
        hint: "leave it out: classes are learned by cross entropy")
    }
    let own = ownOptions(data.dataset)
    var options = try TrainingOptions(preset: preset, overlaying: own + chosen)
    options.seed = seed ?? session.seed
    let start = ContinuousClock.now
    let outcome = try console.monitored { monitor, line in
      let soFar = Mutex((text: "", losses: TrainingLosses(options: options, epochs: [])))
      let watched = WorkMonitor(
        threads: monitor.threads,
        report: { what, share in
          let (text, losses) = soFar.withLock { $0 }
          line.update(
            what + text, fraction: share, above: losses.epochs.isEmpty ? [] : losses.charts)
        }, shouldStop: monitor.shouldStop)
      return try Trainer(options).train(data, monitor: watched) { epoch in
        soFar.withLock {
          $0.losses.epochs.append(epoch)
          $0.text = "  " + Self.text(epoch.losses)
        }
        watched.report(
          "epoch \(epoch.number) of \(options.epochs)",
          Double(epoch.number) / Double(options.epochs))
      }
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let model = TrainedModel(
      model: outcome.model, pipelines: data.pipelines, classes: data.dataset.classes,
      options: options, dataset: data.dataset.name, regression: outcome.regression)
    session.model = model
    session.losses = TrainingLosses(options: options, epochs: outcome.epochs)
    session.refreshSample()
    // Whoever stopped the training does not want to wait.
    let scores = outcome.stopped ? nil : try scores(model, data, console)
    var report = report(model, outcome, scores, seconds)
    if !own.isEmpty {
      let list = own.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      report.blocks.append(.note("\(data.dataset.name) brings its own options: \(list)"))
    }
    return report
  }

  /// What the data set prefers to the calibrated preset, but for what was typed.
  private func ownOptions(_ dataset: Dataset) -> [(name: String, value: String)] {
    guard preset == .calibrated else { return [] }
    return dataset.calibratedOptions.filter { option in
      !chosen.contains { $0.name == option.name }
    }.map { ($0.name, $0.value) }
  }

  /// The accuracy, or the mean absolute error, on the training and the validation split; nil when
  /// stopped.
  private func scores(
    _ model: TrainedModel, _ data: EncodedDataset, _ console: Console
  ) throws -> (training: Double?, validation: Double?)? {
    let evaluator = Evaluator(model.model, on: data)
    func score(_ split: Dataset.Split, _ monitor: WorkMonitor) throws -> Double? {
      if let regression = model.regression {
        return try evaluator.absoluteError(regression, split: split, monitor: monitor)
      }
      return data.indices(of: split).isEmpty
        ? nil : try evaluator.evaluate(split: split, monitor: monitor).metrics.accuracy
    }
    do {
      return try console.monitored { monitor, _ in
        (try score(.train, monitor), try score(.validation, monitor))
      }
    } catch let error as FusionError where error == .stopped {
      return nil
    }
  }

  private func report(
    _ model: TrainedModel, _ outcome: Trainer.Outcome,
    _ scores: (training: Double?, validation: Double?)?, _ seconds: Double
  ) -> Report {
    let measure = model.regression == nil ? "accuracy" : "mean absolute error"
    let text = model.regression == nil ? Self.percent : Self.error
    let losses = outcome.epochs.last?.losses ?? LossValues()
    var blocks: [Block] = [
      .heading(
        "trained \(model.options.preset.rawValue), seed \(model.options.seed), "
          + "\(outcome.epochs.count) epochs in \(NumberText.fixed(seconds, 1)) s")
    ]
    if !outcome.epochs.isEmpty { blocks.append(.text("last epoch: " + Self.text(losses))) }
    if let scores {
      blocks.append(
        .text(
          "\(measure): train \(text(scores.training)), validation \(text(scores.validation))"))
    } else if outcome.stopped {
      blocks.append(.note("stopped early; the model so far is kept, and not judged yet"))
    } else {
      blocks.append(.note("the model is kept, and not judged yet; `evaluate` does"))
    }
    return Report(
      blocks: blocks,
      result: .object([
        ("preset", .string(model.options.preset.rawValue)),
        ("seed", .integer(Int(clamping: model.options.seed))),
        ("epochs", .integer(outcome.epochs.count)), ("stopped", .bool(outcome.stopped)),
        ("seconds", .number(seconds)),
        (
          "losses",
          .object([
            ("total", .number(losses.total)), ("task", .number(losses.task)),
            ("bottleneckKL", .number(losses.bottleneckKL)), ("pair", .number(losses.pair)),
            ("prior", .number(losses.prior)), ("ura", .number(losses.augmentation)),
            ("calibration", JSONValue(losses.calibration)),
            ("unimodal", JSONValue(losses.unimodal)),
          ])
        ),
        (model.regression == nil ? "trainAccuracy" : "trainMAE", JSONValue(scores?.training)),
        (
          model.regression == nil ? "validationAccuracy" : "validationMAE",
          JSONValue(scores?.validation)
        ),
      ]))
  }

  /// Every term, unweighted.
  static func text(_ losses: LossValues) -> String {
    var terms = [
      ("total", losses.total), ("task", losses.task), ("KL", losses.bottleneckKL),
      ("pair", losses.pair), ("prior", losses.prior), ("URA", losses.augmentation),
    ]
    if let calibration = losses.calibration { terms.append(("cal", calibration)) }
    if let unimodal = losses.unimodal { terms.append(("uni", unimodal)) }
    return terms.map { "\($0.0) \(NumberText.short($0.1))" }.joined(separator: "  ")
  }

  static func error(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, 2) } ?? "none"
  }

  static func percent(_ share: Double?) -> String {
    share.map { NumberText.fixed($0 * 100, 1) + " %" } ?? "none"
  }
}
