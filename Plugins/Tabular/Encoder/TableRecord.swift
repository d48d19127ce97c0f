import ModalityKit

/// One row of a table: what the corruptions spoil and the encoder reads.
public struct TableRecord: Sendable, Equatable {
  public enum Cell: Sendable, Hashable {
    case missing
    /// Finite, at most ±1e300.
    case number(Double)
    /// Not empty, without white space around it; it may well read as a number or a date.
    case text(String)
  }

  /// Unique and not empty.
  public let columns: [String]
  /// Parallel to `columns`.
  public let cells: [Cell]

  public init(columns: [String], cells: [Cell]) {
    self.columns = columns
    self.cells = cells
  }

  /// Plain numbers, in columns called x1, x2 … NaN is a missing one.
  init(numbers: [Double]) {
    columns = (0..<numbers.count).map { "x\($0 + 1)" }
    cells = numbers.map { $0.isNaN ? .missing : .number($0) }
  }

  func with(_ cells: [Cell]) -> TableRecord { TableRecord(columns: columns, cells: cells) }
}

extension TableRecord.Cell {
  /// As it stands in a table; long texts are known by their first 200 characters.
  init(written text: String) {
    guard !MissingValue.isMissing(text) else {
      self = .missing
      return
    }
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    self = .text(String(rest.utf8.count > 200 ? rest.prefix(200) : rest))
  }

  /// The number that it is or reads as.
  var number: Double? {
    switch self {
    case .missing: return nil
    case .number(let value): return value
    case .text(let text):
      guard text.utf8.count <= 64, let value = decimalNumber(Array(text.utf8)[...]),
        abs(value) <= NumberRanges.largestMagnitude
      else { return nil }
      return value
    }
  }

  var date: CivilDate? {
    if case .text(let text) = self { CivilDate(text) } else { nil }
  }

  /// The name of the value; whole numbers have no point.
  var category: String? {
    switch self {
    case .missing: return nil
    case .number(let value):
      return Int(exactly: value).map { abs($0) < 1 << 53 ? "\($0)" : "\(value)" } ?? "\(value)"
    case .text(let text): return text
    }
  }
}
