/// A text with places for numbers of the learner's own session: `sigma is {sigma(image)} now`.
struct LessonText: Equatable, Sendable {
  private enum Part: Equatable, Sendable {
    case words(String)
    case value(Expression)
  }

  private let parts: [Part]

  /// Words and nothing else.
  init(plain text: String) { parts = [.words(text)] }

  /// - Throws: for a brace without its other half, and for what is no expression.
  init(_ text: String) throws(ExpressionError) {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
        throw ExpressionError("a { and its } must enclose an expression")
      }
      parts.append(.words(String(rest[..<open])))
      let inside = String(rest[rest.index(after: open)..<close])
      parts.append(.value(try Expression(inside, functions: SessionFunctions.all)))
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
      case .value(let expression): (try? expression.value(in: context).text) ?? "…"
      }
    }.joined()
  }
}
