import Foundation
import ModalityKit

/// What rows must have in common to be interchangeable: the encoder, its version and configuration,
/// and what it learned, if it learns.
public struct FeatureSpace: Sendable {
  /// The line a shelf begins with, for people and for `info`.
  struct Label: Codable, Equatable {
    let format: Int
    let encoder: String
    let version: Int
    let configuration: String
    let features: Int
    /// Of what the encoder learned; empty for one that learns nothing.
    let state: String
    /// Whatever else made the rows: the program, and the plugin the encoder is from.
    let origin: String
  }

  let label: Label

  public init(_ fitted: any FittedEncoder, origin: String) {
    let descriptor = fitted.encoder.descriptor
    label = Label(
      format: 1, encoder: descriptor.identifier, version: descriptor.version,
      configuration: String(decoding: fitted.encoder.configurationJSON, as: UTF8.self),
      features: fitted.schema.count,
      state: descriptor.traits.contains(.stateless)
        ? "" : ContentDigest(of: fitted.stateJSON).text,
      origin: descriptor.origin.map { "\(origin) \($0.file) \($0.identity)" } ?? origin)
  }

  /// The first bytes of a shelf: the label as one line of JSON, and an end mark.
  func header() -> [UInt8] {
    let writer = JSONEncoder()
    writer.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let line = (try? writer.encode(label)) ?? Data()
    return [UInt8](line) + [UInt8(ascii: "\n"), 0]
  }

  /// Reads a header back; nil for anything else.
  static func label(of header: [UInt8]) -> Label? {
    guard let end = header.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return try? JSONDecoder().decode(Label.self, from: Data(header[..<end]))
  }
}
