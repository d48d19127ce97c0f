import ModalityKit

/// JSON lines: one flat object a line, as `JSONObjectScanner` reads it. The columns are the keys in
/// order of first appearance, which is the order of the modalities.
package struct JSONLinesParser: ManifestParser {
  /// Rows times columns: a few bytes of a line may stand for a whole row of missing cells.
  static let cellLimit = 20_000_000
  private static let lineEnd = UInt8(ascii: "\n")

  package private(set) var table = ManifestTable(columns: [])
  private let file: String
  private var columnOfKey: [String: Int] = [:]
  private var line = 0

  /// - Parameter file: how messages call it.
  package init(file: String) { self.file = file }

  package static func lastBorder(in bytes: [UInt8]) -> Int? {
    bytes.lastIndex(of: lineEnd).map { $0 + 1 }
  }

  package mutating func read(_ part: [UInt8], isLast: Bool) throws(DatasetError) {
    var start = line == 0 && part.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < part.count {
      let end = part[start...].firstIndex(of: Self.lineEnd) ?? part.count
      line += 1
      if part[start..<end].contains(where: { !JSONObjectScanner.isSpace($0) }) {
        try add(try members(part[start..<end]))
      }
      start = end + 1
    }
  }

  private mutating func add(
    _ members: [(key: String, cell: TableCell)]
  ) throws(DatasetError) {
    var cells = [TableCell](repeating: .missing, count: table.columns.count)
    for (key, cell) in members {
      if let column = columnOfKey[key] {
        cells[column] = cell
      } else {
        columnOfKey[key] = table.columns.count
        table.addColumn(key)
        cells.append(cell)
      }
    }
    try table.append(cells, line: line)
    guard table.count * table.columns.count <= Self.cellLimit else {
      throw DatasetError.at(
        file, line: line, .tooLarge, "found more than \(Self.cellLimit) cells up to here",
        hint: "use fewer keys, or split the manifest")
    }
  }

  private func members(
    _ text: ArraySlice<UInt8>
  ) throws(DatasetError) -> [(key: String, cell: TableCell)] {
    var scanner = JSONObjectScanner(text, line: line)
    do {
      return try scanner.object()
    } catch {
      throw DatasetError(error, in: file)
    }
  }
}
