import ModalityKit

/// The registry: the one door by which encoders enter, and the way from a data set of raw inputs to
/// feature rows.
public struct FusionCore: Sendable {
  /// In order of registration.
  public private(set) var encoderTypes: [EncoderType] = []

  public init() {}

  /// Registers a Swift type. The first encoder registered for a modality is its default.
  public mutating func register<Encoder: ModalityEncoder>(_ type: Encoder.Type) {
    register(EncoderType(type))
  }

  /// Registers any encoder; one of the same identifier is replaced.
  public mutating func register(_ type: EncoderType) {
    if let index = encoderTypes.firstIndex(where: {
      $0.descriptor.identifier == type.descriptor.identifier
    }) {
      encoderTypes[index] = type
    } else {
      encoderTypes.append(type)
    }
  }

  public func encoderType(identifier: String) -> EncoderType? {
    encoderTypes.first { $0.descriptor.identifier == identifier }
  }

  /// The default encoder of a modality: the first one registered for it.
  public func defaultEncoder(for modality: String) throws -> any ErasedEncoder {
    guard let type = encoderTypes.first(where: { $0.descriptor.modality == modality }) else {
      var known: [String] = []
      for type in encoderTypes where !known.contains(type.descriptor.modality) {
        known.append(type.descriptor.modality)
      }
      throw FusionError.noEncoder(modality: modality, known: known)
    }
    return try type.make()
  }

  /// The modality of the encoders that read rows of tables, whatever a table is called.
  private static let tables = "table"

  /// The default encoder of a modality that a data set has: the first one registered for it, else,
  /// if its first input that is there holds numbers, the first one that takes plain numbers, or if it
  /// is a row of a table, the first one registered for the modality `table`.
  ///
  /// - Parameter inputs: the modality's raw inputs, nil where missing.
  public func defaultEncoder(
    for modality: String, reading inputs: some Sequence<RawInput?>
  ) throws -> any ErasedEncoder {
    let isServed = encoderTypes.contains { $0.descriptor.modality == modality }
    if !isServed, let input = inputs.lazy.compactMap({ $0 }).first, input.holdsNumbers,
      let type = encoderTypes.first(where: { $0.descriptor.traits.contains(.numeric) })
    {
      return try type.make()
    }
    guard !isServed, let input = inputs.lazy.compactMap({ $0 }).first, input.holdsRecord else {
      return try defaultEncoder(for: modality)
    }
    guard encoderTypes.contains(where: { $0.descriptor.modality == Self.tables }) else {
      throw FusionError.noTableEncoder(modality: modality)
    }
    return try defaultEncoder(for: Self.tables)
  }
}
