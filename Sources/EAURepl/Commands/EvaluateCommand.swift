import Fusion
import ModalityKit

struct EvaluateCommand: Command {
  static let name = "evaluate"
  static let usage = "evaluate [--split test] [--corrupt MODALITY:KIND:SEVERITY …] [--no-baselines]"
  static let summary = "accuracy, calibration and each modality alone, on a split"
  static let examples = ["evaluate", "evaluate --corrupt image:gaussian:8"]
  static let details = """
    Beside the model stand concatenation, uniform weights, late fusion, qmf and tmc, trained on the same
    rows when first asked for (some seconds); --no-baselines leaves them out.
    Of a number to be predicted: mean absolute error, correlation, and what share of the true values
    the 50, 80 and 95 % intervals hold.
    """
  static let parameters: [Parameter] = [
    .split,
    .option(
      "corrupt", .text("MODALITY:KIND:SEVERITY"), "spoil this modality of every sample first",
      repeats: true),
    .flag("no-baselines", "only the model itself"),
  ]
  static let seeAlso = ["sweep", "compare", "ece", "aurc"]

  private let split: Dataset.Split
  private let corruptions: [String]
  private let withBaselines: Bool

  init(_ arguments: Arguments) throws {
    _ = try arguments.words(0...0, Self.self)
    split = try arguments.value(of: "split").map(SamplesCommand.split) ?? .test
    _ = try arguments.value(of: "corrupt")
    corruptions = arguments.values(of: "corrupt")
    withBaselines = !arguments.has("no-baselines")
  }

  static func checkNotEmpty(_ split: Dataset.Split, _ data: EncodedDataset) throws {
    guard data.indices(of: split).isEmpty else { return }
    throw CommandError(
      "empty-split", "the data set has no \(split.rawValue) samples",
      hint: "choose another with --split")
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let model = try session.trainedModel()
    let data = try session.openData()
    try session.checkModelFitsData()
    try Self.checkNotEmpty(split, data)
    let choices = try corruptions.map { try choice($0, session, data) }
    if let regression = model.regression {
      let evaluation = try console.monitored { monitor, _ in
        try Evaluator(model.model, on: data).evaluate(
          regression, dropout: model.options.hiddenDropout, split: split, corruptions: choices,
          monitor: monitor)
      }
      return RegressionView.report(
        evaluation, regression.name, split: split, corruptions: corruptions)
    }
    let baselines = withBaselines ? try session.trainedBaselines(console) : nil
    let evaluation = try console.monitored { monitor, _ in
      try Evaluator(model.model, on: data).evaluate(
        split: split, corruptions: choices, baselines: baselines, monitor: monitor)
    }
    return report(evaluation)
  }

  private func choice(
    _ text: String, _ session: Session, _ data: EncodedDataset
  ) throws -> Evaluator.CorruptionChoice {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 3, let severity = Double(fields[2]), (0...10).contains(severity) else {
      throw CommandError.usage(
        Self.self, "expected MODALITY:KIND:SEVERITY, found \"\(printable(text))\"")
    }
    let index = try session.pipelineIndex(of: fields[0], in: data)
    try data.pipelines[index].encoder.checkCorruption(fields[1])
    return .init(modality: index, kind: fields[1], severity: severity)
  }

  private func report(_ evaluation: Evaluator.Evaluation) -> Report {
    let metrics = evaluation.metrics
    let number = { (value: Double) in NumberText.fixed(value, 3) }
    let spoiled = corruptions.isEmpty ? "" : ", " + corruptions.joined(separator: ", ")
    var rows = [
      ["accuracy", TrainCommand.percent(metrics.accuracy)],
      ["macro F1", number(metrics.macroF1)],
      ["NLL (nats)", number(metrics.negativeLogLikelihood)], ["Brier", number(metrics.brier)],
      ["ECE (15 bins)", number(metrics.expectedCalibrationError)],
      ["AURC", number(metrics.areaUnderRiskCoverage)],
    ]
    rows += evaluation.unimodal.map { ["\($0.name) alone", TrainCommand.percent($0.accuracy)] }
    rows += evaluation.noiseCorrelation.map { name, correlation in
      ["\(name): r of sigma and true noise", correlation.map(number) ?? "none"]
    }
    rows += evaluation.baselines.map {
      ["instead: \($0.name)", TrainCommand.percent($0.accuracy)]
    }
    return Report(
      blocks: [
        .heading("\(split.rawValue) split, \(metrics.count) samples\(spoiled)"),
        .table(Table(columns: [.init("measure"), .init("value", .right)], rows: rows)),
      ],
      result: .object([
        ("split", .string(split.rawValue)), ("n", .integer(metrics.count)),
        ("corruptions", JSONValue(corruptions)), ("accuracy", .number(metrics.accuracy)),
        ("nll", .number(metrics.negativeLogLikelihood)), ("brier", .number(metrics.brier)),
        ("ece", .number(metrics.expectedCalibrationError)),
        ("aurc", .number(metrics.areaUnderRiskCoverage)), ("macroF1", .number(metrics.macroF1)),
        (
          "unimodal",
          .object(evaluation.unimodal.map { ($0.name, .number($0.accuracy)) })
        ),
        (
          "baselines",
          .object(evaluation.baselines.map { ($0.name, .number($0.accuracy)) })
        ),
        (
          "noiseCorrelation",
          .object(evaluation.noiseCorrelation.map { ($0.name, JSONValue($0.correlation)) })
        ),
      ]))
  }
}

extension Session {
  /// The baselines beside the model on the open data, trained now if there are none.
  fileprivate mutating func trainedBaselines(_ console: Console) throws -> BaselineSet {
    if let baselines { return baselines }
    let (model, data) = (try trainedModel(), try openData())
    let trained = try console.monitored { monitor, _ in
      try BaselineSet(beside: model.options, on: data, monitor: monitor)
    }
    baselines = trained
    return trained
  }
}
