import Foundation

/// A text with places for numbers of the learner's own session: `sigma is {sigma(image)} now`.
struct LessonText: Equatable, Sendable {
  private enum Part: Equatable, Sendable {
    case words(String)
    /// In brackets where it is negative and stands in something to type.
    case value(Expression, isTyped: Bool)
  }

  private let parts: [Part]

  /// Words and nothing else.
  init(plain text: String) { parts = [.words(text)] }

  /// - Throws: for a brace without its other half, and for what is no expression.
  init(_ text: String) throws(ExpressionError) {
    var parts: [Part] = []
    var rest = text[...]
    var isTyped = false
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
        throw ExpressionError("a { and its } must enclose an expression")
      }
      let words = String(rest[..<open])
      parts.append(.words(words))
      isTyped = Self.isTyped(after: words, isTyped)
      let inside = String(rest[rest.index(after: open)..<close])
      parts.append(
        .value(try Expression(inside, functions: SessionFunctions.all), isTyped: isTyped))
      rest = rest[rest.index(after: close)...]
    }
    parts.append(.words(String(rest)))
    self.parts = parts
  }

  /// With the numbers of now; a value that the session cannot give yet becomes `…`.
  func filled(in context: ExpressionContext) -> String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .value(let expression, let isTyped):
        (try? expression.value(in: context)).map { isTyped ? $0.typedText : $0.text } ?? "…"
      }
    }.joined()
  }

  /// Names that the values are made of.
  var names: [String] {
    parts.flatMap { part -> [String] in
      guard case .value(let expression, _) = part else { return [] }
      return expression.names
    }
  }

  /// Whether what follows the words stands within the quotes of `lesson answer '…'`.
  private static func isTyped(after words: String, _ wasTyped: Bool) -> Bool {
    if let start = words.range(of: "lesson answer '", options: .backwards) {
      return !words[start.upperBound...].contains("'")
    }
    return wasTyped && !words.contains("'")
  }
}
