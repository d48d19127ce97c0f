/// JSON lines: one flat object a line. Values are strings, numbers (kept as written), true, false,
/// null (missing), or arrays of numbers. The columns are the keys in order of first appearance.
///
/// A parser of its own because the order of the keys is the order of the modalities, a key given
/// twice must not vanish, and a mistake has to be named by line and key.
package enum JSONLinesParser {
  /// Rows times columns: a few bytes of a line may stand for a whole row of missing cells.
  static let cellLimit = 20_000_000

  /// - Parameter file: how messages call it.
  package static func parse(_ bytes: [UInt8], file: String) throws(DatasetError) -> ManifestTable {
    var table = ManifestTable(columns: [], rows: [])
    var known: [String: Int] = [:]
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if bytes[start..<end].contains(where: { !JSONObjectScanner.isSpace($0) }) {
        var scanner = JSONObjectScanner(bytes[start..<end], file: file, line: line)
        var cells = [ManifestTable.Cell](repeating: .missing, count: table.columns.count)
        for (key, cell) in try scanner.object() {
          if let index = known[key] {
            cells[index] = cell
          } else {
            known[key] = table.columns.count
            table.columns.append(key)
            cells.append(cell)
          }
        }
        table.rows.append(ManifestTable.Row(line: line, cells: cells))
        guard table.rows.count * table.columns.count <= cellLimit else {
          throw DatasetError.at(
            file, line: line, .tooLarge, "found more than \(cellLimit) cells up to here",
            hint: "use fewer keys, or split the manifest")
        }
      }
      start = end + 1
      line += 1
    }
    for index in table.rows.indices {
      let missing = table.columns.count - table.rows[index].cells.count
      table.rows[index].cells += [ManifestTable.Cell](repeating: .missing, count: missing)
    }
    return table
  }
}
