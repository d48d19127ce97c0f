/// The tables of a result as CSV (RFC 4180): a header and rows each, a blank line between two tables.
enum CSVRenderer {
  static func render(_ result: JSONValue) -> String {
    ResultTable.tables(of: result).map { table in
      ([table.columns.map { field($0) }] + table.rows.map { $0.map(field) })
        .map { $0.joined(separator: ",") + "\n" }.joined()
    }.joined(separator: "\n")
  }

  private static func field(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .string(let text): field(text)
    default: field(value.text())
    }
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
