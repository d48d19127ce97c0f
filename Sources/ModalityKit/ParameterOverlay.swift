import Foundation

/// `defaults` with the words a person typed (`size=32`, `idf=off` …) laid over them, each checked
/// against its descriptor.
///
/// - Parameters:
///   - descriptors: their names are the JSON keys of `Value`.
///   - owner: how messages call the thing configured: an encoder's identifier, `train`.
public func overlay<Value: Codable>(
  _ options: [(name: String, value: String)], on defaults: Value,
  describedBy descriptors: [ParameterDescriptor], owner: String
) throws(EncoderError) -> Value {
  try overlay(
    json: try parameterJSON(options, describedBy: descriptors, owner: owner), on: defaults,
    owner: owner)
}

/// The typed words as a JSON object.
func parameterJSON(
  _ options: [(name: String, value: String)], describedBy descriptors: [ParameterDescriptor],
  owner: String
) throws(EncoderError) -> Data {
  var fields: [String] = []
  for option in options {
    guard let parameter = descriptors.first(where: { $0.name == option.name }) else {
      let known = descriptors.map(\.name).joined(separator: ", ")
      throw EncoderError(
        .badParameter, "\(owner) has no parameter \"\(option.name)\"",
        hint: known.isEmpty ? "it has no parameters" : "choose from: \(known)")
    }
    fields.append("\"\(parameter.name)\":\(try parameter.json(for: option.value))")
  }
  return Data("{\(fields.joined(separator: ","))}".utf8)
}

/// `defaults` with the fields of a JSON object laid over them.
func overlay<Value: Codable>(
  json: Data, on defaults: Value, owner: String
) throws(EncoderError) -> Value {
  do {
    let base = try JSONSerialization.jsonObject(with: JSONEncoder().encode(defaults))
    let chosen = try JSONSerialization.jsonObject(with: json)
    guard var merged = base as? [String: Any], let fields = chosen as? [String: Any] else {
      return defaults
    }
    merged.merge(fields) { $1 }
    return try JSONDecoder().decode(
      Value.self, from: JSONSerialization.data(withJSONObject: merged))
  } catch {
    throw EncoderError(
      .badParameter, "the configuration of \(owner) cannot be read",
      hint: "expected a JSON object of its parameters: \(error)")
  }
}
