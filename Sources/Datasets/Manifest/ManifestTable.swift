/// A manifest's cells before anything is made of them.
package struct ManifestTable: Sendable, Equatable {
  /// Header names in file order (CSV), or keys in order of first appearance (JSON lines).
  package var columns: [String]
  package var rows: [Row]

  package struct Row: Sendable, Equatable {
    /// The line on which the record begins, counted from 1.
    package var line: Int
    /// Parallel to `columns`.
    package var cells: [Cell]
  }

  package enum Cell: Sendable, Equatable {
    case missing
    case text(String)
    /// A JSON array of numbers.
    case numbers([Double])

    /// The cell as it would be written in CSV; nil when missing or an array.
    package var text: String? {
      if case .text(let text) = self { text } else { nil }
    }
  }
}
