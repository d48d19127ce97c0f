import Foundation
import ModalityKit

/// A manifest on disk: where it is, which of the two formats it has, and its table.
struct ManifestFile {
  /// 16 GB: more than the rows that there can be.
  static let sizeLimit = 16 << 30
  /// 256 MB: what a record may have, a size that memory holds.
  static let recordLimit = 256 << 20

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

  /// - Parameter goesOn: asked now and then with the share that has been read; false ends the reading.
  func table(goesOn: (Double) -> Bool) throws(DatasetError) -> ManifestTable {
    let name = path.lowercased()
    let isJSON = [".jsonl", ".ndjson", ".json"].contains { name.hasSuffix($0) }
    return isJSON
      ? try table(by: JSONLinesParser(file: path), goesOn)
      : try table(by: CSVParser(file: path, isTabbed: name.hasSuffix(".tsv")), goesOn)
  }

  private func table(
    by parser: some ManifestParser, _ goesOn: (Double) -> Bool
  ) throws(DatasetError) -> ManifestTable {
    var parser = parser
    let reader = try PartReader(path)
    while let part = try reader.next(upTo: type(of: parser).lastBorder) {
      guard goesOn(reader.share) else { throw DatasetError.stopped }
      try parser.read(part, isLast: reader.isAtEnd)
    }
    return parser.table
  }
}

/// Reads a file in parts of some megabytes that end where a record does.
private final class PartReader {
  private static let partSize = 4 << 20

  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  private let size: Int
  private var done = 0
  /// What was read behind the last border.
  private var rest: [UInt8] = []
  private(set) var isAtEnd = false
  private var isFirst = true

  init(_ path: String) throws(DatasetError) {
    self.path = path
    do throws(EncoderError) {
      size = try RawInput.fileSize(path)
    } catch {
      throw DatasetError(reading: error)
    }
    guard size <= ManifestFile.sizeLimit else {
      throw DatasetError(
        .tooLarge, "\(path) has \(size) bytes, the limit is \(ManifestFile.sizeLimit)",
        hint: "split the manifest")
    }
    guard let file = fopen(path, "re") else { throw Self.unreadable(path) }
    self.file = file
  }

  deinit { fclose(file) }

  /// How much of the file was read.
  var share: Double { Double(done) / Double(max(size, 1)) }

  /// The next part, the last one of which may be empty; nil behind that.
  func next(upTo lastBorder: ([UInt8]) -> Int?) throws(DatasetError) -> [UInt8]? {
    guard !isAtEnd else { return nil }
    var wanted = Self.partSize
    while true {
      try read(wanted)
      if isAtEnd {
        defer { rest = [] }
        return rest
      }
      if let border = lastBorder(rest) {
        let part = Array(rest[..<border])
        rest.removeFirst(border)
        return part
      }
      guard rest.count < ManifestFile.recordLimit else {
        throw DatasetError(
          .tooLarge, "\(path) has a record of more than \(ManifestFile.recordLimit) bytes",
          hint: "look for a quote that nothing closes")
      }
      // Twice as much each time, so that no byte is looked at more than a few times.
      wanted = rest.count
    }
  }

  private func read(_ count: Int) throws(DatasetError) {
    let before = rest.count
    rest.append(contentsOf: repeatElement(0, count: count))
    let found = rest.withUnsafeMutableBytes { bytes in
      fread(bytes.baseAddress.map { $0 + before }, 1, count, file)
    }
    rest.removeLast(count - found)
    done += found
    guard ferror(file) == 0 else { throw Self.unreadable(path) }
    guard done <= ManifestFile.sizeLimit else {
      throw DatasetError(
        .tooLarge, "\(path) grew beyond \(ManifestFile.sizeLimit) bytes while it was read",
        hint: "open it when nothing writes to it")
    }
    if isFirst, rest.starts(with: [0xFF, 0xFE]) || rest.starts(with: [0xFE, 0xFF]) {
      throw DatasetError(
        .notUTF8, "\(path): expected UTF-8, found UTF-16", hint: "save the manifest as UTF-8")
    }
    isFirst = false
    isAtEnd = found < count
  }

  private static func unreadable(_ path: String) -> DatasetError {
    DatasetError(.unreadable, "cannot read \(path)", hint: "check the file's permissions")
  }
}
