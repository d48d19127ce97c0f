/// One step from a formula to its number. Four kinds are enough for every term; each can be drawn
/// and each is data.
enum ExplanationStep: Equatable, Sendable {
  /// name = formula = the numbers put in = value
  case equality(name: String, formula: String, numbers: String, value: Double)
  /// name = Σ of many terms; `shown` of them are drawn, and the sum of the others.
  case series(name: String, formula: String, terms: [Double], shown: [Int])
  /// The same few numbers of several things.
  case table(name: String, columns: [String], rows: [Row])
  /// What a reader must know to follow, and what no number says.
  case remark(String)

  struct Row: Equatable, Sendable {
    let name: String
    let values: [Double]
  }

  /// A sum of which the first terms are shown.
  static func sum(
    _ name: String, _ formula: String, _ terms: [Double], showing count: Int = 3
  ) -> ExplanationStep {
    .series(name: name, formula: formula, terms: terms, shown: Array(terms.indices.prefix(count)))
  }

  /// The same with the terms that are to be seen.
  static func sum(
    _ name: String, _ formula: String, _ terms: [Double], shown: [Int]
  ) -> ExplanationStep {
    .series(name: name, formula: formula, terms: terms, shown: shown)
  }

  static func equation(
    _ name: String, _ formula: String = "", _ numbers: String = "", is value: Double
  ) -> ExplanationStep {
    .equality(name: name, formula: formula, numbers: numbers, value: value)
  }

  /// What the step comes to; nil for tables and remarks.
  var value: Double? {
    switch self {
    case .equality(_, _, _, let value): value
    case .series(_, _, let terms, _): terms.reduce(0, +)
    case .table, .remark: nil
    }
  }

  // MARK: As blocks

  var block: Block {
    switch self {
    case .equality(let name, let formula, let numbers, let value):
      .text(Self.chain(name, [formula, numbers, MathText.number(value)]))
    case .series(let name, let formula, let terms, let shown):
      .text(Self.chain(name, [formula, Self.put(terms, shown), MathText.number(value ?? 0)]))
    case .table(let name, let columns, let rows):
      .table(
        Table(
          columns: [.init(name)] + columns.map { .init($0, .right) },
          rows: rows.map { [$0.name] + $0.values.map(MathText.number) }))
    case .remark(let text): .text(text)
    }
  }

  /// `a + b + c + (61 more: d)`
  private static func put(_ terms: [Double], _ shown: [Int]) -> String {
    let here = shown.filter { terms.indices.contains($0) }
    let rest = terms.count - here.count
    let text = MathText.sum(here.map { terms[$0] })
    guard rest > 0 else { return terms.count > 1 ? text : "" }
    let sum = terms.reduce(0, +) - here.reduce(0) { $0 + terms[$1] }
    return (here.isEmpty ? "" : text + " + ") + "(\(rest) more: \(MathText.number(sum)))"
  }

  /// On one line where it fits, else each `=` on its own.
  private static func chain(_ name: String, _ parts: [String]) -> String {
    let parts = parts.filter { !$0.isEmpty }
    let line = "  " + ([name] + parts).joined(separator: " = ")
    guard displayWidth(line) > 78, let last = parts.last, parts.count > 1 else { return line }
    let head = "  \(name) = \(parts[0])"
    let middle = parts.dropFirst().dropLast()
    let end = (middle + [last]).joined(separator: " = ")
    return displayWidth(end) <= 72
      ? "\(head)\n    = \(end)"
      : head + "\n" + (middle + [last]).map { "    = " + $0 }.joined(separator: "\n")
  }

  // MARK: As data

  var json: JSONValue {
    switch self {
    case .equality(let name, let formula, let numbers, let value):
      .object([
        ("kind", "equation"), ("name", .string(name)), ("formula", .string(formula)),
        ("numbers", .string(numbers)), ("value", .number(value)),
      ])
    case .series(let name, let formula, let terms, let shown):
      .object([
        ("kind", "sum"), ("name", .string(name)), ("formula", .string(formula)),
        ("terms", JSONValue(terms)), ("shown", JSONValue(shown)), ("value", JSONValue(value)),
      ])
    case .table(let name, let columns, let rows):
      .object([
        ("kind", "table"), ("name", .string(name)), ("columns", JSONValue(columns)),
        (
          "rows",
          .array(
            rows.map {
              .object([("name", .string($0.name)), ("values", JSONValue($0.values))])
            })
        ),
      ])
    case .remark(let text): .object([("kind", "remark"), ("text", .string(text))])
    }
  }
}
