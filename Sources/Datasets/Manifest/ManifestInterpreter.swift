import Foundation
import ModalityKit

/// Makes a data set of a table, or names the first cell that does not allow it.
struct ManifestInterpreter {
  let table: ManifestTable
  /// The manifest's own path: the name of the data set, and what relative paths are relative to.
  let path: String
  /// Whether the labels are numbers to be predicted.
  var regression = false
  /// What a person says of the columns.
  var layout = ManifestLayout()

  func dataset(splitSeed: UInt64) throws(DatasetError) -> LoadedDataset {
    guard !table.rows.isEmpty else {
      throw DatasetError(
        .noSamples, "\(path): expected at least one sample, found none",
        hint: "each line after the header is one sample")
    }
    let folder = (absolute(path) as NSString).deletingLastPathComponent
    let exists = { (cell: String) in
      cell.utf8.count < 4096 && Self.isFile(resolve(cell, in: folder))
    }
    let columns =
      layout.isEmpty
      ? try ManifestColumns(of: table, file: path, exists: exists)
      : try ManifestColumns(of: table, layout: layout, file: path, exists: exists)
    let records = columns.modalities.map { modality in
      if case .record(let columns) = modality.content {
        RecordText(columns, of: table)
      } else {
        nil as RecordText?
      }
    }
    var lineOfIdentifier: [String: Int] = [:]
    var identifiers: [String] = []
    var labels: [String] = []
    var inputs: [[RawInput?]] = []
    for row in table.rows {
      identifiers.append(
        try identifier(of: row, number: identifiers.count + 1, columns, &lineOfIdentifier))
      labels.append(try label(of: row, columns))
      inputs.append(try rawInputs(of: row, columns, records, folder))
    }
    let given = try givenSplits(columns)
    if regression {
      let target = table.columns[columns.label]
      let values = try numbers(labels, column: target)
      let splits =
        given ?? StratifiedSplit(seed: splitSeed).assign(identifiers: identifiers, values: values)
      let samples = identifiers.indices.map { index in
        Dataset.Sample(
          id: identifiers[index], value: values[index], split: splits[index],
          inputs: inputs[index])
      }
      return loaded(columns, .regression(target: target), samples)
    }
    let classes = Set(labels).sorted(by: precedesByCodePoint)
    guard classes.count > 1 else {
      throw DatasetError(
        .oneClass,
        "\(path), column \"\(table.columns[columns.label])\": expected two or more classes, "
          + "found only \"\(classes.first ?? "")\"",
        hint: "there is nothing to tell apart in one class", column: table.columns[columns.label])
    }
    let indexOfClass = Dictionary(
      uniqueKeysWithValues: classes.enumerated().map { ($0.element, $0.offset) })
    let labelIndices = labels.map { indexOfClass[$0] ?? 0 }
    let splits =
      given
      ?? StratifiedSplit(seed: splitSeed).assign(identifiers: identifiers, labels: labelIndices)
    let samples = identifiers.indices.map { index in
      Dataset.Sample(
        id: identifiers[index], label: labelIndices[index], split: splits[index],
        inputs: inputs[index])
    }
    return loaded(columns, .classification(classes: classes), samples)
  }

  private func loaded(
    _ columns: ManifestColumns, _ task: Dataset.Task, _ samples: [Dataset.Sample]
  ) -> LoadedDataset {
    let dataset = Dataset(
      name: path, modalities: columns.modalities.map(\.name), task: task, samples: samples)
    let leftOut =
      columns.leftOut.isEmpty
      ? [] : ["columns that are in no modality: \(columns.leftOut.joined(separator: ", "))"]
    return LoadedDataset(dataset: dataset, notes: leftOut + Self.notes(on: dataset))
  }

