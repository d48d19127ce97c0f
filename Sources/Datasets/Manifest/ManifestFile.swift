import Foundation
import ModalityKit

/// A manifest on disk: where it is, which of the two formats it has, and its table.
struct ManifestFile {
  /// 256 MB: some millions of rows, and still a size that memory holds.
  static let sizeLimit = 256 << 20

  let path: String

  /// The file itself, or the manifest inside a folder.
  static func locate(_ path: String) throws(DatasetError) -> ManifestFile {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return ManifestFile(path: path) }
    let names = ["manifest.csv", "manifest.jsonl", "metadata.csv", "metadata.jsonl"]
    for name in names {
      let candidate = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      if FileManager.default.fileExists(atPath: candidate) { return ManifestFile(path: candidate) }
    }
    throw DatasetError(
      .fileMissing, "expected a manifest in the folder \(path), found none",
      hint: "put one of \(names.joined(separator: ", ")) there, or name the manifest file")
  }

  func table() throws(DatasetError) -> ManifestTable {
    let bytes: [UInt8]
    do {
      bytes = try RawInput.file(path: path).bytes(limit: Self.sizeLimit)
    } catch {
      throw DatasetError(reading: error)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw DatasetError(
        .notUTF8, "\(path): expected UTF-8, found UTF-16", hint: "save the manifest as UTF-8")
    }
    let isJSON = [".jsonl", ".ndjson", ".json"].contains { path.lowercased().hasSuffix($0) }
    if isJSON { return try JSONLinesParser.parse(bytes, file: path) }
    return try CSVParser.parse(bytes, file: path, separator: separator(bytes))
  }

  /// Spreadsheets write semicolons or tabs, too: they separate where the first line holds no comma.
  /// In a `.tsv` tabs do even beside commas.
  private func separator(_ bytes: [UInt8]) -> UInt8 {
    let found = CSVReader.separator(of: bytes)
    let isTabbed = path.lowercased().hasSuffix(".tsv")
    let hasCommas = CSVReader.firstLine(of: bytes).contains(CSVReader.comma)
    return hasCommas && !isTabbed ? CSVReader.comma : found
  }
}
