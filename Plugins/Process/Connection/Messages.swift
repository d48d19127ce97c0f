import ModalityKit

/// The number a plugin must name in its first answer; raised when old plugins can no longer be
/// talked to. Plugins/Process/PROTOCOL.md is the protocol's description.
let protocolVersion = 1

/// What the toolkit asks: one line of JSON. `bytes` bytes may follow it.
struct Request: Codable, Sendable {
  enum Verb: String, Codable, Sendable {
    case hello, create, destroy, decode, release, fit, learn, fitted, names, encode, corrupt
    case preview, warnings
  }

  let verb: Verb
  var version: Int?
  /// Names the toolkit gives: numbers that are never used twice in a process.
  var encoder: Int?
  var signal: Int?
  var into: Int?
  var configuration: [String: ConfigurationValue]?
  /// `decode`: what the payload is, and how messages call it.
  var kind: InputKind?
  var name: String?
  /// `corrupt`: the seed is a decimal text, since JSON's numbers lose digits beyond 2⁵³.
  var corruption: String?
  var severity: Double?
  var seed: String?
  /// `release`: signals that are no longer needed.
  var signals: [Int]?
  var bytes: Int?

  init(_ verb: Verb) { self.verb = verb }

  enum InputKind: String, Codable, Sendable { case file, bytes, text, numbers }

  private enum CodingKeys: String, CodingKey {
    case verb = "do"
    case version = "protocol"
    case encoder, signal, into, configuration, kind, name, corruption, severity, seed, signals
    case bytes
  }
}

/// What a plugin answers: one line of JSON, exactly one a request. `bytes` bytes may follow it.
struct Answer: Codable, Sendable {
  struct Failure: Codable, Sendable {
    let kind: String?
    let message: String
    let hint: String?
  }

  var error: Failure?
  var version: Int?
  var descriptor: DescriptorJSON?
  var functions: [String]?
  /// `decode`: about how many bytes the signal holds.
  var memory: Int?
  /// `encode`: how many features are in the row, or in a sparse one, are given.
  var count: Int?
  var sparse: Bool?
  /// `corrupt`.
  var amount: Double?
  var text: String?
  var preview: PreviewLine?
  var warnings: [String]?
  var bytes: Int?

  private enum CodingKeys: String, CodingKey {
    case version = "protocol"
    case error, descriptor, functions, memory, count, sparse, amount, text, preview, warnings, bytes
  }
}

/// A message with what follows it.
struct Framed<Line: Sendable>: Sendable {
  var line: Line
  var payload: [UInt8] = []
}

extension EncoderError {
  init(_ failure: Answer.Failure, of plugin: String) {
    self.init(
      failure.kind.flatMap(Kind.init(rawValue:)) ?? .encodingFailed,
      failure.message.hasPrefix("\(plugin):")
        ? failure.message : "\(plugin): \(failure.message)",
      hint: failure.hint.flatMap { $0.isEmpty ? nil : $0 } ?? "this comes from the plugin")
  }

  var failure: Answer.Failure {
    Answer.Failure(kind: code, message: message, hint: hint)
  }
}
