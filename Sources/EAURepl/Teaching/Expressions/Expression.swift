/// A small language for the checks and answers of lessons: numbers, words, yes and no, and what the
/// session knows (`SessionFunctions`).
///
/// From loose to tight: `or`, `and`, `not`, one comparison (= != < <= > >=), + −, × /, sign, ^
/// (from the right). A name without brackets is a remembered value, or else a word: `image`.
indirect enum Expression: Equatable, Sendable {
  case number(Double)
  case name(String)
  case text(String)
  case negative(Expression)
  case not(Expression)
  case binary(Operator, Expression, Expression)
  case call(String, [Expression])

  enum Operator: String, Sendable {
    case or, and
    case equal = "="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"
  }

  /// - Parameter functions: those that may be called; others and a wrong number of arguments are
  ///   refused now rather than in the middle of a lesson.
  init(_ text: String, functions: [ExpressionFunction]) throws(ExpressionError) {
    var parser = ExpressionParser(
      tokens: try ExpressionToken.tokens(in: text), functions: functions)
    self = try parser.parse()
  }

  /// The names in it that are called by no brackets, each as often as it occurs.
  var names: [String] {
    switch self {
    case .number, .text: []
    case .name(let name): [name]
    case .negative(let inner), .not(let inner): inner.names
    case .binary(_, let left, let right): left.names + right.names
    case .call(_, let arguments): arguments.flatMap(\.names)
    }
  }
}

/// What an expression comes to.
enum ExpressionValue: Equatable, Sendable {
  case number(Double)
  case truth(Bool)
  case word(String)

  /// For people.
  var text: String {
    switch self {
    case .number(let value): MathText.number(value)
    case .truth(let value): value ? "yes" : "no"
    case .word(let word): word
    }
  }

  /// As a part of a calculation to type: (−1.2)^2 is not −1.2^2.
  var typedText: String {
    if case .number(let value) = self { MathText.factor(value) } else { text }
  }

  var json: JSONValue {
    switch self {
    case .number(let value): .number(value)
    case .truth(let value): .bool(value)
    case .word(let word): .string(word)
    }
  }

  func number(_ what: String) throws(ExpressionError) -> Double {
    guard case .number(let value) = self else {
      throw ExpressionError("\(what) expects a number, found \(kind)")
    }
    return value
  }

  func truth(_ what: String) throws(ExpressionError) -> Bool {
    guard case .truth(let value) = self else {
      throw ExpressionError("\(what) expects yes or no, found \(kind)")
    }
    return value
  }

  func word(_ what: String) throws(ExpressionError) -> String {
    guard case .word(let word) = self else {
      throw ExpressionError("\(what) expects a name, found \(kind)")
    }
    return word
  }

  private var kind: String {
    switch self {
    case .number(let value): "the number \(NumberText.short(value))"
    case .truth(let value): value ? "yes" : "no"
    case .word(let word): "the word \"\(printable(word))\""
    }
  }
}

/// A function by name, with how many arguments it takes.
struct ExpressionFunction: Sendable {
  let name: String
  /// `alpha(MODALITY [, DIMENSION])`
  let usage: String
  let arguments: ClosedRange<Int>
  /// What it gives, for the guide.
  let summary: String
  let evaluate: @Sendable ([ExpressionValue], ExpressionContext) throws -> ExpressionValue
}
