import Foundation

/// An encoder one can choose and configure: an entry of the registry.
public struct EncoderType: Sendable {
  public let descriptor: EncoderDescriptor
  public let corruptions: [CorruptionDescriptor]
  private let build: @Sendable (Data?) throws(EncoderError) -> any ErasedEncoder

  /// The door for types that conform to `ModalityEncoder`.
  public init<Encoder: ModalityEncoder>(_ type: Encoder.Type) {
    self.init(
      descriptor: Encoder.descriptor, corruptions: Encoder.corruptions.map(\.descriptor)
    ) { (json: Data?) throws(EncoderError) in
      var configuration = Encoder.defaultConfiguration
      if let json {
        configuration = try overlay(
          json: json, on: configuration, owner: Encoder.descriptor.identifier)
      }
      return try BoxedEncoder(Encoder(configuration: configuration))
    }
  }

  /// The door for encoders that are not Swift types: a C plugin, a process.
  /// `build` receives a JSON object with some or all of the parameters, or nil for the defaults.
  public init(
    descriptor: EncoderDescriptor, corruptions: [CorruptionDescriptor],
    build: @escaping @Sendable (Data?) throws(EncoderError) -> any ErasedEncoder
  ) {
    self.descriptor = descriptor
    self.corruptions = corruptions
    self.build = build
  }

  /// From a saved configuration (a JSON object); nil gives the defaults.
  public func make(configurationJSON: Data? = nil) throws(EncoderError) -> any ErasedEncoder {
    try build(configurationJSON)
  }

  /// From the words a person typed: `size=32`, `idf=off` … checked against the descriptor.
  public func make(
    options: [(name: String, value: String)]
  )
    throws(EncoderError) -> any ErasedEncoder
  {
    try make(
      configurationJSON: try parameterJSON(
        options, describedBy: descriptor.parameters, owner: descriptor.identifier))
  }
}
