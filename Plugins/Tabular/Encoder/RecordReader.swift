import ModalityKit

/// Raw input to one row of a table.
enum RecordReader {
  static let columnLimit = 1 << 20
  static let byteLimit = 32 << 20

  /// Numbers; a JSON object; a header line and one row, separated by commas, semicolons or tabs;
  /// one line of numbers.
  ///
  /// - Throws: `emptyInput`, `tooLarge`, `wrongFormat` for what is none of these, `wrongInput` for
  ///   numbers that are infinite; the errors of reading.
  static func record(from raw: RawInput) throws(EncoderError) -> TableRecord {
    let record: TableRecord
    if case .numbers(let values) = raw {
      record = try numbered(values, raw.name)
    } else {
      record = try written(try raw.bytes(limit: byteLimit), raw.name)
    }
    guard !record.columns.isEmpty else {
      throw EncoderError(
        .emptyInput, "expected a row of a table, found no column in \(raw.name)",
        hint: "give at least one value")
    }
    return record
  }

  private static func numbered(
    _ values: [Double], _ name: String
  ) throws(EncoderError) -> TableRecord {
    guard values.count <= columnLimit else { throw tooWide(name) }
    if let place = values.firstIndex(where: { abs($0) > NumberRanges.largestMagnitude }) {
      throw tooGreat("\(values[place])", in: "place \(place + 1)", name)
    }
    return TableRecord(numbers: values)
  }

  private static func written(_ bytes: [UInt8], _ name: String) throws(EncoderError) -> TableRecord
  {
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var text = bytes.dropFirst(mark)
    while let first = text.first, JSONObjectScanner.isSpace(first) { text.removeFirst() }
    while let last = text.last, JSONObjectScanner.isSpace(last) { text.removeLast() }
    guard !text.isEmpty else {
      throw EncoderError(
        .emptyInput, "expected a row of a table, found nothing in \(name)", hint: forms)
    }
    do {
      if text.first == UInt8(ascii: "{") { return try object(text, name) }
      if text.contains(UInt8(ascii: "\n")) { return try headed(bytes, name) }
    } catch let error as TableError {
      throw EncoderError(error, in: name)
    } catch let error as EncoderError {
      throw error
    } catch {
      throw EncoderError(.wrongFormat, "\(name): \(error)", hint: forms)
    }
    do {
      return try numbered(NumberList.parse(bytes, name: name, limit: columnLimit), name)
    } catch {
      guard error.kind == .wrongFormat else { throw error }
      throw EncoderError(
        .wrongFormat, "expected a row of a table in \(name): \(error.message)", hint: forms)
    }
  }

  private static let forms =
    "a row is a JSON object {\"age\": 31, \"city\": \"Bern\"}, a header line and one line of "
    + "values, or numbers alone"

  private static func object(_ text: ArraySlice<UInt8>, _ name: String) throws -> TableRecord {
    var scanner = JSONObjectScanner(text)
    var columns: [String] = []
    var cells: [TableRecord.Cell] = []
    for (key, cell) in try scanner.object() {
      columns.append(key)
      cells.append(try value(cell, key, name))
    }
    return try checked(columns, cells, name)
  }

  private static func value(
    _ cell: TableCell, _ column: String, _ name: String
  ) throws(EncoderError) -> TableRecord.Cell {
    switch cell {
    case .missing: return .missing
    case .text(let text): return TableRecord.Cell(written: text)
    case .number(let text):
      guard let value = decimalNumber(Array(text.utf8)[...]),
        abs(value) <= NumberRanges.largestMagnitude
      else { throw tooGreat(text, in: "column \"\(column)\"", name) }
      return .number(value)
    case .numbers:
      throw EncoderError(
        .wrongFormat, "\(name), column \"\(column)\": expected one value, found an array",
        hint: "a modality of its own reads arrays of numbers: see the encoder `vector`")
    }
  }

  private static func headed(_ bytes: [UInt8], _ name: String) throws -> TableRecord {
    var reader = CSVReader(bytes, separator: CSVReader.separator(of: bytes))
    let header = try reader.header() ?? []
    let row = try reader.next()
    guard let row, try reader.next() == nil else {
      throw EncoderError(
        .wrongFormat,
        "expected a header line and one row in \(name), found \(row == nil ? "none" : "several")",
        hint: "a file holds one sample; a table of many is opened as a manifest: "
          + "open FILE label=COLUMN")
    }
    let cells = row.cells.map { TableRecord.Cell(written: String(decoding: $0, as: UTF8.self)) }
    return try checked(header, cells, name)
  }

  private static func checked(
    _ columns: [String], _ cells: [TableRecord.Cell], _ name: String
  ) throws(EncoderError) -> TableRecord {
    guard columns.count <= columnLimit else { throw tooWide(name) }
    var seen: Set<String> = []
    for (place, column) in columns.enumerated() {
      guard !column.isEmpty, seen.insert(column).inserted else {
        throw EncoderError(
          .wrongFormat,
          "\(name), column \(place + 1): expected a name of its own, found "
            + (column.isEmpty ? "none" : "\"\(column)\" again"),
          hint: "each column has a name of its own")
      }
    }
    return TableRecord(columns: columns, cells: cells)
  }

  private static func tooWide(_ name: String) -> EncoderError {
    EncoderError(
      .tooLarge, "\(name) has more than \(columnLimit) columns", hint: "use a narrower table")
  }

  private static func tooGreat(_ value: String, in place: String, _ name: String) -> EncoderError {
    EncoderError(
      .wrongInput, "\(name): expected finite numbers up to ±1e300, found \(value) in \(place)",
      hint: "leave the cell empty if the value is missing")
  }
}
