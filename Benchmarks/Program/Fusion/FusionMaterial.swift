import Foundation
import Fusion
import ModalityKit

/// What `fusion_material.py` wrote: rows, labels, first parameters and the noise of the check.
struct FusionMaterial {
  let shape: FusionShape
  /// Little-endian numbers, a row after the other.
  private let values: [[Float]]
  let labels: [Int]
  /// In the order and layout of the model's parameters.
  let parameters: [Float]
  let noise: [Float]

  init(_ folder: String) throws {
    let folder = URL(filePath: folder)
    func numbers<Number>(_ name: String, as type: Number.Type) throws -> [Number] {
      try Data(contentsOf: folder.appending(path: name)).withUnsafeBytes {
        Array($0.bindMemory(to: type))
      }
    }
    shape = try JSONDecoder().decode(
      FusionShape.self, from: Data(contentsOf: folder.appending(path: "shape.json")))
    values = try shape.features.indices.map { try numbers("rows\($0).f32", as: Float.self) }
    labels = try numbers("labels.i32", as: Int32.self).map(Int.init)
    parameters = try numbers("parameters.f32", as: Float.self)
    noise = try numbers("noise.f32", as: Float.self)
  }

  func inputs(sparseText: Bool) -> [Architecture.Input] {
    shape.features.enumerated().map { m, count in
      Architecture.Input(name: "m\(m)", features: count, sparse: m == 0 && sparseText)
    }
  }

  /// The rows of a range, a table a modality.
  func tables(_ range: Range<Int>, sparseText: Bool) -> [FeatureTable] {
    inputs(sparseText: sparseText).enumerated().map { m, input in
      let rows = range.map { row in
        featureRow(
          values[m][row * input.features..<(row + 1) * input.features], sparse: input.sparse)
      }
      return FeatureTable(rows, features: input.features, sparse: input.sparse)
    }
  }

  private func featureRow(_ values: ArraySlice<Float>, sparse: Bool) -> FeatureRow {
    var row = FeatureRow()
    if sparse {
      row.startSparse()
      for (column, value) in values.enumerated() where value != 0 { row.append(value, at: column) }
    } else {
      row.values = Array(values)
    }
    return row
  }

  /// A model with the material's parameters.
  func model(sparseText: Bool) -> EAUModel<Float> {
    let model = EAUModel<Float>(
      Architecture(
        inputs: inputs(sparseText: sparseText), classes: shape.classes, hidden: shape.hidden,
        latent: shape.latent, bottleneck: shape.bottleneck),
      seed: 1)
    var rest = parameters[...]
    for (_, variable) in model.parameters { fill(variable, from: &rest) }
    return model
  }
}
