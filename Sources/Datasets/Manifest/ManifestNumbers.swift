extension ManifestInterpreter {
  /// The labels of a regression as numbers.
  ///
  /// - Parameter column: where they stand; no cell of it is missing.
  /// - Throws: `notANumber`, naming line and column; `constantTarget` when all are the same.
  func numbers(in column: Int) throws(DatasetError) -> [Double] {
    let name = table.columns[column]
    var values: [Double] = []
    for row in 0..<table.count {
      let label = table.cell(row, column).text ?? ""
      let text = label.drop(while: \.isWhitespace)
      let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex
      guard let value = Double(text[..<end]), value.isFinite else {
        throw DatasetError.at(
          path, line: table.line(row), column: name, .notANumber,
          "expected a number, found \"\(label)\"",
          hint: "write 3.5 or -2e3; or open it without --regression, the labels being classes")
      }
      values.append(value)
    }
    guard let first = values.first, values.contains(where: { $0 != first }) else {
      throw DatasetError(
        .constantTarget,
        "\(path), column \"\(name)\": expected numbers that differ, found only "
          + "\(table.cell(0, column).text ?? "")", hint: "there is nothing to predict", column: name
      )
    }
    return values
  }
}
