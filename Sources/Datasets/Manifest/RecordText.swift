import ModalityKit

/// A sample's cells of several columns as the text of one JSON object: what encoders of tables read.
struct RecordText {
  private let columns: [Int]
  /// Parallel: the column's name as a JSON string, and a colon.
  private let keys: [String]

  init(_ columns: [Int], of table: ManifestTable) {
    self.columns = columns
    keys = columns.map { Self.quoted(table.columns[$0]) + ":" }
  }

  /// Strings, null where a cell is missing, and numbers where the manifest has JSON numbers; nil if
  /// all of them are missing.
  ///
  /// - Parameter refuse: makes the error for an array in a column.
  func text(
    of row: Int, in table: ManifestTable, refuse: (Int) -> DatasetError
  ) throws(DatasetError) -> String? {
    var isMissing = true
    var text = "{"
    for (key, column) in zip(keys, columns) {
      if text.utf8.count > 1 { text += "," }
      text += key
      switch table.cell(row, column) {
      case .missing: text += "null"
      case .text(let cell):
        isMissing = isMissing && MissingValue.isMissing(cell)
        text += Self.quoted(cell)
      case .number(let number):
        isMissing = false
        text += number
      case .numbers: throw refuse(column)
      }
    }
    return isMissing ? nil : text + "}"
  }

  private static func quoted(_ text: String) -> String {
    var bytes = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        bytes += Array("\\u00".utf8) + [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}
