import Foundation

/// A descriptor as the JSON that plugins speak; see `eau_plugin.h`.
package struct DescriptorJSON: Codable, Sendable {
  struct Parameter: Codable, Sendable {
    let name: String
    let summary: String
    let unit: String?
    let kind: String
    let minimum: Double?
    let maximum: Double?
    let choices: [String]?
    let `default`: ConfigurationValue
  }

  struct Named: Codable, Sendable {
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

  package init(_ descriptor: EncoderDescriptor, _ corruptions: [CorruptionDescriptor]) {
    identifier = descriptor.identifier
    version = descriptor.version
    modality = descriptor.modality
    summary = descriptor.summary
    accepts = descriptor.accepts
    traits = descriptor.traits.map(\.rawValue).sorted()
    parameters = descriptor.parameters.map(Parameter.init)
    self.corruptions = corruptions.map { Named(name: $0.name, summary: $0.summary) }
  }

  package var corruptionDescriptors: [CorruptionDescriptor] {
    (corruptions ?? []).map { CorruptionDescriptor(name: $0.name, summary: $0.summary) }
  }

  /// - Throws: `PluginError` for what no encoder can be.
  package func descriptor(origin: PluginOrigin?) throws(PluginError) -> EncoderDescriptor {
    guard !identifier.isEmpty, version > 0, !modality.isEmpty else {
      throw PluginError.badDescriptor("identifier, version and modality must be given")
    }
    let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
    guard identifier.allSatisfy(letters.contains) else {
      throw PluginError.badDescriptor(
        "the identifier \"\(identifier)\" has other than lower-case letters, digits and hyphens")
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
      accepts: accepts, parameters: described, traits: found, origin: origin)
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
