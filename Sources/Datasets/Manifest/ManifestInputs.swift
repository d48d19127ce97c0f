import ModalityKit

/// Gathers the raw inputs of a manifest's samples, row after row.
struct ManifestInputs {
  private let table: ManifestTable
  private let modalities: [ManifestColumns.Modality]
  /// Of the modalities that are records.
  private let records: [RecordText?]
  private let path: String
  private let folder: String
  private var packed: [PackedInputs]

  /// - Parameters:
  ///   - path: how messages call the manifest.
  ///   - folder: what relative paths are relative to.
  init(of table: ManifestTable, _ columns: ManifestColumns, path: String, folder: String) {
    self.table = table
    self.path = path
    self.folder = folder
    modalities = columns.modalities
    records = modalities.map { modality in
      guard case .record(let columns) = modality.content else { return nil }
      return RecordText(columns, of: table)
    }
    packed = modalities.map { _ in PackedInputs(table.bytes, folder: folder) }
  }

  /// One a modality.
  var inputs: [RawInputs] { packed.map { RawInputs($0) } }

  /// - Throws: `DatasetError` naming line and column.
  mutating func append(_ row: Int) throws(DatasetError) {
    var isEmpty = true
    for m in modalities.indices {
      let (kind, range) = try input(m, row)
      packed[m].append(kind, range)
      if kind != .missing { isEmpty = false }
    }
    guard !isEmpty else {
      let names = zip(modalities, records).map { modality, record in
        record == nil ? table.columns[modality.column] : modality.name
      }.joined(separator: ", ")
      throw DatasetError.at(
        path, line: table.line(row), column: names, .noModality,
        "expected at least one modality, found all of them empty",
        hint: "fill one of these columns, or remove the row")
    }
  }

  private func input(
    _ m: Int, _ row: Int
  ) throws(DatasetError) -> (PackedInputs.Kind, Range<Int>) {
    if let record = records[m] { return try input(record, row) }
    let column = modalities[m].column
    if table.isMissing(row, column) { return (.missing, 0..<0) }
    let range = table.range(row, column)
    if table.holdsNumbers(row, column) { return (.numbers, range) }
    if modalities[m].content == .text { return (.text, range) }
    let file = PackedInputs.resolved(table.cell(row, column).text ?? "", in: folder)
    guard ManifestInterpreter.isFile(file) else {
      throw DatasetError.at(
        path, line: table.line(row), column: table.columns[column], .sampleFileMissing,
        "expected a file, found none at \(file)",
        hint: "paths are absolute or relative to the manifest; an empty cell means missing")
    }
    return (.path, range)
  }

  private func input(
    _ record: RecordText, _ row: Int
  ) throws(DatasetError) -> (PackedInputs.Kind, Range<Int>) {
    guard let text = try record.text(of: row, in: table, refuse: { array(row, $0) }) else {
      return (.missing, 0..<0)
    }
    do throws(ScratchError) {
      let start = try table.bytes.append(text)
      return (.text, start..<start + text.utf8.count)
    } catch {
      throw DatasetError(error)
    }
  }

  private func array(_ row: Int, _ column: Int) -> DatasetError {
    DatasetError.at(
      path, line: table.line(row), column: table.columns[column], .mixedKinds,
      "expected one value, found an array of numbers",
      hint: "leave the column out of the table, or give each number a column of its own")
  }
}
