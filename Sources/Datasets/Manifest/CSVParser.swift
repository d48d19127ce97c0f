import ModalityKit

/// A manifest's cells before anything is made of them.
package typealias ManifestTable = TextTable

/// A manifest as RFC 4180 has it; see `CSVReader` for what is refused.
package enum CSVParser {
  /// - Parameter file: how messages call it.
  package static func parse(
    _ bytes: [UInt8], file: String, separator: UInt8 = CSVReader.comma
  ) throws(DatasetError) -> ManifestTable {
    do {
      return try CSVReader.table(bytes, separator: separator)
    } catch {
      throw DatasetError(error, in: file)
    }
  }
}

extension DatasetError {
  /// What the reader of a table found in the manifest `file`.
  init(_ error: TableError, in file: String) {
    let kind: Kind
    switch error.kind {
    case .empty:
      self.init(
        .noSamples, "\(file): \(error.finding)",
        hint: "the first line names the columns: id,label,split,image,audio,text")
      return
    case .malformedCSV: kind = .malformedCSV
    case .malformedJSON: kind = .malformedJSON
    case .notUTF8: kind = .notUTF8
    case .ragged: kind = .raggedRow
    }
    self = .at(
      file, line: error.line, column: error.column, kind, error.finding, hint: error.hint)
  }
}
