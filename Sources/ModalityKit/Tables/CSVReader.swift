/// A strict reader of RFC 4180: commas (or another separator), CRLF or LF, quotes doubled inside
/// quotes, line ends inside quotes kept as they are. A UTF-8 byte order mark is skipped.
///
/// Strict means that what the grammar does not allow is refused and not guessed at: a quote inside
/// a bare cell, text after a closing quote, a lone carriage return, a NUL byte, a row with more or
/// fewer cells than the header. Only blank lines at the very end are passed over, as editors add
/// them.
public struct CSVReader {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var position = 0
  private var line = 1
  /// Names the columns in messages, once it is known.
  private var columns: [String] = []
  /// Where the blank lines at the end of the file begin.
  private let end: Int

  public static let comma = UInt8(ascii: ",")
  public static let tab = UInt8(ascii: "\t")
  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  public init(_ bytes: [UInt8], separator: UInt8 = CSVReader.comma) {
    self.init(firstPart: bytes, separator: separator, isLast: true)
  }

  /// The reader of the first part of a longer text.
  ///
  /// - Parameter isLast: whether the part is the whole text.
  package init(firstPart bytes: [UInt8], separator: UInt8, isLast: Bool) {
    self.bytes = bytes
    self.separator = separator
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    guard isLast else {
      end = bytes.count
      return
    }
    let lastContent = bytes.lastIndex { $0 != Self.newline && $0 != Self.carriageReturn }
    end = lastContent.map { $0 + 1 } ?? 0
  }

  /// The reader of the part that follows on what this one has read to its end.
  package func following(_ bytes: [UInt8], isLast: Bool) -> CSVReader {
    var next = CSVReader(firstPart: bytes, separator: separator, isLast: isLast)
    next.position = 0
    next.line = line
    next.columns = columns
    return next
  }

  /// Where the last record ends that certainly ends before the text does: behind a line end outside of
  /// quotes that no blank line follows. nil if there is none.
  package static func lastBorder(in bytes: [UInt8]) -> Int? {
    var isQuoted = false
    var border: Int?
    for position in bytes.indices.dropLast() {
      let byte = bytes[position]
      if byte == quote { isQuoted.toggle() }
      if byte == newline, !isQuoted, bytes[position + 1] != newline,
        bytes[position + 1] != carriageReturn
      {
        border = position + 1
      }
    }
    return border
  }

  /// A tab if the first line holds one outside of quotes, else a semicolon if it holds that and no
  /// comma, else a comma.
  public static func separator(of bytes: [UInt8]) -> UInt8 {
    let found = firstLine(of: bytes)
    if found.contains(tab) { return tab }
    let semicolon = UInt8(ascii: ";")
    return found.contains(semicolon) && !found.contains(comma) ? semicolon : comma
  }

  /// Which bytes the first line holds outside of quotes.
  public static func firstLine(of bytes: [UInt8]) -> Set<UInt8> {
    var found: Set<UInt8> = []
    var isQuoted = false
    for byte in bytes {
      if byte == newline, !isQuoted { break }
      if byte == quote { isQuoted.toggle() }
      if !isQuoted { found.insert(byte) }
    }
    return found
  }

  /// The first record; the later ones must have as many cells. nil at the end of the text.
  public mutating func header() throws(TableError) -> [String]? {
    guard position < end else { return nil }
    let cells = try record()
    columns = cells.map { String(decoding: $0, as: UTF8.self) }
    return columns
  }

  /// The next record's line and its cells, valid UTF-8 each; nil at the end of the text.
  public mutating func next() throws(TableError) -> (line: Int, cells: [ArraySlice<UInt8>])? {
    guard position < end else { return nil }
    let start = line
    let cells = try record()
    guard cells.count == columns.count || columns.isEmpty else {
      throw ragged(start, found: cells.count)
    }
    return (start, cells)
  }

  private mutating func record() throws(TableError) -> [ArraySlice<UInt8>] {
    var cells: [ArraySlice<UInt8>] = []
    cells.reserveCapacity(columns.count)
    while true {
      cells.append(try cell(number: cells.count))
      guard position < bytes.count else { return cells }
      let found = bytes[position]
      position += 1
      if found == separator { continue }
      if found == Self.carriageReturn {
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
  private mutating func cell(number: Int) throws(TableError) -> ArraySlice<UInt8> {
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
      guard endsCell(bytes[position]) else {
        throw malformed(line, number, "expected a comma after the closing quote, found more text")
      }
      break
    }
    return try checked(content[...], opened, number)
  }

  private mutating func bareCell(number: Int) throws(TableError) -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, !endsCell(bytes[position]) {
      guard bytes[position] != Self.quote else {
        throw malformed(line, number, "found a quote inside a cell that does not begin with one")
      }
      position += 1
    }
    return try checked(bytes[start..<position], line, number)
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    byte == separator || byte == Self.newline || byte == Self.carriageReturn
  }

  private func checked(
    _ content: ArraySlice<UInt8>, _ line: Int, _ number: Int
  ) throws(TableError) -> ArraySlice<UInt8> {
    guard !content.contains(0) else {
      throw malformed(line, number, "found a NUL byte")
    }
    let isText =
      content.allSatisfy { $0 < 0x80 } || String(validating: content, as: UTF8.self) != nil
    guard isText else {
      throw TableError(
        .notUTF8, line: line, column: name(of: number), "expected UTF-8, found other bytes",
        hint: "save the manifest as UTF-8")
    }
    return content
  }

  private func name(of number: Int) -> String {
    number < columns.count ? columns[number] : "\(number + 1)"
  }

  private func malformed(_ line: Int, _ number: Int, _ finding: String) -> TableError {
    TableError(
      .malformedCSV, line: line, column: name(of: number), finding,
      hint: "a cell with a comma, quote or line end is written in quotes, its quotes doubled")
  }

  private func ragged(_ line: Int, found: Int) -> TableError {
    let isShort = found < columns.count
    let place = isShort ? "nothing for this column" : "more than the header names"
    return TableError(
      .ragged, line: line, column: name(of: isShort ? found : columns.count),
      "expected \(columns.count) cells, found \(found): \(place)",
      hint: "an empty cell still needs its comma; a cell with a comma needs quotes")
  }
}