  private func identifier(
    of row: ManifestTable.Row, number: Int, _ columns: ManifestColumns,
    _ lines: inout [String: Int]
  ) throws(DatasetError) -> String {
    guard let column = columns.identifier else {
      let digits = String(number)
      return "row-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    let name = table.columns[column]
    guard let identifier = row.cells[column].text, !isBlank(identifier) else {
      throw DatasetError.at(
        path, line: row.line, column: name, .emptyIdentifier,
        "expected an id, found \(found(row.cells[column]))",
        hint: "give each sample an id of its own")
    }
    if let first = lines.updateValue(row.line, forKey: identifier) {
      throw DatasetError.at(
        path, line: row.line, column: name, .duplicateIdentifier,
        "expected an id of its own, found \"\(identifier)\" as in line \(first)",
        hint: "give each sample an id of its own")
    }
    return identifier
  }

  private func label(
    of row: ManifestTable.Row, _ columns: ManifestColumns
  )
    throws(DatasetError) -> String
  {
    guard let label = row.cells[columns.label].text, !isBlank(label) else {
      throw DatasetError.at(
        path, line: row.line, column: table.columns[columns.label], .emptyLabel,
        "expected a label, found \(found(row.cells[columns.label]))",
        hint: "give the sample a label, or remove its row")
    }
    return label
  }

  /// nil when the manifest leaves the split to us: no such column, or an empty one.
  private func givenSplits(_ columns: ManifestColumns) throws(DatasetError) -> [Dataset.Split]? {
    guard let column = columns.split,
      table.rows.contains(where: { $0.cells[column] != .missing })
    else { return nil }
    let words = Dataset.Split.allCases.map(\.rawValue).joined(separator: ", ")
    var splits: [Dataset.Split] = []
    for row in table.rows {
      let cell = row.cells[column]
      guard let split = cell.text.flatMap(Dataset.Split.init(rawValue:)) else {
        throw DatasetError.at(
          path, line: row.line, column: table.columns[column], .unknownSplit,
          "expected one of \(words), found \(found(cell))",
          hint: "fill the column in every row, or leave it out to have the split made")
      }
      splits.append(split)
    }
    return splits
  }

  private func rawInputs(
    of row: ManifestTable.Row, _ columns: ManifestColumns, _ records: [RecordText?],
    _ folder: String
  )
    throws(DatasetError) -> [RawInput?]
  {
    var inputs: [RawInput?] = []
    for (modality, record) in zip(columns.modalities, records) {
      if let record {
        inputs.append(try record.text(of: row) { array(in: row, $0) }.map(RawInput.text))
        continue
      }
      switch (row.cells[modality.column], modality.content) {
      case (.missing, _): inputs.append(nil)
      case (.numbers(let values), _): inputs.append(.numbers(values))
      case (.text(let text), .text), (.number(let text), .text): inputs.append(.text(text))
      case (.text(let cell), _), (.number(let cell), _):
        let file = resolve(cell, in: folder)
        guard Self.isFile(file) else {
          throw DatasetError.at(
            path, line: row.line, column: table.columns[modality.column], .sampleFileMissing,
            "expected a file, found none at \(file)",
            hint: "paths are absolute or relative to the manifest; an empty cell means missing")
        }
        inputs.append(.file(path: file))
      }
    }
    guard inputs.contains(where: { $0 != nil }) else {
      let names = zip(columns.modalities, records).map { modality, record in
        record == nil ? table.columns[modality.column] : modality.name
      }.joined(separator: ", ")
      throw DatasetError.at(
        path, line: row.line, column: names, .noModality,
        "expected at least one modality, found all of them empty",
        hint: "fill one of these columns, or remove the row")
    }
    return inputs
  }

  private func array(in row: ManifestTable.Row, _ column: Int) -> DatasetError {
    DatasetError.at(
      path, line: row.line, column: table.columns[column], .mixedKinds,
      "expected one value, found an array of numbers",
      hint: "leave the column out of the table, or give each number a column of its own")
  }

  private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

  private func found(_ cell: ManifestTable.Cell) -> String {
    switch cell {
    case .missing: "an empty cell"
    case .text(let text), .number(let text): "\"\(text)\""
    case .numbers: "an array of numbers"
    }
  }

  private func resolve(_ cell: String, in folder: String) -> String {
    cell.hasPrefix("/") ? cell : "\(folder)/\(cell)"
  }

  /// Relative names are fixed now, so that a later change of the working directory does no harm.
  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// A regular file, whether readable or not. A NUL would cut the path short in C.
  private static func isFile(_ path: String) -> Bool {
    !path.utf8.contains(0) && (try? RawInput.fileSize(path)) != nil
  }

  private static func notes(on dataset: Dataset) -> [String] {
    var notes: [String] = []
    for (index, modality) in dataset.modalities.enumerated() {
      let missing = dataset.samples.count { $0.inputs[index] == nil }
      if missing > 0 {
        notes.append("\(missing) of \(dataset.samples.count) samples lack \(modality)")
      }
    }
    for split in Dataset.Split.allCases
    where !dataset.samples.contains(where: { $0.split == split }) {
      notes.append("the \(split.rawValue) split is empty")
    }
    return notes
  }
}
