/// Recursive descent over the tokens; deep nesting is refused before the stack is.
struct ExpressionParser {
  static let deepestNesting = 60

  private let tokens: [ExpressionToken]
  private let functions: [ExpressionFunction]
  private var place = 0
  private var depth = 0

  init(tokens: [ExpressionToken], functions: [ExpressionFunction]) {
    self.tokens = tokens
    self.functions = functions
  }

  mutating func parse() throws(ExpressionError) -> Expression {
    guard !tokens.isEmpty else { throw ExpressionError("the expression is empty") }
    let expression = try disjunction()
    if let token = current {
      throw ExpressionError("\"\(printable(token.text))\" is not expected there")
    }
    return expression
  }

  private var current: ExpressionToken? { place < tokens.count ? tokens[place] : nil }

  /// Takes the token if it is one of these signs or words.
  private mutating func take(_ candidates: String...) -> String? {
    switch current {
    case .sign(let sign) where candidates.contains(sign):
      place += 1
      return sign
    case .name(let name) where candidates.contains(name):
      place += 1
      return name
    default: return nil
    }
  }

  private mutating func disjunction() throws(ExpressionError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else {
      throw ExpressionError("more than \(Self.deepestNesting) brackets inside each other")
    }
    var left = try conjunction()
    while take("or") != nil { left = .binary(.or, left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(ExpressionError) -> Expression {
    var left = try negation()
    while take("and") != nil { left = .binary(.and, left, try negation()) }
    return left
  }

  private mutating func negation() throws(ExpressionError) -> Expression {
    var count = 0
    while take("not") != nil { count += 1 }
    let inner = try comparison()
    return count % 2 == 0 ? inner : .not(inner)
  }

  private mutating func comparison() throws(ExpressionError) -> Expression {
    let left = try sum()
    guard let sign = take("=", "!=", "<", "<=", ">", ">="),
      let comparison = Expression.Operator(rawValue: sign)
    else { return left }
    return .binary(comparison, left, try sum())
  }

  private mutating func sum() throws(ExpressionError) -> Expression {
    var left = try product()
    while let sign = take("+", "-"), let sum = Expression.Operator(rawValue: sign) {
      left = .binary(sum, left, try product())
    }
    return left
  }

  private mutating func product() throws(ExpressionError) -> Expression {
    var left = try signed()
    while let sign = take("*", "/"), let product = Expression.Operator(rawValue: sign) {
      left = .binary(product, left, try signed())
    }
    return left
  }

  private mutating func signed() throws(ExpressionError) -> Expression {
    var isNegative = false
    while let sign = take("-", "+") { if sign == "-" { isNegative.toggle() } }
    let inner = try power()
    return isNegative ? .negative(inner) : inner
  }

  private mutating func power() throws(ExpressionError) -> Expression {
    let base = try atom()
    guard take("^") != nil else { return base }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else {
      throw ExpressionError("more than \(Self.deepestNesting) powers inside each other")
    }
    return .binary(.power, base, try signed())
  }

  private mutating func atom() throws(ExpressionError) -> Expression {
    guard let token = current else { throw ExpressionError("something is missing at the end") }
    place += 1
    switch token {
    case .number(let value): return .number(value)
    case .text(let text): return .text(text)
    case .name(let name):
      guard take("(") != nil else { return .name(name) }
      return try call(name)
    case .sign("("):
      let inner = try disjunction()
      try close()
      return inner
    case .sign(let sign): throw ExpressionError("\"\(sign)\" is not expected there")
    }
  }

  private mutating func call(_ name: String) throws(ExpressionError) -> Expression {
    guard let function = functions.first(where: { $0.name == name }) else {
      let near = didYouMean(name, among: functions.map(\.name))
      throw ExpressionError(
        "there is no function \(name)()" + (near.map { "; did you mean \($0)()?" } ?? ""))
    }
    var arguments: [Expression] = []
    if take(")") == nil {
      arguments.append(try disjunction())
      while take(",") != nil { arguments.append(try disjunction()) }
      try close()
    }
    guard function.arguments.contains(arguments.count) else {
      throw ExpressionError("\(function.usage) is given \(arguments.count) arguments")
    }
    return .call(name, arguments)
  }

  private mutating func close() throws(ExpressionError) {
    guard take(")") == nil else { return }
    throw ExpressionError(
      current.map { "expected \")\", found \"\(printable($0.text))\"" } ?? "a \")\" is missing")
  }
}
