import Foundation
import PluginABI

/// A plugin's encoder behind the door all encoders enter by.
struct ForeignEncoder: ErasedEncoder {
  let instance: ForeignInstance

  init(_ instance: ForeignInstance) { self.instance = instance }

  private var plugin: ForeignPlugin { instance.plugin }
  var descriptor: EncoderDescriptor { plugin.descriptor }
  var corruptions: [CorruptionDescriptor] { plugin.corruptions }
  var configurationJSON: Data { instance.configuration }

  func decode(_ raw: RawInput) throws(EncoderError) -> ErasedSignal {
    ErasedSignal(try instance.decode(raw))
  }

  func preview(_ signal: ErasedSignal) throws(EncoderError) -> Preview {
    let signal = try instance.open(signal)
    guard let preview = plugin.functions.preview else {
      return Preview(.tokens([]), caption: "no preview")
    }
    let canvas = PreviewCanvas()
    try plugin.call(.encodingFailed) { _, table, error in
      canvas.withCanvas { preview(table, instance.encoder, signal.pointer, $0, error) }
    }
    return canvas.preview
  }

  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  ) throws(EncoderError) -> Corrupted<ErasedSignal> {
    try instance.corrupt(signal, kind: kind, severity: severity, seed: seed)
  }

  func fit(_ signals: any Sequence<ErasedSignal>) throws(EncoderError) -> any FittedEncoder {
    guard let fit = plugin.functions.fit else {
      return try ForeignFitted(encoder: self, instance: instance, state: nil)
    }
    var source = Source(instance: instance, signals: Self.iterator(signals))
    let state = try withUnsafeMutablePointer(to: &source) { source throws(EncoderError) in
      try instance.collect(.nothingToFit) { _, table, write, written, error in
        fit(
          table, instance.encoder,
          { context in
            context?.assumingMemoryBound(to: Source.self).pointee.next()
          }, UnsafeMutableRawPointer(source), write, written, error)
      }
    }
    if let failure = source.failure { throw failure }
    return try ForeignFitted(
      encoder: self,
      instance: ForeignInstance(plugin, instance.configuration, state: Data(state)),
      state: Data(state))
  }

  func restore(state: Data) throws(EncoderError) -> any FittedEncoder {
    guard plugin.functions.fit != nil else {
      return try ForeignFitted(encoder: self, instance: instance, state: nil)
    }
    guard let saved = try? JSONDecoder().decode(SavedState.self, from: state) else {
      throw EncoderError(
        .badState, "the saved state of \(descriptor.identifier) cannot be read",
        hint: "the model file is damaged or from another version; train again")
    }
    return try ForeignFitted(
      encoder: self,
      instance: ForeignInstance(plugin, instance.configuration, state: saved.bytes),
      state: saved.bytes)
  }

  private static func iterator(
    _ signals: some Sequence<ErasedSignal>
  ) -> any IteratorProtocol<ErasedSignal> {
    signals.makeIterator()
  }

  /// What `fit` pulls signals from. The one given last is held until the next is asked for.
  private struct Source {
    let instance: ForeignInstance
    var signals: any IteratorProtocol<ErasedSignal>
    var current: ForeignSignal?
    var failure: EncoderError?

    mutating func next() -> OpaquePointer? {
      guard failure == nil, let signal = signals.next() else { return nil }
      do throws(EncoderError) {
        current = try instance.open(signal)
        return current?.pointer
      } catch {
        failure = error
        return nil
      }
    }
  }
}

/// A state as it stands in a model file.
struct SavedState: Codable {
  /// Base64 in JSON.
  let bytes: Data
}

extension ForeignInstance {
  func open(_ signal: ErasedSignal) throws(EncoderError) -> ForeignSignal {
    guard let own = signal.value as? ForeignSignal, own.plugin === plugin else {
      throw EncoderError(
        .wrongInput, "\(plugin.descriptor.identifier) did not decode this signal",
        hint: "decode the raw input with the encoder that shall encode it")
    }
    return own
  }

  func corrupt(
    _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
  ) throws(EncoderError) -> Corrupted<ErasedSignal> {
    let signal = try open(signal)
    guard let corrupt = plugin.functions.corrupt,
      plugin.corruptions.contains(where: { $0.name == kind })
    else {
      let known = plugin.corruptions.map(\.name).joined(separator: ", ")
      throw EncoderError(
        .unknownCorruption, "\(plugin.descriptor.modality) has no corruption \"\(kind)\"",
        hint: known.isEmpty ? "this encoder offers none" : "choose from: \(known)")
    }
    let severity = severity.isFinite ? min(max(severity, 0), 10) : 0
    guard severity > 0 else { return Corrupted(signal: ErasedSignal(signal), realised: .none) }
    var (spoiled, amount): (OpaquePointer?, Double) = (nil, 0)
    try plugin.call(.encodingFailed) { _, table, error in
      kind.withCString {
        corrupt(table, encoder, signal.pointer, $0, severity, seed, &spoiled, &amount, error)
      }
    }
    guard amount.isFinite, amount >= 0 else {
      throw EncoderError(
        .encodingFailed, "\(plugin.descriptor.identifier) corrupted by an amount of \(amount)",
        hint: "this is a fault of the plugin")
    }
    return Corrupted(
      signal: ErasedSignal(try own(spoiled)),
      realised: RealisedCorruption(amount: amount, text: String(format: "amount %.3g", amount)))
  }
}
