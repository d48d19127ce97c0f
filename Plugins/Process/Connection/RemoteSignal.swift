import Foundation
import ModalityKit

/// A signal in the plugin's process: how it was made, so that it can be made again.
final class RemoteSignal: Sendable {
  indirect enum Origin: Sendable {
    case decoded(RawInput)
    case spoiled(RemoteSignal, Damage)
  }

  /// What decoded or spoiled it, and keeps its configuration.
  let instance: RemoteInstance
  let number: Int
  /// About how many bytes it holds in the process.
  let memory: Int
  /// What was done to it; nil for a signal as it was decoded.
  let realised: RealisedCorruption?
  private let origin: Origin

  /// Makes it.
  init(_ instance: RemoteInstance, _ origin: Origin) throws(EncoderError) {
    self.instance = instance
    self.origin = origin
    let number = instance.connection.number()
    self.number = number
    let answer = try instance.perform { plugin throws(EncoderError) in
      try Self.make(number, origin, instance, in: plugin)
    }
    memory = max(0, answer.memory ?? 1 << 16)
    realised = try Self.realised(answer, of: instance)
  }

  deinit { instance.connection.forget(signal: number, memory: memory) }

  func ensure(in plugin: RunningPlugin) throws(EncoderError) {
    guard !plugin.signals.contains(number) else { return }
    try instance.ensure(in: plugin)
    _ = try Self.make(number, origin, instance, in: plugin)
  }

  private static func make(
    _ number: Int, _ origin: Origin, _ instance: RemoteInstance, in plugin: RunningPlugin
  ) throws(EncoderError) -> Answer {
    let answer: Answer
    switch origin {
    case .decoded(let raw):
      var request = instance.request(.decode)
      (request.signal, request.name) = (number, raw.name)
      let (kind, payload) = try Self.payload(raw)
      request.kind = kind
      // Also an empty text has bytes: none.
      request.bytes = payload.count
      answer = try plugin.call(request, payload).line
    case .spoiled(let signal, let damage):
      try signal.ensure(in: plugin)
      var request = instance.request(.corrupt)
      (request.signal, request.into) = (signal.number, number)
      (request.corruption, request.severity) = (damage.kind, damage.severity)
      request.seed = String(damage.seed)
      answer = try plugin.call(request).line
    }
    plugin.holds(signal: number)
    return answer
  }

  private static func payload(
    _ raw: RawInput
  ) throws(EncoderError) -> (Request.InputKind, [UInt8]) {
    switch raw {
    case .file(let path):
      _ = try RawInput.fileSize(path)
      return (.file, Array(path.utf8))
    case .text(let text): return (.text, Array(text.utf8))
    case .bytes, .deferred: return (.bytes, try raw.bytes(limit: MessageBuffer.payloadLimit))
    case .numbers(let values): return (.numbers, bytes(of: values))
    }
  }

  private static func realised(
    _ answer: Answer, of instance: RemoteInstance
  ) throws(EncoderError) -> RealisedCorruption? {
    guard let amount = answer.amount else { return nil }
    guard amount.isFinite, amount >= 0 else {
      throw instance.fault("corrupted by an amount of \(amount)")
    }
    return RealisedCorruption(
      amount: amount, text: answer.text ?? String(format: "amount %.3g", amount))
  }
}
