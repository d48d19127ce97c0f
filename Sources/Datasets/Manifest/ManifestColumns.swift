import ModalityKit

/// What a manifest's columns mean: which hold id, label and split, and which modality the others are.
///
/// `image_file_name` and `audio_file_name` (Hugging Face) are the modalities image and audio;
/// `file_name` is image, audio or text by the extension of its files, and serves as the id where no
/// `id` column is given.
struct ManifestColumns {
  struct Modality: Equatable {
    let name: String
    /// Into the table's columns; the first of a record's.
    let column: Int
    let content: Content
  }

  enum Content: Equatable {
    /// Each cell is the text itself.
    case text
    /// Each cell names a file that must exist.
    case path
    /// The cells of these columns are a row of a table.
    case record([Int])
  }

  /// nil if samples are called by their row.
  let identifier: Int?
  let label: Int
  let split: Int?
  let modalities: [Modality]
  /// Columns that have no part in anything.
  let leftOut: [String]

  private static let reserved: Set<String> = ["id", "label", "split"]
  private static let imageExtensions: Set<String> = [
    "png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "svg",
  ]
  private static let audioExtensions: Set<String> = [
    "wav", "ogg", "oga", "flac", "mp3", "aiff", "aif", "au", "opus", "m4a", "caf",
  ]

  /// - Parameter exists: whether a cell names an existing file.
  init(of table: ManifestTable, file: String, exists: (String) -> Bool) throws(DatasetError) {
    try Self.checkNames(table.columns, file)
    guard let label = table.columns.firstIndex(of: "label") else {
      throw Self.missing("label", table.columns, file)
    }
    let fileName = table.columns.firstIndex(of: "file_name")
    guard let identifier = table.columns.firstIndex(of: "id") ?? fileName else {
      throw Self.missing("id", table.columns, file)
    }
    var modalities: [Modality] = []
    for (column, name) in table.columns.enumerated() where !Self.reserved.contains(name) {
      let modality = try Self.modality(name, column, table, file, exists)
      if let other = modalities.first(where: { $0.name == modality.name }) {
        throw DatasetError.at(
          file, line: 1, column: name, .duplicateColumn,
          "expected one column a modality, found \(modality.name) here and in column "
            + "\"\(table.columns[other.column])\"", hint: "rename or remove one of the two")
      }
      modalities.append(modality)
    }
    guard !modalities.isEmpty else {
      throw Self.missing("image, audio or text", table.columns, file)
    }
    self.identifier = identifier
    self.label = label
    split = table.columns.firstIndex(of: "split")
    self.modalities = modalities
    leftOut = []
  }

  static func checkNames(_ columns: [String], _ file: String) throws(DatasetError) {
    var seen: Set<String> = []
    for (index, name) in columns.enumerated() {
      guard !name.isEmpty,
        name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
      else {
        throw DatasetError.at(
          file, line: 1, column: "\(index + 1)", .missingColumn,
          "expected a column name, found \(name.isEmpty ? "nothing" : "control characters")",
          hint: "the first line names the columns: id,label,split,image,audio,text")
      }
      guard seen.insert(name).inserted else {
        throw DatasetError.at(
          file, line: 1, column: name, .duplicateColumn, "found this column twice",
          hint: "rename or remove one of the two")
      }
    }
  }

  static func missing(_ wanted: String, _ columns: [String], _ file: String) -> DatasetError {
    let near = columns.first { $0.lowercased().filter(\.isLetter) == wanted }
    let hint =
      near.map { "found \"\($0)\": the names are lower case" }
      ?? "columns: id, label, optional split, then one a modality (image, audio, text, …)"
    let found = columns.isEmpty ? "none" : columns.joined(separator: ", ")
    return DatasetError.at(
      file, line: 1, column: wanted, .missingColumn,
      "expected a column \(wanted), found columns: \(found)", hint: hint, candidates: columns)
  }

  static func modality(
    _ name: String, _ column: Int, _ table: ManifestTable, _ file: String,
    _ exists: (String) -> Bool
  ) throws(DatasetError) -> Modality {
    switch name {
    case "image", "audio": return Modality(name: name, column: column, content: .path)
    case "image_file_name": return Modality(name: "image", column: column, content: .path)
    case "audio_file_name": return Modality(name: "audio", column: column, content: .path)
    case "file_name":
      let kind = try commonKind(column, table, file)
      return Modality(name: kind, column: column, content: .path)
    default:
      let arePaths = holdsPaths(name, column, table, exists)
      return Modality(name: name, column: column, content: arePaths ? .path : .text)
    }
  }

  /// Text is taken as it stands unless every cell is called `….txt`: a sentence must never open a
  /// file by accident. A column of another name holds paths when all its cells look like file
  /// names, or at least half are existing files — then the others are mistakes, to be named.
  private static func holdsPaths(
    _ name: String, _ column: Int, _ table: ManifestTable, _ exists: (String) -> Bool
  ) -> Bool {
    let cells = table.texts(of: column)
    guard cells.contains(where: { _ in true }) else { return false }
    if name == "text" { return cells.allSatisfy { fileExtension($0.text) == "txt" } }
    if cells.allSatisfy({ fileExtension($0.text) != nil }) { return true }
    let (found, all) = cells.reduce((0, 0)) { ($0.0 + (exists($1.text) ? 1 : 0), $0.1 + 1) }
    return 2 * found >= all
  }

  /// The modality of `file_name`, which must be the same in every row.
  private static func commonKind(
    _ column: Int, _ table: ManifestTable, _ file: String
  )
    throws(DatasetError) -> String
  {
    var first: (kind: String, line: Int)?
    for (row, cell) in table.texts(of: column) {
      let kind = kind(of: fileExtension(cell))
      if let first, first.kind != kind {
        throw DatasetError.at(
          file, line: table.line(row), column: "file_name", .mixedKinds,
          "expected \(first.kind) as in line \(first.line), found \(kind): \(cell)",
          hint: "give each modality a column of its own: image_file_name, audio_file_name")
      }
      first = first ?? (kind, table.line(row))
    }
    return first?.kind ?? "file"
  }

  private static func kind(of fileExtension: String?) -> String {
    guard let fileExtension else { return "file" }
    if imageExtensions.contains(fileExtension) { return "image" }
    if audioExtensions.contains(fileExtension) { return "audio" }
    return fileExtension == "txt" ? "text" : "file"
  }

  /// The lower-case extension of something that looks like a file name: a letter, then at most four
  /// more letters or digits after the last point, and no white space around that point.
  private static func fileExtension(_ cell: String) -> String? {
    guard let point = cell.utf8.lastIndex(of: UInt8(ascii: ".")), point > cell.startIndex else {
      return nil
    }
    let before = cell[..<point].last
    let ending = cell[cell.index(after: point)...]
    guard (1...5).contains(ending.utf8.count), ending.first?.isLetter == true,
      ending.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
      before?.isWhitespace == false, !cell.contains("\n")
    else { return nil }
    return ending.lowercased()
  }
}
