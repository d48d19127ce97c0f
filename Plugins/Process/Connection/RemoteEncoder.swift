import Foundation
import ModalityKit

/// A plugin's encoder behind the door all encoders enter by.
struct RemoteEncoder: ErasedEncoder {
  let instance: RemoteInstance
  let described: RemoteDescription
  let configurationJSON: Data

  init(
    _ connection: PluginConnection, _ described: RemoteDescription, configuration: Data
  ) throws(EncoderError) {
    self.described = described
    configurationJSON = configuration
    guard
      let values = try? JSONDecoder().decode(
        [String: ConfigurationValue].self, from: configuration)
    else {
      throw EncoderError(
        .badParameter, "the configuration of \(connection.name) cannot be read",
        hint: "expected its parameters by name")
    }
    instance = RemoteInstance(connection, values, state: nil)
    try instance.perform { _ throws(EncoderError) in }
  }

  var descriptor: EncoderDescriptor { described.descriptor }
  var corruptions: [CorruptionDescriptor] { described.corruptions }

  func decode(_ raw: RawInput) throws(EncoderError) -> ErasedSignal {
    ErasedSignal(try RemoteSignal(instance, .decoded(raw)))
  }

  func memory(of signal: ErasedSignal) -> Int {
    (signal.value as? RemoteSignal)?.memory ?? 1 << 16
  }

  func preview(_ signal: ErasedSignal) throws(EncoderError) -> Preview {
    let signal = try instance.open(signal)
    guard described.functions.contains("preview") else {
      return Preview(.tokens([]), caption: "no preview")
    }
    let answer = try instance.ask(.preview, signal)
    guard let preview = answer.line.preview?.preview(answer.payload) else {
      throw instance.fault("gave a preview whose bytes do not fit its line")
    }
    return preview
  }

  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  ) throws(EncoderError) -> Corrupted<ErasedSignal> {
    try instance.corrupt(
      signal, Damage(kind: kind, severity: severity, seed: seed), among: corruptions)
  }

  func fit(_ signals: any Sequence<ErasedSignal>) throws(EncoderError) -> any FittedEncoder {
    try RemoteFitted(self, state: try instance.fit(Self.iterator(signals)))
  }

  func restore(state: Data) throws(EncoderError) -> any FittedEncoder {
    guard (try? JSONSerialization.jsonObject(with: state, options: .fragmentsAllowed)) != nil else {
      throw EncoderError(
        .badState, "the saved state of \(descriptor.identifier) cannot be read",
        hint: "the model file is damaged or from another version; train again")
    }
    return try RemoteFitted(self, state: state)
  }

  private static func iterator(
    _ signals: some Sequence<ErasedSignal>
  ) -> any IteratorProtocol<ErasedSignal> {
    signals.makeIterator()
  }
}

/// An encoder that was created from its state.
struct RemoteFitted: FittedEncoder {
  let base: RemoteEncoder
  let schema: FeatureSchema
  let stateJSON: Data
  private let instance: RemoteInstance

  init(_ base: RemoteEncoder, state: Data) throws(EncoderError) {
    self.base = base
    stateJSON = state
    instance = RemoteInstance(base.instance.connection, base.instance.configuration, state: state)
    let names = try instance.ask(.names).payload
    schema = try FeatureSchema(lines: names, of: base.descriptor.identifier)
  }

  var encoder: any ErasedEncoder { base }

  func encode(_ signal: ErasedSignal, into row: inout FeatureRow) throws(EncoderError) {
    let answer = try instance.ask(.encode, try instance.open(signal))
    let isSparse = base.descriptor.traits.contains(.sparse)
    let count = answer.line.count ?? -1
    guard (answer.line.sparse ?? false) == isSparse, (0...schema.count).contains(count),
      isSparse || count == schema.count, answer.payload.count == count * (isSparse ? 8 : 4)
    else {
      throw instance.fault(
        "gave \(count) numbers in \(answer.payload.count) bytes for \(schema.count) features")
    }
    if isSparse {
      row.startSparse()
      row.indices = numbers(in: answer.payload[..<(4 * count)])
      row.values = numbers(in: answer.payload[(4 * count)...])
    } else {
      row.startDense(capacity: count)
      answer.payload.withUnsafeBytes { bytes in
        for place in 0..<count {
          row.append(bytes.loadUnaligned(fromByteOffset: 4 * place, as: Float.self))
        }
      }
    }
  }

  func warnings(_ signal: ErasedSignal) -> [String] {
    guard base.described.functions.contains("warnings"),
      let signal = try? instance.open(signal)
    else { return [] }
    return (try? instance.ask(.warnings, signal).line.warnings) ?? []
  }

  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  ) throws(EncoderError) -> Corrupted<ErasedSignal> {
    try instance.corrupt(
      signal, Damage(kind: kind, severity: severity, seed: seed), among: base.corruptions)
  }
}
