import Foundation

/// A configured encoder whose types are hidden, so that one table can hold them all.
///
/// Built-in encoders, Swift plugins, C plugins and processes all reach the fusion core as this.
public protocol ErasedEncoder: Sendable {
  var descriptor: EncoderDescriptor { get }
  var corruptions: [CorruptionDescriptor] { get }
  /// The configuration as JSON with sorted keys: equal configurations give equal bytes.
  var configurationJSON: Data { get }

  func decode(_ raw: RawInput) throws(EncoderError) -> ErasedSignal
  func preview(_ signal: ErasedSignal) throws(EncoderError) -> Preview
  /// See `ModalityEncoder.memory(of:)`.
  func memory(of signal: ErasedSignal) -> Int
  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  )
    throws(EncoderError) -> Corrupted<ErasedSignal>
  /// Goes over the signals once, in their order.
  func fit(_ signals: any Sequence<ErasedSignal>) throws(EncoderError) -> any FittedEncoder
  /// The fitted encoder whose `stateJSON` was `state`.
  func restore(state: Data) throws(EncoderError) -> any FittedEncoder
}

/// An encoder together with what it learned.
public protocol FittedEncoder: Sendable {
  var encoder: any ErasedEncoder { get }
  var schema: FeatureSchema { get }
  /// The state as JSON, for the model file.
  var stateJSON: Data { get }

  func encode(_ signal: ErasedSignal, into row: inout FeatureRow) throws(EncoderError)
  /// See `ModalityEncoder.featureViews`.
  func featureViews(_ signal: ErasedSignal) throws(EncoderError) -> [Preview]
  /// See `ModalityEncoder.warnings`; empty for a signal of another encoder.
  func warnings(_ signal: ErasedSignal) -> [String]
  /// As the encoder's own `corrupt`, with sizes that may depend on what was learned.
  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  )
    throws(EncoderError) -> Corrupted<ErasedSignal>
}

extension ErasedEncoder {
  public func memory(of signal: ErasedSignal) -> Int { 1 << 16 }
}

extension FittedEncoder {
  public func featureViews(_ signal: ErasedSignal) throws(EncoderError) -> [Preview] { [] }

  public func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  )
    throws(EncoderError) -> Corrupted<ErasedSignal>
  {
    try encoder.corrupt(signal, kind: kind, severity: severity, seed: seed)
  }
}

/// A decoded signal whose type only its encoder knows.
public struct ErasedSignal: Sendable {
  public let value: any Sendable

  public init(_ value: any Sendable) { self.value = value }
}
