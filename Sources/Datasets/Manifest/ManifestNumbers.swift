extension ManifestInterpreter {
  /// The labels of a regression as numbers.
  ///
  /// - Parameters:
  ///   - labels: one a row of the table.
  ///   - column: where they stand, for messages.
  /// - Throws: `notANumber`, naming line and column; `constantTarget` when all are the same.
  func numbers(_ labels: [String], column: String) throws(DatasetError) -> [Double] {
    var values: [Double] = []
    for (label, row) in zip(labels, table.rows) {
      let text = label.drop(while: \.isWhitespace)
      let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex
      guard let value = Double(text[..<end]), value.isFinite else {
        throw DatasetError.at(
          path, line: row.line, column: column, .notANumber,
          "expected a number, found \"\(label)\"",
          hint: "write 3.5 or -2e3; or open it without --regression, the labels being classes")
      }
      values.append(value)
    }
    guard let first = values.first, values.contains(where: { $0 != first }) else {
      throw DatasetError(
        .constantTarget,
        "\(path), column \"\(column)\": expected numbers that differ, found only "
          + "\(labels.first ?? "")", hint: "there is nothing to predict", column: column)
    }
    return values
  }
}
