import Foundation

/// What expressions are evaluated in.
struct ExpressionContext {
  /// A command that went well, and what it answered.
  struct Done: Sendable {
    let words: [String]
    let result: JSONValue
  }

  /// nil where no session is asked: the arithmetic a learner types.
  var session: Session?
  /// Values that steps of the lesson kept, by name; the last one of a name counts.
  var remembered: [RememberedValue] = []
  /// The command just run; nil where a lesson asks by itself.
  var done: Done?
  let functions: [ExpressionFunction]
}

struct RememberedValue: Equatable, Sendable {
  let name: String
  let value: ExpressionValue
}

extension Expression {
  /// - Throws: `ExpressionError`, or why the session cannot answer: no model, no sample …
  func value(in context: ExpressionContext) throws -> ExpressionValue {
    switch self {
    case .number(let value): return .number(value)
    case .text(let text): return .word(text)
    case .name(let name):
      return context.remembered.last { $0.name == name }?.value ?? Self.constant(name)
    case .negative(let inner): return .number(-(try inner.value(in: context).number("−")))
    case .not(let inner): return .truth(!(try inner.value(in: context).truth("not")))
    case .call(let name, let arguments):
      guard let function = context.functions.first(where: { $0.name == name }) else {
        throw ExpressionError("there is no function \(name)()")
      }
      return try function.evaluate(try arguments.map { try $0.value(in: context) }, context)
    case .binary(let sign, let left, let right): return try Self.combine(sign, left, right, context)
    }
  }

  private static func constant(_ name: String) -> ExpressionValue {
    switch name {
    case "pi": .number(.pi)
    case "e": .number(M_E)
    case "yes", "true": .truth(true)
    case "no", "false": .truth(false)
    default: .word(name)
    }
  }

  private static func combine(
    _ sign: Operator, _ left: Expression, _ right: Expression, _ context: ExpressionContext
  ) throws -> ExpressionValue {
    let first = try left.value(in: context)
    // What decides already need not be followed by what has no value yet.
    if sign == .and, try !first.truth("and") { return .truth(false) }
    if sign == .or, try first.truth("or") { return .truth(true) }
    let second = try right.value(in: context)
    switch sign {
    case .and, .or: return .truth(try second.truth(sign.rawValue))
    case .equal: return .truth(areEqual(first, second))
    case .unequal: return .truth(!areEqual(first, second))
    default: break
    }
    let (a, b) = (try first.number(sign.rawValue), try second.number(sign.rawValue))
    return switch sign {
    case .less: .truth(a < b)
    case .lessOrEqual: .truth(a <= b)
    case .greater: .truth(a > b)
    case .greaterOrEqual: .truth(a >= b)
    case .plus: .number(a + b)
    case .minus: .number(a - b)
    case .times: .number(a * b)
    case .divided: .number(a / b)
    default: .number(pow(a, b))
    }
  }

  /// Numbers up to the rounding of a calculation, words without regard to case.
  private static func areEqual(_ a: ExpressionValue, _ b: ExpressionValue) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): abs(x - y) <= 1e-9 * max(1, abs(x), abs(y))
    case (.word(let x), .word(let y)): x.lowercased() == y.lowercased()
    default: a == b
    }
  }
}
