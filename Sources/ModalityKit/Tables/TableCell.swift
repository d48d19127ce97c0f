/// A table's cell before anything is made of it.
public enum TableCell: Sendable, Equatable {
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
