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
  /// Asked now and then with the share of the rows that is done; false ends it.
  var goesOn: (Double) -> Bool = { _ in true }

  func dataset(splitSeed: UInt64) throws(DatasetError) -> LoadedDataset {
    guard table.count > 0 else {
      throw DatasetError(
        .noSamples, "\(path): expected at least one sample, found none",
        hint: "each line after the header is one sample")
    }
    let folder = (absolute(path) as NSString).deletingLastPathComponent
    let exists = { (cell: String) in
      cell.utf8.count < 4096 && Self.isFile(PackedInputs.resolved(cell, in: folder))
    }
    let columns =
      layout.isEmpty
      ? try ManifestColumns(of: table, file: path, exists: exists)
      : try ManifestColumns(of: table, layout: layout, file: path, exists: exists)
    var identifiers = Identifiers()
    var labels = Labels()
    var inputs = ManifestInputs(of: table, columns, path: path, folder: folder)
    for row in 0..<table.count {
      try pause(row)
      try identifiers.append(try identifier(of: row, columns)) { earlier, identifier in
        DatasetError.at(
          path, line: table.line(row), column: columns.identifier.map { table.columns[$0] },
          .duplicateIdentifier,
          "expected an id of its own, found \"\(identifier)\" as in line \(table.line(earlier))",
          hint: "give each sample an id of its own")
      }
      let label = try label(of: row, columns)
      if !regression { labels.append(label) }
      try inputs.append(row)
    }
    let given = try givenSplits(columns)
    let split = StratifiedSplit(seed: splitSeed)
    if regression {
      let target = table.columns[columns.label]
      let values = try numbers(in: columns.label)
      return loaded(
        columns, .regression(target: target),
        Dataset.Samples(
          ids: identifiers.all, labels: Array(repeating: 0, count: values.count), values: values,
          splits: given ?? split.assign(identifiers: identifiers.all, values: values),
          inputs: inputs.inputs))
    }
    let (classes, indices) = labels.sorted()
    guard classes.count > 1 else {
      throw DatasetError(
        .oneClass,
        "\(path), column \"\(table.columns[columns.label])\": expected two or more classes, "
          + "found only \"\(classes.first ?? "")\"",
        hint: "there is nothing to tell apart in one class", column: table.columns[columns.label])
    }
    return loaded(
      columns, .classification(classes: classes),
      Dataset.Samples(
        ids: identifiers.all, labels: indices,
        splits: given ?? split.assign(identifiers: identifiers.all, labels: indices),
        inputs: inputs.inputs))
  }

  private func pause(_ row: Int) throws(DatasetError) {
    guard row % 4096 != 0 || goesOn(Double(row) / Double(table.count)) else {
      throw DatasetError.stopped
    }
  }

  private func loaded(
    _ columns: ManifestColumns, _ task: Dataset.Task, _ samples: Dataset.Samples
  ) -> LoadedDataset {
    let dataset = Dataset(
      name: path, modalities: columns.modalities.map(\.name), task: task, samples: samples)
    let leftOut =
      columns.leftOut.isEmpty
      ? [] : ["columns that are in no modality: \(columns.leftOut.joined(separator: ", "))"]
    return LoadedDataset(dataset: dataset, notes: leftOut + Self.notes(on: dataset))
  }

  private func identifier(
    of row: Int, _ columns: ManifestColumns
  ) throws(DatasetError) -> String {
    guard let column = columns.identifier else {
      let digits = String(row + 1)
      return "row-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    let cell = table.cell(row, column)
    guard let identifier = cell.text, !isBlank(identifier) else {
      throw DatasetError.at(
        path, line: table.line(row), column: table.columns[column], .emptyIdentifier,
        "expected an id, found \(found(cell))", hint: "give each sample an id of its own")
    }
    return identifier
  }

  private func label(of row: Int, _ columns: ManifestColumns) throws(DatasetError) -> String {
    let cell = table.cell(row, columns.label)
    guard let label = cell.text, !isBlank(label) else {
      throw DatasetError.at(
        path, line: table.line(row), column: table.columns[columns.label], .emptyLabel,
        "expected a label, found \(found(cell))",
        hint: "give the sample a label, or remove its row")
    }
    return label
  }

  /// nil when the manifest leaves the split to us: no such column, or an empty one.
  private func givenSplits(_ columns: ManifestColumns) throws(DatasetError) -> [Dataset.Split]? {
    guard let column = columns.split,
      (0..<table.count).contains(where: { !table.isMissing($0, column) })
    else { return nil }
    let words = Dataset.Split.allCases.map(\.rawValue).joined(separator: ", ")
    var splits: [Dataset.Split] = []
    for row in 0..<table.count {
      try pause(row)
      let cell = table.cell(row, column)
      guard let split = cell.text.flatMap(Dataset.Split.init(rawValue:)) else {
        throw DatasetError.at(
          path, line: table.line(row), column: table.columns[column], .unknownSplit,
          "expected one of \(words), found \(found(cell))",
          hint: "fill the column in every row, or leave it out to have the split made")
      }
      splits.append(split)
    }
    return splits
  }

  private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

  private func found(_ cell: TableCell) -> String {
    switch cell {
    case .missing: "an empty cell"
    case .text(let text), .number(let text): "\"\(text)\""
    case .numbers: "an array of numbers"
    }
  }

  /// Relative names are fixed now, so that a later change of the working directory does no harm.
  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// A regular file, whether readable or not. A NUL would cut the path short in C.
  static func isFile(_ path: String) -> Bool {
    !path.utf8.contains(0) && (try? RawInput.fileSize(path)) != nil
  }

  private static func notes(on dataset: Dataset) -> [String] {
    var notes: [String] = []
    for (index, modality) in dataset.modalities.enumerated() {
      let inputs = dataset.samples.inputs[index]
      let missing = inputs.indices.count { !inputs.isPresent($0) }
      if missing > 0 {
        notes.append("\(missing) of \(dataset.samples.count) samples lack \(modality)")
      }
    }
    for split in Dataset.Split.allCases
    where !dataset.samples.splits.contains(split) {
      notes.append("the \(split.rawValue) split is empty")
    }
    return notes
  }
}
