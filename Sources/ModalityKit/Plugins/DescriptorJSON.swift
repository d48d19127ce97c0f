import Foundation

/// A descriptor as the JSON that plugins speak; see `eau_plugin.h`.
struct DescriptorJSON: Codable {
  struct Parameter: Codable {
    let name: String
    let summary: String
    let unit: String?
    let kind: String
    let minimum: Double?
    let maximum: Double?
    let choices: [String]?
    let `default`: Value

    enum Value: Codable {
      case number(Double)
      case flag(Bool)
      case word(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
          self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
          self = .number(number)
        } else {
          self = .word(try container.decode(String.self))
        }
      }

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let value): try container.encode(value)
        case .flag(let value): try container.encode(value)
        case .word(let value): try container.encode(value)
        }
      }
    }
  }

  struct Named: Codable {
    let name: String
    let summary: String
  }

  let identifier: String
  let version: Int
  let modality: String
  let summary: String
  let accepts: String
  let traits: [String]?
  let parameters: [Parameter]?
  let corruptions: [Named]?

  init(_ descriptor: EncoderDescriptor, _ corruptions: [CorruptionDescriptor]) {
    identifier = descriptor.identifier
    version = descriptor.version
    modality = descriptor.modality
    summary = descriptor.summary
    accepts = descriptor.accepts
    traits = descriptor.traits.map(\.rawValue).sorted()
    parameters = descriptor.parameters.map(Parameter.init)
    self.corruptions = corruptions.map { Named(name: $0.name, summary: $0.summary) }
  }

  var corruptionDescriptors: [CorruptionDescriptor] {
    (corruptions ?? []).map { CorruptionDescriptor(name: $0.name, summary: $0.summary) }
  }

  /// - Throws: `PluginError` for what no encoder can be.
  func descriptor() throws(PluginError) -> EncoderDescriptor {
    guard !identifier.isEmpty, version > 0, !modality.isEmpty else {
      throw PluginError.badDescriptor("identifier, version and modality must be given")
    }
    var found: Set<EncoderDescriptor.Trait> = []
    for name in traits ?? [] {
      guard let trait = EncoderDescriptor.Trait(rawValue: name) else {
        throw PluginError.badDescriptor("there is no trait \"\(name)\"")
      }
      found.insert(trait)
    }
    var described: [ParameterDescriptor] = []
    for parameter in parameters ?? [] { described.append(try parameter.descriptor()) }
    return EncoderDescriptor(
      identifier: identifier, version: version, modality: modality, summary: summary,
      accepts: accepts, parameters: described, traits: found)
  }
}

extension DescriptorJSON.Parameter {
  init(_ descriptor: ParameterDescriptor) {
    name = descriptor.name
    summary = descriptor.summary
    unit = descriptor.unit
    switch descriptor.kind {
    case .integer(let range, let value):
      kind = "integer"
      (minimum, maximum) = (Double(range.lowerBound), Double(range.upperBound))
      choices = nil
      `default` = .number(Double(value))
    case .real(let range, let value):
      kind = "real"
      (minimum, maximum) = (range.lowerBound, range.upperBound)
      choices = nil
      `default` = .number(value)
    case .choice(let words, let value):
      kind = "choice"
      (minimum, maximum) = (nil, nil)
      choices = words
      `default` = .word(value)
    case .flag(let value):
      kind = "flag"
      (minimum, maximum, choices) = (nil, nil, nil)
      `default` = .flag(value)
    }
  }

  func descriptor() throws(PluginError) -> ParameterDescriptor {
    ParameterDescriptor(name, try descriptorKind(), unit: unit, summary)
  }

  private func descriptorKind() throws(PluginError) -> ParameterDescriptor.Kind {
    switch (kind, `default`) {
    case ("integer", .number(let value)):
      if let minimum, let maximum, let low = Int(exactly: minimum),
        let high = Int(exactly: maximum),
        let value = Int(exactly: value), low <= value, value <= high
      {
        return .integer(low...high, default: value)
      }
    case ("real", .number(let value)):
      if let minimum, let maximum, minimum <= value, value <= maximum {
        return .real(minimum...maximum, default: value)
      }
    case ("choice", .word(let value)):
      if let choices, choices.contains(value) { return .choice(choices, default: value) }
    case ("flag", .flag(let value)): return .flag(default: value)
    default: break
    }
    throw PluginError.badDescriptor(
      "parameter \(name): expected kind integer or real with minimum, maximum and a default between "
        + "them, choice with choices and one of them, or flag with true or false")
  }
}
