import Foundation

/// A value of a configuration, as it stands in JSON.
package enum ConfigurationValue: Codable, Sendable {
  case number(Double)
  case flag(Bool)
  case word(String)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .word(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    // A whole number is written as one: plugins in C may look for it by scanf.
    case .number(let value):
      if let whole = Int(exactly: value) {
        try container.encode(whole)
      } else {
        try container.encode(value)
      }
    case .flag(let value): try container.encode(value)
    case .word(let value): try container.encode(value)
    }
  }
}

extension EncoderDescriptor {
  /// A configuration with every parameter, the given ones in place of the defaults, keys sorted.
  ///
  /// - Parameter json: an object with some or all of the parameters; nil for the defaults.
  package func configuration(_ json: Data?) throws(EncoderError) -> Data {
    var given: [String: ConfigurationValue] = [:]
    if let json {
      guard let object = try? JSONDecoder().decode([String: ConfigurationValue].self, from: json)
      else {
        throw EncoderError(
          .badParameter, "the configuration of \(identifier) is no JSON object of its parameters",
          hint: "expected numbers, true, false and words by name")
      }
      given = object
    }
    var words = parameters.map { parameter in
      (parameter.name, given[parameter.name].map(parameter.word) ?? parameter.defaultText)
    }
    // Refused by name in what follows.
    let known = Set(parameters.map(\.name))
    words += given.keys.sorted().filter { !known.contains($0) }.map { ($0, "") }
    return try parameterJSON(
      words.sorted { $0.0 < $1.0 }, describedBy: parameters, owner: identifier)
  }
}

extension ParameterDescriptor {
  /// A JSON value as a person would type it.
  fileprivate func word(for value: ConfigurationValue) -> String {
    switch value {
    case .flag(let isOn): isOn ? "on" : "off"
    case .word(let word): word
    case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
    }
  }
}
