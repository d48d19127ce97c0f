/// A term of the method or of an encoder, worked out with the numbers of the current sample.
struct Explanation: Sendable {
  let term: ExplainedTerm
  /// In signs of mathematics; terminals without Unicode get them spelled out.
  var formula: [String]
  /// Which rule, form, weights and clamps are in force.
  var setting: String
  var steps: [ExplanationStep]
  /// What it comes to: a number, or one a modality. Recomputed from the steps in Double.
  var results: [(name: String, value: Double)]
  /// Which results the last line repeats; nil for all.
  var shown: [String]?
  /// The same as the model has them, where it computes them in Float; else empty.
  var model: [Double] = []
  /// Which command prints the result.
  var printedBy: String?
  /// What it means: two or three sentences.
  var meaning: String

  /// - Parameter sample: the current sample's title.
  func report(sample: String) -> Report {
    let results = self.results.filter { shown?.contains($0.name) ?? true }
      .map { "\($0.name) \(MathText.number($0.value))" }
    let printed = printedBy.map { ", as \($0) it" } ?? ""
    let blocks: [Block] =
      [
        .heading("\(term.title), of \(sample)"), .text(formula.joined(separator: "\n")),
        .text("here: \(setting)"),
      ] + steps.map(\.block) + [
        .text("result: \(results.joined(separator: ", "))\(printed)"),
        .text(meaning), .text("in the code: \(term.code.map(\.text).joined(separator: ", "))"),
        .text("in the paper: \(term.paper)"),
      ]
    return Report(blocks: blocks, result: json(sample))
  }

  private func json(_ sample: String) -> JSONValue {
    .object([
      ("term", .string(term.rawValue)), ("title", .string(term.title)),
      ("sample", .string(sample)), ("formula", JSONValue(formula)),
      ("setting", .string(setting)), ("steps", .array(steps.map(\.json))),
      ("result", .object(results.map { ($0.name, .number($0.value)) })),
      ("model", JSONValue(model)), ("printedBy", JSONValue(printedBy)),
      ("meaning", .string(meaning)),
      (
        "code",
        .array(
          term.code.map { .object([("file", .string($0.file)), ("symbol", .string($0.symbol))]) })
      ), ("paper", .string(term.paper)),
    ])
  }
}
