import Foundation

extension [ParameterDescriptor] {
  /// Holds a configuration to the ranges its descriptor states, wherever it came from: typed
  /// words are checked as they are read, but a model file's JSON is not.
  ///
  /// - Throws: `badParameter` naming the first parameter out of range.
  public func check(_ configuration: some Encodable, of encoder: String) throws(EncoderError) {
    let fields: [String: Any]
    do {
      let json = try JSONEncoder().encode(configuration)
      fields = try JSONSerialization.jsonObject(with: json) as? [String: Any] ?? [:]
    } catch {
      throw EncoderError(
        .badParameter, "the configuration of \(encoder) holds a value that is not finite",
        hint: "leave the parameter out to have its default")
    }
    for parameter in self {
      let value = fields[parameter.name]
      let isValid =
        switch parameter.kind {
        case .integer(let range, _): (value as? Int).map(range.contains) ?? false
        case .real(let range, _): (value as? Double).map(range.contains) ?? false
        case .choice(let choices, _): (value as? String).map(choices.contains) ?? false
        case .flag: value is Bool
        }
      guard isValid else {
        throw EncoderError(
          .badParameter,
          "\(parameter.name) of \(encoder) expects \(parameter.expectation), "
            + "found \(value.map { "\($0)" } ?? "nothing")",
          hint: "the default is \(parameter.defaultText): \(parameter.summary)")
      }
    }
  }
}
