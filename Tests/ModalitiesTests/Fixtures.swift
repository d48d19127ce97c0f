import Foundation
import Modalities
import ModalityKit

/// The files in Tests/Fixtures/modalities; `make_fixtures.py` there writes them, and
/// `make_text_options.py` those of texts.
enum Fixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/modalities")

  static func path(_ name: String) -> String { folder.appending(path: name).path() }

  static func file(_ name: String) -> RawInput { .file(path: path(name)) }

  static func data(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: name))
  }

  static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try data(name)) }

  static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: data(name))
  }
}

extension ModalityEncoder {
  /// The encoder with some options typed as a user would.
  static func configured(_ options: KeyValuePairs<String, String> = [:]) throws -> Self {
    try configured(options.map { ($0.key, $0.value) })
  }

  /// The encoder with options like "size=32".
  static func typed(_ options: [String]) throws -> Self {
    try configured(
      options.map { option in
        let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts[0], parts.count > 1 ? parts[1] : "")
      })
  }

  private static func configured(_ options: [(name: String, value: String)]) throws -> Self {
    try Self(
      configuration: overlay(
        options, on: defaultConfiguration, describedBy: descriptor.parameters,
        owner: descriptor.identifier))
  }
}

/// The kind of the encoder error that `body` throws, or nil.
func errorKind(_ body: () throws -> Void) -> EncoderError.Kind? {
  do {
    try body()
    return nil
  } catch let error as EncoderError {
    return error.kind
  } catch {
    return nil
  }
}

/// Largest |left − right| / max(1, |right|); infinity when the counts differ.
func relativeDifference(_ left: [Double], _ right: [Double]) -> Double {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).reduce(0) { max($0, abs($1.0 - $1.1) / max(1, abs($1.1))) }
}
