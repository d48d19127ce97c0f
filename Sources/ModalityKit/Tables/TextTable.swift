/// A table's cells before anything is made of them.
public struct TextTable: Sendable, Equatable {
  /// Header names in file order (CSV), or keys in order of first appearance (JSON lines).
  public var columns: [String]
  public var rows: [Row]

  public init(columns: [String], rows: [Row]) {
    self.columns = columns
    self.rows = rows
  }

  public struct Row: Sendable, Equatable {
    /// The line on which the record begins, counted from 1.
    public var line: Int
    /// Parallel to `columns`.
    public var cells: [Cell]

    public init(line: Int, cells: [Cell]) {
      self.line = line
      self.cells = cells
    }
  }

  public enum Cell: Sendable, Equatable {
    case missing
    case text(String)
    /// A JSON number as it was written.
    case number(String)
    /// A JSON array of numbers.
    case numbers([Double])

    /// The cell as it would be written in CSV; nil when missing or an array.
    public var text: String? {
      switch self {
      case .text(let text), .number(let text): text
      case .missing, .numbers: nil
      }
    }
  }
}

/// Words that stand for a value nobody knows.
public enum MissingValue {
  /// The empty cell, and what R, pandas, JSON and the UCI repository write.
  public static let words: Set<String> = ["", "NA", "NaN", "nan", "null", "?"]

  /// White space around the word does not matter.
  public static func isMissing(_ cell: String) -> Bool {
    guard cell.utf8.count < 16 else { return cell.allSatisfy(\.isWhitespace) }
    return words.contains(cell) || words.contains(trimmed(cell))
  }

  private static func trimmed(_ cell: String) -> String {
    guard let start = cell.firstIndex(where: { !$0.isWhitespace }),
      let end = cell.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(cell[start...end])
  }
}
