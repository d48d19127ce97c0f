import Foundation

/// The box around a `ModalityEncoder` type.
struct BoxedEncoder<Encoder: ModalityEncoder>: ErasedEncoder {
  let base: Encoder
  let configurationJSON: Data

  init(_ base: Encoder) throws(EncoderError) {
    self.base = base
    configurationJSON = try encodeJSON(base.configuration, of: Encoder.descriptor.identifier)
  }

  var descriptor: EncoderDescriptor { Encoder.descriptor }
  var corruptions: [CorruptionDescriptor] { Encoder.corruptions.map(\.descriptor) }

  func decode(_ raw: RawInput) throws(EncoderError) -> ErasedSignal {
    ErasedSignal(try base.decode(raw))
  }

  func preview(_ signal: ErasedSignal) throws(EncoderError) -> Preview {
    base.preview(try open(signal))
  }

  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  )
    throws(EncoderError) -> Corrupted<ErasedSignal>
  {
    try spoil(signal, Encoder.corruptions, kind: kind, severity: severity, seed: seed)
  }

  /// Applies the one of `offered` that is called `kind`.
  func spoil(
    _ signal: ErasedSignal, _ offered: [Corruption<Encoder.Signal>], kind: String,
    severity: Double, seed: UInt64
  ) throws(EncoderError) -> Corrupted<ErasedSignal> {
    guard let corruption = offered.first(where: { $0.descriptor.name == kind }) else {
      let known = corruptions.map(\.name).joined(separator: ", ")
      throw EncoderError(
        .unknownCorruption, "\(descriptor.modality) has no corruption \"\(kind)\"",
        hint: known.isEmpty ? "this encoder offers none" : "choose from: \(known)")
    }
    let result = corruption.apply(try open(signal), severity: severity, seed: seed)
    return Corrupted(signal: ErasedSignal(result.signal), realised: result.realised)
  }

  func memory(of signal: ErasedSignal) -> Int {
    (signal.value as? Encoder.Signal).map(base.memory) ?? 0
  }

  func fit(_ signals: any Sequence<ErasedSignal>) throws(EncoderError) -> any FittedEncoder {
    let typed = TypedSignals(signals, of: self)
    let state = Result { () throws(EncoderError) in try base.fit(typed) }
    // A sequence cannot throw: the foreign signal it ended at is the reason for whatever followed.
    if let failure = typed.failure { throw failure }
    return try BoxedFittedEncoder(box: self, state: try state.get())
  }

  func restore(state: Data) throws(EncoderError) -> any FittedEncoder {
    do {
      let decoded = try JSONDecoder().decode(Encoder.State.self, from: state)
      return try BoxedFittedEncoder(box: self, state: decoded)
    } catch {
      throw EncoderError(
        .badState, "the saved state of \(descriptor.identifier) cannot be read: \(error)",
        hint: "the model file is damaged or from another version; train again")
    }
  }

  func open(_ signal: ErasedSignal) throws(EncoderError) -> Encoder.Signal {
    guard let typed = signal.value as? Encoder.Signal else {
      throw EncoderError(
        .wrongInput,
        "\(descriptor.identifier) expected \(Encoder.Signal.self), found \(type(of: signal.value))",
        hint: "decode the raw input with the encoder that shall encode it")
    }
    return typed
  }
}

/// The signals of an encoder's own type; ends at one of another, which `failure` then names.
private final class TypedSignals<Encoder: ModalityEncoder>: Sequence, IteratorProtocol {
  private var signals: any IteratorProtocol<ErasedSignal>
  private let box: BoxedEncoder<Encoder>
  private(set) var failure: EncoderError?

  init(_ signals: any Sequence<ErasedSignal>, of box: BoxedEncoder<Encoder>) {
    self.signals = Self.iterator(signals)
    self.box = box
  }

  func next() -> Encoder.Signal? {
    guard failure == nil, let signal = signals.next() else { return nil }
    do throws(EncoderError) {
      return try box.open(signal)
    } catch {
      failure = error
      return nil
    }
  }

  private static func iterator(
    _ signals: some Sequence<ErasedSignal>
  ) -> any IteratorProtocol<ErasedSignal> {
    signals.makeIterator()
  }
}

struct BoxedFittedEncoder<Encoder: ModalityEncoder>: FittedEncoder {
  let box: BoxedEncoder<Encoder>
  let state: Encoder.State
  let schema: FeatureSchema
  let stateJSON: Data

  init(box: BoxedEncoder<Encoder>, state: Encoder.State) throws(EncoderError) {
    self.box = box
    self.state = state
    schema = box.base.schema(state)
    stateJSON = try encodeJSON(state, of: Encoder.descriptor.identifier)
  }

  var encoder: any ErasedEncoder { box }

  func encode(_ signal: ErasedSignal, into row: inout FeatureRow) throws(EncoderError) {
    try box.base.encode(try box.open(signal), state, into: &row)
  }

  func featureViews(_ signal: ErasedSignal) throws(EncoderError) -> [Preview] {
    try box.base.featureViews(try box.open(signal), state)
  }

  func warnings(_ signal: ErasedSignal) -> [String] {
    (signal.value as? Encoder.Signal).map { box.base.warnings($0, state) } ?? []
  }

  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  )
    throws(EncoderError) -> Corrupted<ErasedSignal>
  {
    try box.spoil(
      signal, Encoder.corruptions(fitted: state), kind: kind, severity: severity, seed: seed)
  }
}

private func encodeJSON(_ value: some Encodable, of encoder: String) throws(EncoderError) -> Data {
  let writer = JSONEncoder()
  writer.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  do {
    return try writer.encode(value)
  } catch {
    throw EncoderError(
      .badState, "\(encoder) holds a value JSON cannot write: \(error)",
      hint: "configuration and state must be finite numbers, text and lists of them")
  }
}
