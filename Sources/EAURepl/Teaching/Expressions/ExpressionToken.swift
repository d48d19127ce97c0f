/// The signs and words an expression is made of.
enum ExpressionToken: Equatable, Sendable {
  case number(Double)
  /// A name: of a function, a remembered value, a modality, a word.
  case name(String)
  /// In quotes.
  case text(String)
  /// Operators, brackets and commas, in their ASCII form.
  case sign(String)

  /// For messages.
  var text: String {
    switch self {
    case .number(let value): NumberText.short(value)
    case .name(let name): name
    case .text(let text): "\"\(text)\""
    case .sign(let sign): sign
    }
  }

  /// Longer than any a lesson needs; what is longer is not one.
  static let longestText = 1000

  /// - Throws: for a character that belongs to no token, an open quote, a malformed number.
  static func tokens(in text: String) throws(ExpressionError) -> [ExpressionToken] {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count <= longestText else {
      throw ExpressionError("an expression of \(scalars.count) characters is too long")
    }
    var tokens: [ExpressionToken] = []
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      if scalar == " " || scalar == "\t" || scalar == "\n" {
        place += 1
      } else if isDigit(scalar)
        || (scalar == "." && place + 1 < scalars.count
          && isDigit(scalars[place + 1]))
      {
        tokens.append(try number(scalars, &place))
      } else if isLetter(scalar) {
        let start = place
        while place < scalars.count, isLetter(scalars[place]) || isDigit(scalars[place]) {
          place += 1
        }
        tokens.append(.name(string(scalars[start..<place])))
      } else if scalar == "\"" || scalar == "'" {
        guard let end = scalars[(place + 1)...].firstIndex(of: scalar) else {
          throw ExpressionError("the quote in column \(place + 1) is not closed")
        }
        tokens.append(.text(string(scalars[(place + 1)..<end])))
        place = end + 1
      } else {
        tokens.append(.sign(try sign(scalars, &place)))
      }
    }
    return tokens
  }

  private static func number(
    _ scalars: [Unicode.Scalar], _ place: inout Int
  ) throws(ExpressionError) -> ExpressionToken {
    let start = place
    func skipDigits() { while place < scalars.count, isDigit(scalars[place]) { place += 1 } }
    skipDigits()
    if place < scalars.count, scalars[place] == "." {
      place += 1
      skipDigits()
    }
    if place < scalars.count, scalars[place] == "e" || scalars[place] == "E" {
      var next = place + 1
      if next < scalars.count, scalars[next] == "-" || scalars[next] == "+" { next += 1 }
      if next < scalars.count, isDigit(scalars[next]) {
        place = next
        skipDigits()
      }
    }
    let text = string(scalars[start..<place])
    guard let value = Double(text), value.isFinite else {
      throw ExpressionError("\"\(text)\" is no number")
    }
    return .number(value)
  }

  private static func sign(
    _ scalars: [Unicode.Scalar], _ place: inout Int
  ) throws(ExpressionError) -> String {
    let scalar = scalars[place]
    let next = place + 1 < scalars.count ? scalars[place + 1] : " "
    place += 1
    switch scalar {
    case "+", "-", "*", "/", "^", "(", ")", ",": return String(scalar)
    case "−": return "-"
    case "×", "·": return "*"
    case "≤": return "<="
    case "≥": return ">="
    case "≠": return "!="
    case "<", ">", "=", "!":
      guard next == "=" else {
        if scalar == "!" { break }
        return String(scalar)
      }
      place += 1
      return scalar == "=" ? "=" : String(scalar) + "="
    default: break
    }
    throw ExpressionError(
      "column \(place): \"\(printable(String(scalar)))\" belongs to no expression")
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

/// What is wrong with an expression, or why it has no value now.
struct ExpressionError: Error, Equatable {
  let message: String

  init(_ message: String) { self.message = message }
}
