import Fusion
import ModalityKit

/// What a model predicts for one sample, and how much of the doubt is noise or ignorance.
enum Verdict {
  /// Most probable first; of equals the first class.
  case classes([(label: String, probability: Double)], doubt: EntropyDecomposition)
  case number(name: String, RegressionTarget.Value)

  init(_ model: TrainedModel, _ reading: SampleReading, seed: UInt64) throws {
    let rate = model.options.hiddenDropout
    if let regression = model.regression {
      let values = regression.values(model.model, reading.tables, dropout: rate)
      guard let value = values.first else { throw CommandError.noSample }
      self = .number(name: regression.name, value)
      return
    }
    let ranked = zip(model.classes, reading.probabilities).enumerated()
      .sorted { (-$0.element.1, $0.offset) < (-$1.element.1, $1.offset) }
      .map { (label: $0.element.0, probability: Double($0.element.1)) }
    let doubt = EntropyDecomposition(
      passes: Inference(model.model).stochastic(
        reading.tables, passes: rate > 0 ? 64 : 1, rate: rate, seed: seed))
    self = .classes(ranked, doubt: doubt)
  }

  /// The most probable class; nil of a number.
  var best: (label: String, probability: Double)? {
    if case .classes(let ranked, _) = self { ranked.first } else { nil }
  }

  func probability(of label: String) -> Double? {
    guard case .classes(let ranked, _) = self else { return nil }
    return ranked.first { $0.label == label }?.probability
  }

  /// In nats, or in the number's unit squared.
  var aleatoric: Double {
    switch self {
    case .classes(_, let doubt): doubt.aleatoric
    case .number(_, let value): value.aleatoric
    }
  }

  var epistemic: Double {
    switch self {
    case .classes(_, let doubt): doubt.epistemic
    case .number(_, let value): value.epistemic
    }
  }

  /// `bird 0.93`, or `12.40 ± 1.32`.
  var text: String {
    switch self {
    case .classes(let ranked, _):
      ranked.first.map { "\($0.label) \(NumberText.fixed($0.probability, 2))" } ?? "nothing"
    case .number(_, let value):
      "\(NumberText.fixed(value.value, 2)) ± \(NumberText.fixed(value.deviation, 2))"
    }
  }

  /// Where a lost weight goes, in words: `mostly to` one only where it takes clearly most of it.
  ///
  /// - Parameter gainers: the largest change first.
  static func destination(_ gainers: [(name: String, change: Double)]) -> String {
    let moved = gainers.reduce(0) { $0 + $1.change }
    guard let first = gainers.first, gainers.count > 1 else {
      return gainers.first.map { "to \($0.name)" } ?? "to none"
    }
    if first.change > mostOf * moved { return "mostly to \(first.name)" }
    let names = gainers.map(\.name)
    return "to \(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
  }

  /// More than this share of what was moved is most of it.
  private static let mostOf = 0.6

  /// As `predict` gives them.
  var json: [(String, JSONValue)] {
    let doubt = [
      ("aleatoric", JSONValue.number(aleatoric)), ("epistemic", JSONValue.number(epistemic)),
    ]
    switch self {
    case .classes(let ranked, _):
      return [
        (
          "classes",
          .array(
            ranked.map {
              .object([("label", .string($0.label)), ("probability", .number($0.probability))])
            })
        )
      ] + doubt
    case .number(_, let value):
      return [("value", .number(value.value)), ("deviation", .number(value.deviation))] + doubt
    }
  }
}
