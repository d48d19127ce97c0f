import ModalityKit

/// One view of the Handwritten digits: a CSV file of numbers with a header, the label last.
struct HandwrittenView {
  static let sampleCount = 2000
  /// The largest of the six files has 1.5 MB.
  static let sizeLimit = 64 << 20

  let rows: [[Double]]
  /// Digits 0…9, parallel to `rows`.
  let labels: [Int]

  /// - Parameters:
  ///   - path: of the file.
  ///   - features: how many numbers come before the label.
  init(path: String, features: Int) throws(DatasetError) {
    let bytes = try Self.read(path)
    var rows: [[Double]] = []
    var labels: [Int] = []
    rows.reserveCapacity(Self.sampleCount)
    var start = 0
    var line = 0
    while start < bytes.count {
      line += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var content = bytes[start..<end]
      if content.last == UInt8(ascii: "\r") { content.removeLast() }
      start = end + 1
      let cells = content.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard cells.count == features + 1 else {
        throw DatasetError.at(
          path, line: line, .raggedRow,
          "expected \(features) numbers and a label, found \(cells.count) cells", hint: Self.hint)
      }
      // The header only numbers the columns.
      if line == 1 { continue }
      let row = try Self.numbers(cells, path, line)
      guard let label = row.last.flatMap(Int.init(exactly:)), (0...9).contains(label) else {
        throw DatasetError.at(
          path, line: line, .malformedCSV,
          "expected a digit 0…9 as label, found \(Self.shown(cells[features]))", hint: Self.hint)
      }
      rows.append(Array(row.dropLast()))
      labels.append(label)
    }
    guard rows.count == Self.sampleCount else {
      throw DatasetError.at(
        path, line: line, .unequalViews,
        "expected \(Self.sampleCount) digits, found \(rows.count)", hint: Self.hint)
    }
    self.rows = rows
    self.labels = labels
  }

  static let hint = "remove the folder and fetch it again with `make handwritten`"

  private static func numbers(
    _ cells: [ArraySlice<UInt8>], _ path: String, _ line: Int
  ) throws(DatasetError) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(cells.count)
    for cell in cells {
      guard let number = decimalNumber(cell) else {
        throw DatasetError.at(
          path, line: line, .malformedCSV,
          "expected a number in cell \(numbers.count + 1), found \(shown(cell))", hint: hint)
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func shown(_ cell: ArraySlice<UInt8>) -> String {
    cell.isEmpty ? "nothing" : "\"\(String(decoding: cell.prefix(20), as: UTF8.self))\""
  }

  private static func read(_ path: String) throws(DatasetError) -> [UInt8] {
    do throws(EncoderError) {
      return try RawInput.file(path: path).bytes(limit: sizeLimit)
    } catch {
      guard error.kind == .fileMissing else { throw DatasetError(reading: error) }
      throw DatasetError(
        .handwrittenMissing, "expected the Handwritten digits, found no file at \(path)",
        hint: "`make handwritten` fetches it; EAU_HANDWRITTEN names another folder")
    }
  }
}
