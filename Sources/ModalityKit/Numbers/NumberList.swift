/// Numbers written as text: one row of them, separated by commas, semicolons, tabs or spaces.
public enum NumberList {
  /// The separator is the first of semicolon, comma and white space that occurs, so a decimal comma
  /// is never taken for a separator beside semicolons. Square brackets around the row (JSON) and
  /// line ends before and behind it are passed over.
  ///
  /// - Parameters:
  ///   - name: how messages call the text.
  ///   - limit: how many numbers are too many.
  /// - Throws: `emptyInput`; `tooLarge`; `wrongFormat` for a second row or a cell that is not a
  ///   finite decimal number, named by its place.
  public static func parse(
    _ text: [UInt8], name: String, limit: Int
  ) throws(EncoderError) -> [Double] {
    let row = try row(of: text[...], name)
    let separator = [UInt8(ascii: ";"), UInt8(ascii: ",")].first(where: row.contains)
    var numbers: [Double] = []
    var start = row.startIndex
    while start <= row.endIndex {
      let end =
        row[start...].firstIndex { separator == nil ? isBlank($0) : $0 == separator }
        ?? row.endIndex
      let cell = trimmed(row[start..<end])
      start = end + 1
      // White space may be several characters wide.
      if cell.isEmpty, separator == nil { continue }
      guard numbers.count < limit else {
        throw EncoderError(
          .tooLarge, "\(name) holds more than \(limit) numbers", hint: "use a shorter vector")
      }
      guard let number = decimalNumber(cell) else {
        throw EncoderError(
          .wrongFormat,
          "\(name): expected a finite number in place \(numbers.count + 1), found \(shown(cell))",
          hint: "numbers are written like -1.5e3 and separated by commas, tabs or spaces")
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func row(
    of text: ArraySlice<UInt8>, _ name: String
  ) throws(EncoderError) -> ArraySlice<UInt8> {
    let mark = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var row = trimmed(text.dropFirst(mark))
    if row.first == UInt8(ascii: "["), row.last == UInt8(ascii: "]") {
      row = trimmed(row.dropFirst().dropLast())
    }
    guard !row.isEmpty else {
      throw EncoderError(
        .emptyInput, "expected numbers, found none in \(name)", hint: "give at least one number")
    }
    guard !row.contains(UInt8(ascii: "\n")), !row.contains(UInt8(ascii: "\r")) else {
      throw EncoderError(
        .wrongFormat, "expected one row of numbers, found several lines in \(name)",
        hint: "a file holds one sample: one line, no header")
    }
    return row
  }

  private static func shown(_ cell: ArraySlice<UInt8>) -> String {
    cell.isEmpty ? "nothing" : "\"\(String(decoding: cell.prefix(20), as: UTF8.self))\""
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return bytes
  }

  /// Space, tab, line feed, carriage return.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

extension RawInput {
  /// Whether plain numbers can be expected in it, without opening a file: numbers, text that is a
  /// row of them, or a path that ends in `.npy` or `.csv`.
  public var holdsNumbers: Bool {
    switch self {
    case .numbers: true
    case .file(let name), .bytes(_, let name), .deferred(let name, _):
      [".npy", ".csv"].contains { name.lowercased().hasSuffix($0) }
    case .text(let text):
      (try? NumberList.parse(Array(text.utf8), name: "text", limit: .max)) != nil
    }
  }
}
