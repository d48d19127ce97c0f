import Autograd
import Foundation
import ModalityKit

/// The metadata of a model file, as one JSON text under the key `eau`.
private struct ModelHeader: Codable {
  struct Modality: Codable {
    let name: String
    let encoder: String
    let version: Int
    /// The plugin's file, without its folder; nil for an encoder of the program.
    let plugin: String?
    let configuration: String
    let state: String
    let scaling: FeatureScaling
  }

  let formatVersion: Int
  let architecture: Architecture
  let options: TrainingOptions
  let classes: [String]
  /// nil for classification.
  let regression: RegressionTarget?
  let dataset: String
  let modalities: [Modality]

  /// Columns of the network's output; nil when task, classes and regression contradict each other.
  var outputs: Int? {
    switch architecture.task {
    case .classification: regression == nil ? classes.count : nil
    case .regression: regression != nil && classes.isEmpty ? 1 : nil
    }
  }
}

/// Read before all else, so that a file of another version is called that and not damaged.
private struct ModelVersion: Codable {
  let formatVersion: Int
}

extension TrainedModel {
  /// 2: a task in the architecture, and regression.
  static let formatVersion = 2

  /// The model as a safetensors file: a tensor a parameter, everything else in the metadata.
  public func encoded() throws -> [UInt8] {
    let header = ModelHeader(
      formatVersion: Self.formatVersion, architecture: model.architecture, options: options,
      classes: classes, regression: regression, dataset: dataset,
      modalities: pipelines.map {
        ModelHeader.Modality(
          name: $0.name, encoder: $0.encoder.descriptor.identifier,
          version: $0.encoder.descriptor.version, plugin: $0.encoder.descriptor.origin?.file,
          configuration: String(decoding: $0.encoder.configurationJSON, as: UTF8.self),
          state: String(decoding: $0.fitted.stateJSON, as: UTF8.self), scaling: $0.scaling)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try SafeTensors(
      tensors: (model.parameters + model.references).map { name, variable in
        let matrix = variable.matrix
        return (name, .float(shape: [matrix.rows, matrix.columns], values: matrix.values))
      },
      metadata: [
        "format": "eau", "eau": String(decoding: try encoder.encode(header), as: UTF8.self),
      ]
    ).encoded()
  }

  /// Reads what `encoded` wrote. The bytes are treated as hostile.
  ///
  /// - Parameter core: where the encoders come from.
  /// - Throws: `FusionError` that says what is missing or damaged.
  public init(decoding bytes: [UInt8], core: FusionCore) throws {
    let file: SafeTensors
    do {
      file = try SafeTensors(decoding: bytes)
    } catch {
      throw FusionError.modelFile("not a safetensors file (\(error))")
    }
    guard let text = file.metadata["eau"] else {
      throw FusionError.modelFile("the file holds no `eau` metadata")
    }
    let header: ModelHeader
    do {
      let json = Data(text.utf8)
      let version = try JSONDecoder().decode(ModelVersion.self, from: json).formatVersion
      guard version == Self.formatVersion else {
        throw FusionError.modelFile(
          "format version \(version), this program reads \(Self.formatVersion)")
      }
      header = try JSONDecoder().decode(ModelHeader.self, from: json)
    } catch let error as FusionError {
      throw error
    } catch {
      throw FusionError.modelFile("the metadata cannot be read: \(error)")
    }
    try header.architecture.check(parametersIn: file)
    try Self.checkEncoders(header.modalities, core)
    let pipelines = try header.modalities.map { try Self.pipeline($0, core: core) }
    guard
      pipelines.map(\.input) == header.architecture.inputs,
      header.outputs == header.architecture.classes,
      header.regression?.isSound ?? true
    else { throw FusionError.modelFile("the encoders and the network do not fit together") }
    let model = EAUModel<Float>(header.architecture, seed: 0)
    for (name, variable) in model.parameters + model.references {
      guard
        case .float([variable.rows, variable.columns], let values)? = file[name],
        values.allSatisfy(\.isFinite)
      else { throw FusionError.modelFile("tensor \(name) is missing or malformed") }
      variable.write(
        Matrix(rows: variable.rows, columns: variable.columns, values: values))
    }
    self.init(
      model: model, pipelines: pipelines, classes: header.classes, options: header.options,
      dataset: header.dataset, regression: header.regression)
  }

  /// Names every encoder that is missing, and the plugins they came from.
  private static func checkEncoders(
    _ modalities: [ModelHeader.Modality], _ core: FusionCore
  ) throws(FusionError) {
    let missing = modalities.filter { core.encoderType(identifier: $0.encoder) == nil }
    guard missing.isEmpty else {
      let names = missing.map { saved in
        let plugin = saved.plugin.map { " of the plugin \($0)" } ?? ""
        return "\(saved.encoder) \(saved.version)\(plugin) for \(saved.name)"
      }
      var plugins: [String] = []
      for plugin in missing.compactMap(\.plugin) where !plugins.contains(plugin) {
        plugins.append(plugin)
      }
      let loads = plugins.map { "`plugin load PATH/\($0)`" }.joined(separator: ", ")
      throw FusionError(
        "missing-encoder", "the model needs the encoder \(names.joined(separator: ", "))",
        hint: loads.isEmpty ? "load the plugin that provides it first" : "\(loads) first")
    }
  }

  private static func pipeline(
    _ saved: ModelHeader.Modality, core: FusionCore
  ) throws -> ModalityPipeline {
    guard let type = core.encoderType(identifier: saved.encoder) else {
      throw FusionError.modelFile("the encoder \(saved.encoder) is missing")
    }
    guard type.descriptor.version == saved.version else {
      let place = type.descriptor.origin.map { " in \($0.file)" } ?? ""
      throw FusionError(
        "encoder-version",
        "the model needs \(saved.encoder) version \(saved.version), found "
          + "\(type.descriptor.version)\(place)",
        hint: "train again, or use the matching version")
    }
    let encoder = try type.make(configurationJSON: Data(saved.configuration.utf8))
    let fitted = try encoder.restore(state: Data(saved.state.utf8))
    try saved.scaling.check(features: fitted.schema.count)
    return ModalityPipeline(name: saved.name, fitted: fitted, scaling: saved.scaling)
  }
}

extension Architecture {
  /// Refuses extents that do not match the file before memory for them is asked for.
  fileprivate func check(parametersIn file: SafeTensors) throws {
    func expect(_ name: String, _ shape: [Int]) throws {
      guard file[name]?.shape == shape else {
        throw FusionError.modelFile(
          "tensor \(name): expected shape \(shape), found "
            + (file[name].map { "\($0.shape)" } ?? "nothing"))
      }
    }
    guard !inputs.isEmpty, Set(inputs.map(\.name)).count == inputs.count,
      logvarRange.low < logvarRange.high, sharpness.isFinite, rule.accepts(modalities: inputs.count)
    else { throw FusionError.modelFile("the architecture is malformed") }
    for input in inputs {
      try expect("\(input.name).extractor.weight", [input.features, hidden])
      try expect("\(input.name).mu.weight", [hidden, latent])
    }
    try expect("bottleneck.mu.weight", [latent, bottleneck])
    try expect("classifier.weight", [bottleneck, classes])
  }
}

extension FeatureScaling {
  fileprivate func check(features: Int) throws {
    switch self {
    case .factor(let factor):
      guard factor.isFinite else { throw FusionError.modelFile("the scaling is not finite") }
    case .standard(let mean, let deviation):
      guard mean.count == features, deviation.count == features,
        (mean + deviation).allSatisfy(\.isFinite), deviation.allSatisfy({ $0 > 0 })
      else { throw FusionError.modelFile("the scaling does not fit the features") }
    }
  }
}
