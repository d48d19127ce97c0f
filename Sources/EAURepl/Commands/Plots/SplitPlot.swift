import Fusion
import ModalityKit

/// The split a plot looks at, and the model's answers on it.
struct SplitChoice {
  let split: Dataset.Split

  init(_ arguments: Arguments) throws {
    split = try arguments.value(of: "split").map(SamplesCommand.split) ?? .test
  }

  /// The open data set's split as the session's model sees it.
  func predictions(_ session: Session) throws -> SplitPrediction {
    let model = try session.trainedModel()
    let data = try session.openData()
    try session.checkModelFitsData()
    try EvaluateCommand.checkNotEmpty(split, data)
    return try Evaluator(model.model, on: data).predictions(split: split)
  }

  /// The same for what only classes have.
  func classPredictions(
    _ session: Session, _ plot: any Plot.Type
  ) throws -> (answers: SplitPrediction, classes: [String]) {
    let model = try session.trainedModel()
    if let regression = model.regression {
      throw CommandError(
        "needs-classes",
        "plot \(plot.name) is about classes, the model predicts \(regression.name)",
        hint: "`plot latent` and `plot sweep` work for numbers, too")
    }
    return (try predictions(session), model.classes)
  }

  /// `test split, 300 samples`
  func text(_ count: Int) -> String { "\(split.rawValue) split, \(count) samples" }

  func json(_ count: Int) -> [(String, JSONValue)] {
    [("split", .string(split.rawValue)), ("n", .integer(count))]
  }
}
