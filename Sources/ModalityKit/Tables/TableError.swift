/// Why a table's text was refused, and where. Each module makes an error of its own of it.
public struct TableError: Error, Equatable {
  public enum Kind: Sendable { case malformedCSV, malformedJSON, notUTF8, ragged }

  public let kind: Kind
  /// Counted from 1.
  public let line: Int
  /// By its header name or key, else by its number from 1; nil where no column is at fault.
  public let column: String?
  /// What was expected and what was found.
  public let finding: String
  public let hint: String

  init(_ kind: Kind, line: Int, column: String?, _ finding: String, hint: String) {
    self.kind = kind
    self.line = line
    self.column = column
    self.finding = finding
    self.hint = hint
  }
}

extension EncoderError {
  /// The same for a raw input called `name`.
  public init(_ error: TableError, in name: String) {
    let place = error.column.map { ", column \"\($0)\"" } ?? ""
    self.init(
      .wrongFormat, "\(name) line \(error.line)\(place): \(error.finding)", hint: error.hint)
  }
}
