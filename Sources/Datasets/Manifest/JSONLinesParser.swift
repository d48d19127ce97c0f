import ModalityKit

/// JSON lines: one flat object a line, as `JSONObjectScanner` reads it. The columns are the keys in
/// order of first appearance, which is the order of the modalities.
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
        var cells = [ManifestTable.Cell](repeating: .missing, count: table.columns.count)
        for (key, cell) in try members(bytes[start..<end], file, line) {
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

  private static func members(
    _ text: ArraySlice<UInt8>, _ file: String, _ line: Int
  ) throws(DatasetError) -> [(key: String, cell: ManifestTable.Cell)] {
    var scanner = JSONObjectScanner(text, line: line)
    do {
      return try scanner.object()
    } catch {
      throw DatasetError(error, in: file)
    }
  }
}
