import Foundation
import ModalityKit

/// An encoder in the plugin's process: what it was created from, so that it can be created again.
final class RemoteInstance: Sendable {
  let connection: PluginConnection
  let configuration: [String: ConfigurationValue]
  private let state: Data?
  private let number: Int

  init(
    _ connection: PluginConnection, _ configuration: [String: ConfigurationValue], state: Data?
  ) {
    self.connection = connection
    self.configuration = configuration
    self.state = state
    number = connection.number()
  }

  deinit { connection.forget(encoder: number) }

  /// A conversation in which the encoder is there.
  func perform<Result>(
    _ body: (RunningPlugin) throws(EncoderError) -> Result
  ) throws(EncoderError) -> Result {
    try connection.perform { plugin throws(EncoderError) in
      try ensure(in: plugin)
      return try body(plugin)
    }
  }

  func ensure(in plugin: RunningPlugin) throws(EncoderError) {
    guard !plugin.encoders.contains(number) else { return }
    try plugin.create(number, configuration, state: state)
  }

  /// A request to this encoder.
  func request(_ verb: Request.Verb) -> Request {
    var request = Request(verb)
    request.encoder = number
    return request
  }

  /// Asks this encoder something, of a signal if there is one.
  func ask(
    _ verb: Request.Verb, _ signal: RemoteSignal? = nil
  ) throws(EncoderError) -> Framed<Answer> {
    try perform { plugin throws(EncoderError) in
      var request = request(verb)
      if let signal {
        try signal.ensure(in: plugin)
        request.signal = signal.number
      }
      return try plugin.call(request)
    }
  }

  /// Learns from the signals, one after another.
  ///
  /// The signals may come from this same plugin as they are asked for, so the conversation is not
  /// kept for fitting alone; but a process that ended in between has forgotten what it learned.
  func fit(
    _ signals: some IteratorProtocol<ErasedSignal>
  ) throws(EncoderError) -> Data {
    var signals = signals
    _ = try ask(.fit)
    do throws(EncoderError) {
      while let next = signals.next() {
        _ = try ask(.learn, try open(next))
      }
    } catch {
      // It waits for more; what it learned so far is of no use.
      _ = try? fitted()
      throw error
    }
    let state = try fitted()
    guard !state.isEmpty else { throw fault("wrote no state after it was fitted") }
    return Data(state)
  }

  private func fitted() throws(EncoderError) -> [UInt8] {
    try perform { plugin throws(EncoderError) in
      try plugin.call(request(.fitted), patience: 10).payload
    }
  }

  func open(_ signal: ErasedSignal) throws(EncoderError) -> RemoteSignal {
    guard let own = signal.value as? RemoteSignal, own.instance.connection === connection else {
      throw EncoderError(
        .wrongInput, "\(connection.name) did not decode this signal",
        hint: "decode the raw input with the encoder that shall encode it")
    }
    return own
  }

  func corrupt(
    _ signal: ErasedSignal, _ damage: Damage, among corruptions: [CorruptionDescriptor]
  ) throws(EncoderError) -> Corrupted<ErasedSignal> {
    let signal = try open(signal)
    guard corruptions.contains(where: { $0.name == damage.kind }) else {
      let known = corruptions.map(\.name).joined(separator: ", ")
      throw EncoderError(
        .unknownCorruption, "\(connection.name) has no corruption \"\(damage.kind)\"",
        hint: known.isEmpty ? "this encoder offers none" : "choose from: \(known)")
    }
    guard damage.severity > 0 else {
      return Corrupted(signal: ErasedSignal(signal), realised: .none)
    }
    let spoiled = try RemoteSignal(self, .spoiled(signal, damage))
    guard let realised = spoiled.realised else { throw fault("did not say how much it corrupted") }
    return Corrupted(signal: ErasedSignal(spoiled), realised: realised)
  }

  func fault(_ what: String) -> EncoderError {
    EncoderError(
      .encodingFailed, "\(connection.name) \(what)", hint: "this is a fault of the plugin")
  }
}

/// A way to spoil, how much, and with which random numbers.
struct Damage: Sendable {
  let kind: String
  /// 0...10.
  let severity: Double
  let seed: UInt64

  init(kind: String, severity: Double, seed: UInt64) {
    self.kind = kind
    self.severity = severity.isFinite ? min(max(severity, 0), 10) : 0
    self.seed = seed
  }
}
