import ModalityKit

/// Reads a manifest part by part.
package protocol ManifestParser {
  /// What was read so far.
  var table: ManifestTable { get }

  /// Where the last record ends that certainly ends inside of these bytes; nil if there is none.
  static func lastBorder(in bytes: [UInt8]) -> Int?

  /// Reads the next part, which ends at a border.
  mutating func read(_ part: [UInt8], isLast: Bool) throws(DatasetError)
}

/// A manifest as RFC 4180 has it; see `CSVReader` for what is refused.
package struct CSVParser: ManifestParser {
  package private(set) var table = ManifestTable(columns: [])
  private let file: String
  private let isTabbed: Bool
  private var reader: CSVReader?

  /// - Parameters:
  ///   - file: how messages call it.
  ///   - isTabbed: whether tabs separate even beside commas.
  package init(file: String, isTabbed: Bool = false) {
    self.file = file
    self.isTabbed = isTabbed
  }

  package static func lastBorder(in bytes: [UInt8]) -> Int? { CSVReader.lastBorder(in: bytes) }

  package mutating func read(_ part: [UInt8], isLast: Bool) throws(DatasetError) {
    if let last = reader {
      reader = last.following(part, isLast: isLast)
    } else {
      try begin(part, isLast: isLast)
    }
    while let (line, cells) = try next() { try table.append(cells, line: line) }
  }

  /// Reads the header.
  private mutating func begin(_ part: [UInt8], isLast: Bool) throws(DatasetError) {
    var reader = CSVReader(firstPart: part, separator: separator(part), isLast: isLast)
    let header: [String]?
    do throws(TableError) {
      header = try reader.header()
    } catch {
      throw DatasetError(error, in: file)
    }
    guard let header else {
      throw DatasetError(
        .noSamples, "\(file): expected a header line, found an empty file",
        hint: "the first line names the columns: id,label,split,image,audio,text")
    }
    table = ManifestTable(columns: header)
    self.reader = reader
  }

  /// Spreadsheets write semicolons or tabs, too: they separate where the first line holds no comma.
  private func separator(_ bytes: [UInt8]) -> UInt8 {
    let found = CSVReader.separator(of: bytes)
    let hasCommas = CSVReader.firstLine(of: bytes).contains(CSVReader.comma)
    return hasCommas && !isTabbed ? CSVReader.comma : found
  }

  private mutating func next() throws(DatasetError) -> (line: Int, cells: [ArraySlice<UInt8>])? {
    do throws(TableError) {
      return try reader?.next()
    } catch {
      throw DatasetError(error, in: file)
    }
  }
}

extension DatasetError {
  /// What the reader of a table found in the manifest `file`.
  init(_ error: TableError, in file: String) {
    let kind: Kind =
      switch error.kind {
      case .malformedCSV: .malformedCSV
      case .malformedJSON: .malformedJSON
      case .notUTF8: .notUTF8
      case .ragged: .raggedRow
      }
    self = .at(
      file, line: error.line, column: error.column, kind, error.finding, hint: error.hint)
  }
}
