import Foundation

/// Functions of numbers alone: what a learner may use in an answer, too.
enum ArithmeticFunctions {
  static let all: [ExpressionFunction] = [
    one("exp", "e to the power of it", exp), one("ln", "natural logarithm", log),
    one("sqrt", "square root") { $0.squareRoot() }, one("abs", "without its sign", abs),
    several("min", "the least", { $0.min() ?? 0 }),
    several("max", "the greatest", { $0.max() ?? 0 }),
    ExpressionFunction(
      name: "round", usage: "round(NUMBER, DIGITS)", arguments: 1...2,
      summary: "rounded to so many digits behind the point (none)"
    ) { values, _ in
      let digits = values.count > 1 ? try values[1].number("round()") : 0
      let scale = pow(10, min(max(digits.rounded(), 0), 12))
      return .number((try values[0].number("round()") * scale).rounded() / scale)
    },
  ]

  private static func one(
    _ name: String, _ summary: String, _ function: @escaping @Sendable (Double) -> Double
  ) -> ExpressionFunction {
    ExpressionFunction(
      name: name, usage: "\(name)(NUMBER)", arguments: 1...1, summary: summary
    ) { values, _ in .number(function(try values[0].number("\(name)()"))) }
  }

  private static func several(
    _ name: String, _ summary: String, _ function: @escaping @Sendable ([Double]) -> Double
  ) -> ExpressionFunction {
    ExpressionFunction(
      name: name, usage: "\(name)(NUMBER, …)", arguments: 1...8, summary: summary
    ) { values, _ in .number(function(try values.map { try $0.number("\(name)()") })) }
  }
}
