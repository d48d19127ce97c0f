import ModalityKit

/// A line that is not a command, and where it goes wrong.
struct LanguageError: ExplainedError, Equatable {
  enum Kind: String, Sendable, CaseIterable {
    case unterminatedQuote = "unterminated-quote"
    case unknownEscape = "unknown-escape"
    case lineTooLong = "line-too-long"
    case unknownOption = "unknown-option"
    case missingValue = "missing-value"
    case badValue = "bad-value"
    case tooManyArguments = "too-many-arguments"
  }

  let kind: Kind
  let message: String
  let hint: String
  /// From 1; nil when the error is about a whole statement.
  let line: Int?
  /// In Unicode scalars, from 1.
  let column: Int?

  var code: String { kind.rawValue }

  init(_ kind: Kind, _ message: String, hint: String, line: Int? = nil, column: Int? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
    self.line = line
    self.column = column
  }
}
