import Datasets
import ModalityKit

/// What a parser made of a manifest, for comparing.
struct ParsedManifest: Equatable {
  struct Row: Equatable {
    let line: Int
    let cells: [TableCell]
  }

  let columns: [String]
  let rows: [Row]

  /// - Parameter size: of the pieces the text is handed over in; nil for all at once.
  init(_ bytes: [UInt8], by parser: some ManifestParser, size: Int? = nil) throws {
    var parser = parser
    var rest: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size ?? bytes.count + 1) where size != nil {
      rest += bytes[start..<min(start + (size ?? 0), bytes.count)]
      if let border = type(of: parser).lastBorder(in: rest) {
        try parser.read(Array(rest[..<border]), isLast: false)
        rest.removeFirst(border)
      }
    }
    try parser.read(size == nil ? bytes : rest, isLast: true)
    let table = parser.table
    columns = table.columns
    rows = (0..<table.count).map { row in
      Row(
        line: table.line(row),
        cells: table.columns.indices.map { table.cell(row, $0) })
    }
  }
}
