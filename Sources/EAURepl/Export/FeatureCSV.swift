import ModalityKit

/// Features as CSV (RFC 4180): id, the label or the number, split, then a column a feature, called
/// `MODALITY:FEATURE`. Cells of a missing modality are empty.
struct FeatureCSV {
  let export: FeatureExport

  func write(to path: String) throws {
    try export.checkDense(.csv)
    let (dataset, modalities) = (export.dataset, export.modalities)
    let names = modalities.flatMap { m in
      export.names(m).map { "\(export.name(m)):\($0)" }
    }
    try AtomicFile.write(to: path) { file in
      let header = ["id", dataset.target ?? "label", "split"] + names
      try file.append(Self.line(header.map(Self.cell)).utf8)
      try export.forEachChunk(of: modalities) { samples, rows in
        for (place, index) in samples.enumerated() {
          let sample = dataset.samples[index]
          let answer =
            dataset.target == nil
            ? Self.cell(dataset.classes[sample.label]) : sample.value.map { "\($0)" } ?? ""
          var cells = [Self.cell(sample.id), answer, sample.split.rawValue]
          for (m, row) in zip(modalities, rows) {
            let features = export.features(m)
            cells +=
              row[place].map { $0.dense(count: features).map { "\($0)" } }
              ?? Array(repeating: "", count: features)
          }
          try file.append(Self.line(cells).utf8)
        }
      }
    }
  }

  private static func line(_ cells: [String]) -> String { cells.joined(separator: ",") + "\r\n" }

  static func cell(_ text: String) -> String {
    let isPlain = !text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
