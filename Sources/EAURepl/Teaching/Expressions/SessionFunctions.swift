import Foundation
import Fusion
import ModalityKit

/// What expressions can ask the session: the data set, the model, the command just run. Those about
/// the current sample are in `SampleFunctions`.
enum SessionFunctions {
  static let all: [ExpressionFunction] =
    ArithmeticFunctions.all + SampleFunctions.all + about

  private static let about: [ExpressionFunction] = [
    .init(
      name: "opened", usage: "opened([NAME])", arguments: 0...1,
      summary: "whether a data set is open, or that one"
    ) { values, context in
      let name = try context.asked().data?.dataset.name
      return .truth(try values.first.map { try $0.word("opened()") == name } ?? (name != nil))
    },
    .init(
      name: "trained", usage: "trained([PRESET])", arguments: 0...1,
      summary: "whether there is a model, or one of that preset"
    ) { values, context in
      let preset = try context.asked().model?.options.preset.rawValue
      return .truth(try values.first.map { try $0.word("trained()") == preset } ?? (preset != nil))
    },
    .init(
      name: "preset", usage: "preset()", arguments: 0...0, summary: "the model's preset: a word"
    ) { _, context in .word(try context.asked().trainedModel().options.preset.rawValue) },
    .init(
      name: "option", usage: "option(NAME)", arguments: 1...1,
      summary: "a training option of the model, by its name in `help train`"
    ) { values, context in
      let name = try values[0].word("option()")
      let options = try context.asked().trainedModel().options
      return try TrainingOptionValues.value(name, of: options)
    },
    .init(
      name: "modalities", usage: "modalities()", arguments: 0...0,
      summary: "how many modalities the model reads"
    ) { _, context in .number(Double(try context.asked().trainedModel().pipelines.count)) },
    .init(
      name: "dimensions", usage: "dimensions()", arguments: 0...0,
      summary: "D, the dimensions of each Gaussian"
    ) { _, context in .number(Double(try context.asked().trainedModel().options.latent)) },
    .init(
      name: "accuracy", usage: "accuracy([SPLIT])", arguments: 0...1,
      summary: "the model's accuracy on a split of the open data set (test), 0 to 1"
    ) { values, context in
      let session = try context.asked()
      let split = try values.first.map { try SamplesCommand.split($0.word("accuracy()")) } ?? .test
      let (model, data) = (try session.trainedModel(), try session.openData())
      try session.checkModelFitsData()
      guard model.regression == nil else {
        throw ExpressionError("accuracy() is about classes; this model predicts a number")
      }
      try EvaluateCommand.checkNotEmpty(split, data)
      return .number(
        try Evaluator(model.model, on: data).evaluate(split: split).metrics.accuracy)
    },
    .init(
      name: "choose", usage: "choose(CONDITION, A, B)", arguments: 3...3,
      summary: "A where the condition holds, else B"
    ) { values, _ in try values[0].truth("choose()") ? values[1] : values[2] },
    .init(
      name: "ran", usage: "ran(COMMAND, WORD, …)", arguments: 1...6,
      summary: "whether the command just run begins with these words"
    ) { values, context in
      let words = try values.map { try $0.word("ran()") }
      guard let typed = context.done?.words, typed.count >= words.count else {
        return .truth(false)
      }
      // `inspect im` is `inspect image`.
      return .truth(zip(words, typed).allSatisfy { !$1.isEmpty && $0.hasPrefix($1) })
    },
    .init(
      name: "result", usage: "result(NAME, …)", arguments: 1...6,
      summary: "a number or word of the JSON result of the command just run: members by name, "
        + "elements by number from 0"
    ) { values, context in try result(values, context) },
  ]

  private static func result(
    _ path: [ExpressionValue], _ context: ExpressionContext
  ) throws -> ExpressionValue {
    guard let done = context.done else {
      throw ExpressionError("result() is about the command just run")
    }
    var place = done.result
    for step in path {
      let next: JSONValue? =
        switch step {
        case .word(let name): place[name]
        case .number(let number): Int(exactly: number).flatMap { place[$0] }
        case .truth: nil
        }
      guard let next else { throw ExpressionError("the result has no \(step.text)") }
      place = next
    }
    if let number = place.double { return .number(number) }
    if let truth = place.bool { return .truth(truth) }
    if let word = place.string { return .word(word) }
    throw ExpressionError("that part of the result is no number and no word")
  }
}

extension ExpressionContext {
  /// The session, where there is one to ask.
  func asked() throws -> Session {
    guard let session else { throw ExpressionError("only numbers can be used here") }
    return session
  }
}

/// Training options by their names.
private enum TrainingOptionValues {
  static func value(_ name: String, of options: TrainingOptions) throws -> ExpressionValue {
    let known = TrainingOptions.parameters.map(\.name)
    guard known.contains(name) else {
      throw CommandError.unknown("option", name, among: known)
    }
    let value = try optionsJSON(options)[name]
    if let number = value?.double { return .number(number) }
    if let truth = value?.bool { return .truth(truth) }
    return .word(value?.string ?? "")
  }
}

/// The options as data: an enumeration's word, a number, yes or no.
private func optionsJSON(_ options: TrainingOptions) throws -> JSONValue {
  let data = try JSONEncoder().encode(options)
  return try JSONValue.parse(String(decoding: data, as: UTF8.self))
}
