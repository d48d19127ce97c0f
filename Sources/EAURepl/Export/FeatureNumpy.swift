import Fusion
import ModalityKit

/// Features as an array of NumPy (format 1.0, or 2.0 for a long header): a record a sample with the
/// fields `id`, `label` (or `value`), `split` and one of Floats a modality, so that
/// `numpy.load(FILE)["image"]` is a matrix [N, features]. Rows of a missing modality are NaN.
struct FeatureNumpy {
  let export: FeatureExport

  func write(to path: String) throws {
    try export.checkDense(.npy)
    let dataset = export.dataset
    let identifiers = TextField("id", export.identifiers)
    let labels = dataset.target == nil ? TextField("label", dataset.classes) : nil
    let splits = TextField("split", Dataset.Split.allCases.map(\.rawValue))
    var fields = [
      identifiers.descriptor, labels?.descriptor ?? "('value', '<f8')", splits.descriptor,
    ]
    for m in export.modalities {
      fields.append("(\(Self.literal(export.name(m))), '<f4', (\(export.features(m)),))")
    }
    try AtomicFile.write(to: path) { file in
      try file.append(Self.header(fields, count: export.count))
      try export.forEachChunk(of: export.modalities) { samples, rows in
        for (place, index) in samples.enumerated() {
          let sample = dataset.samples[index]
          try file.append(numbers: identifiers.units(sample.id))
          if let labels {
            try file.append(numbers: labels.units(dataset.classes[sample.label]))
          } else {
            try file.append(numbers: [sample.value ?? .nan])
          }
          try file.append(numbers: splits.units(sample.split.rawValue))
          for (m, row) in zip(export.modalities, rows) {
            try file.append(numbers: row[place].dense(count: export.features(m)))
          }
        }
      }
    }
  }

  /// `\x93NUMPY`, the version, the header's length, and the header, padded to a multiple of 64.
  static func header(_ fields: [String], count: Int) -> [UInt8] {
    let dictionary =
      "{'descr': [\(fields.joined(separator: ", "))], 'fortran_order': False, 'shape': (\(count),), }"
    let isLong = dictionary.utf8.count > 65_000
    let start = isLong ? 12 : 10
    let padding = (64 - (start + dictionary.utf8.count + 1) % 64) % 64
    let text = Array(dictionary.utf8) + Array(repeating: 0x20, count: padding) + [0x0A]
    let length = (0..<(isLong ? 4 : 2)).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return [0x93] + Array("NUMPY".utf8) + [isLong ? 2 : 1, 0] + length + text
  }

  /// A Python string in ASCII.
  static func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "'", "\\": "\\\(scalar)"
      case " "..."~": String(scalar)
      default: "\\U" + String(repeating: "0", count: 8 - hex(scalar).count) + hex(scalar)
      }
    }
    return "'\(escaped.joined())'"
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    String(scalar.value, radix: 16)
  }
}

/// A field of text of a fixed length: UTF-32, padded with zeros.
private struct TextField {
  let name: String
  let length: Int

  init(_ name: String, _ values: [String]) {
    self.name = name
    length = values.map(\.unicodeScalars.count).max() ?? 1
  }

  var descriptor: String { "('\(name)', '<U\(max(1, length))')" }

  func units(_ text: String) -> [UInt32] {
    let scalars = text.unicodeScalars.prefix(max(1, length)).map(\.value)
    return scalars + Array(repeating: 0, count: max(1, length) - scalars.count)
  }
}

extension FeatureRow? {
  /// Not a number where there is no row.
  func dense(count: Int) -> [Float] {
    self?.dense(count: count) ?? Array(repeating: .nan, count: count)
  }
}
