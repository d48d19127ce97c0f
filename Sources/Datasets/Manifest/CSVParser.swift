/// A strict parser of RFC 4180: commas, CRLF or LF, quotes doubled inside quotes, line ends inside
/// quotes kept as they are. A UTF-8 byte order mark is skipped.
///
/// Strict means that what the grammar does not allow is refused and not guessed at: a quote inside
/// a bare cell, text after a closing quote, a lone carriage return, a NUL byte, a row with more or
/// fewer cells than the header. Only blank lines at the very end are passed over, as editors add
/// them.
package struct CSVParser {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1
  private var columns: [String] = []
  /// Where the blank lines at the end of the file begin.
  private let end: Int

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// - Parameter file: how messages call it.
  package static func parse(_ bytes: [UInt8], file: String) throws(DatasetError) -> ManifestTable {
    var parser = CSVParser(bytes: bytes, file: file)
    return try parser.table()
  }

  private init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let lastContent = bytes.lastIndex { $0 != Self.newline && $0 != Self.carriageReturn }
    end = lastContent.map { $0 + 1 } ?? 0
  }

  private mutating func table() throws(DatasetError) -> ManifestTable {
    guard position < end else {
      throw DatasetError(
        .noSamples, "\(file): expected a header line, found an empty file",
        hint: "the first line names the columns: id,label,split,image,audio,text")
    }
    columns = try record()
    var rows: [ManifestTable.Row] = []
    while position < end {
      let start = line
      let cells = try record()
      guard cells.count == columns.count else { throw ragged(start, found: cells) }
      rows.append(
        ManifestTable.Row(line: start, cells: cells.map { $0.isEmpty ? .missing : .text($0) }))
    }
    return ManifestTable(columns: columns, rows: rows)
  }

  private mutating func record() throws(DatasetError) -> [String] {
    var cells: [String] = []
    while true {
      cells.append(try cell(number: cells.count))
      guard position < bytes.count else { return cells }
      let separator = bytes[position]
      position += 1
      if separator == Self.comma { continue }
      if separator == Self.carriageReturn {
        guard position < bytes.count, bytes[position] == Self.newline else {
          throw malformed(line, cells.count - 1, "found a carriage return without a line feed")
        }
        position += 1
      }
      line += 1
      return cells
    }
  }

  /// One cell; leaves `position` on the separator behind it.
  private mutating func cell(number: Int) throws(DatasetError) -> String {
    guard position < bytes.count, bytes[position] == Self.quote else {
      return try bareCell(number: number)
    }
    let opened = line
    position += 1
    var content: [UInt8] = []
    while true {
      guard position < bytes.count else {
        throw malformed(opened, number, "expected a closing quote, found the end of the file")
      }
      let byte = bytes[position]
      position += 1
      if byte != Self.quote {
        if byte == Self.newline { line += 1 }
        content.append(byte)
        continue
      }
      guard position < bytes.count else { break }
      if bytes[position] == Self.quote {
        content.append(Self.quote)
        position += 1
        continue
      }
      guard Self.endsCell(bytes[position]) else {
        throw malformed(line, number, "expected a comma after the closing quote, found more text")
      }
      break
    }
    return try text(content[...], opened, number)
  }

  private mutating func bareCell(number: Int) throws(DatasetError) -> String {
    let start = position
    while position < bytes.count, !Self.endsCell(bytes[position]) {
      guard bytes[position] != Self.quote else {
        throw malformed(line, number, "found a quote inside a cell that does not begin with one")
      }
      position += 1
    }
    return try text(bytes[start..<position], line, number)
  }

  private static func endsCell(_ byte: UInt8) -> Bool {
    byte == comma || byte == newline || byte == carriageReturn
  }

  private func text(
    _ content: ArraySlice<UInt8>, _ line: Int, _ number: Int
  )
    throws(DatasetError) -> String
  {
    guard !content.contains(0) else {
      throw malformed(line, number, "found a NUL byte")
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw DatasetError.at(
        file, line: line, column: name(of: number), .notUTF8,
        "expected UTF-8, found other bytes", hint: "save the manifest as UTF-8")
    }
    return text
  }

  private func name(of number: Int) -> String {
    number < columns.count ? columns[number] : "\(number + 1)"
  }

  private func malformed(_ line: Int, _ number: Int, _ finding: String) -> DatasetError {
    DatasetError.at(
      file, line: line, column: name(of: number), .malformedCSV, finding,
      hint: "a cell with a comma, quote or line end is written in quotes, its quotes doubled")
  }

  private func ragged(_ line: Int, found cells: [String]) -> DatasetError {
    let isShort = cells.count < columns.count
    let column = name(of: isShort ? cells.count : columns.count)
    let place = isShort ? "nothing for this column" : "more than the header names"
    return DatasetError.at(
      file, line: line, column: column, .raggedRow,
      "expected \(columns.count) cells, found \(cells.count): \(place)",
      hint: "an empty cell still needs its comma; a cell with a comma needs quotes")
  }
}
