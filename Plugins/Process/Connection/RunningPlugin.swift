import Foundation
import ModalityKit

/// A plugin's process while it runs, and what lives in it. Used under the connection's lock.
final class RunningPlugin {
  let name: String
  /// The first answer.
  private(set) var greeting = Answer()
  private(set) var encoders: Set<Int> = []
  private(set) var signals: Set<Int> = []
  private let process: ChildProcess
  private let limits: PluginLimits
  private let shouldStop: @Sendable () -> Bool
  private var buffer = MessageBuffer()
  private var isEnded = false

  init(
    name: String, command: [String], limits: PluginLimits,
    shouldStop: @escaping @Sendable () -> Bool
  ) throws(EncoderError) {
    self.name = name
    self.limits = limits
    self.shouldStop = shouldStop
    do throws(ChildProcess.Ending) {
      process = try ChildProcess(command, memory: limits.memory)
    } catch {
      throw Self.error(name, error, during: .hello, seconds: 0, lastWords: nil)
    }
    var hello = Request(.hello)
    hello.version = protocolVersion
    greeting = try call(hello).line
  }

  var isAlive: Bool { !isEnded && process.isRunning }

  /// How it ended.
  var farewell: String { process.ending ?? "was ended" }

  /// Asks, and waits for the answer.
  ///
  /// - Throws: what the plugin answered instead, or `encodingFailed` if it ended, took too long or
  ///   wrote something that is no answer; then it is ended.
  func call(
    _ request: Request, _ payload: [UInt8] = [], patience: Double = 1
  ) throws(EncoderError) -> Framed<Answer> {
    var request = request
    if !payload.isEmpty { request.bytes = payload.count }
    let answer = try exchange(
      Framed(line: request, payload: payload), seconds: limits.seconds * patience)
    if let failure = answer.line.error { throw EncoderError(failure, of: name) }
    return answer
  }

  func release(_ numbers: [Int]) throws(EncoderError) {
    let here = numbers.filter { signals.remove($0) != nil }
    guard !here.isEmpty else { return }
    var request = Request(.release)
    request.signals = here
    _ = try call(request)
  }

  func create(
    _ number: Int, _ configuration: [String: ConfigurationValue], state: Data?
  ) throws(EncoderError) {
    var request = Request(.create)
    (request.encoder, request.configuration) = (number, configuration)
    _ = try call(request, state.map { [UInt8]($0) } ?? [])
    encoders.insert(number)
  }

  func destroy(_ number: Int) throws(EncoderError) {
    encoders.remove(number)
    var request = Request(.destroy)
    request.encoder = number
    _ = try call(request)
  }

  func holds(signal: Int) { signals.insert(signal) }

  private func exchange(
    _ request: Framed<Request>, seconds: Double
  ) throws(EncoderError) -> Framed<Answer> {
    let deadline = Deadline(seconds: seconds, shouldStop: shouldStop)
    do throws(ChildProcess.Ending) {
      try process.send(MessageBuffer.encode(request.line) + request.payload, until: deadline)
      return try receive(until: deadline)
    } catch {
      let verb = request.line.verb
      throw fail(
        Self.error(name, error, during: verb, seconds: seconds, lastWords: process.lastWords))
    }
  }

  private func receive(until deadline: Deadline) throws(ChildProcess.Ending) -> Framed<Answer> {
    do {
      var found = try buffer.line()
      while found == nil {
        try process.receive(into: &buffer, until: deadline)
        found = try buffer.line()
      }
      var answer = Framed(line: try MessageBuffer.decode(Answer.self, found ?? []))
      guard let count = answer.line.bytes else { return answer }
      var payload = try buffer.payload(count)
      while payload == nil {
        try process.receive(into: &buffer, until: deadline)
        payload = try buffer.payload(count)
      }
      answer.payload = payload ?? []
      return answer
    } catch let ending as ChildProcess.Ending {
      throw ending
    } catch {
      throw .babbled(error as? MessageBuffer.Fault)
    }
  }

  /// Ends the process: what it would say next cannot be trusted.
  private func fail(_ error: EncoderError) -> EncoderError {
    isEnded = true
    process.end()
    return error
  }

  private static func error(
    _ name: String, _ ending: ChildProcess.Ending, during verb: Request.Verb, seconds: Double,
    lastWords: String?
  ) -> EncoderError {
    let (what, hint) = ending.explained(during: verb.rawValue, seconds: seconds)
    let words = lastWords.map { "; it wrote: \($0)" } ?? ""
    return EncoderError(.encodingFailed, "\(name) \(what)\(words)", hint: hint)
  }
}

extension ChildProcess.Ending {
  fileprivate func explained(
    during verb: String, seconds: Double
  ) -> (what: String, hint: String) {
    switch self {
    case .ended(let how):
      (
        "\(how) during \(verb)",
        "this is a fault of the plugin; it is started again when it is needed"
      )
    case .tookTooLong:
      (
        String(format: "did not answer within %g s during ", seconds)
          + "\(verb) and was ended",
        "`plugin load … limit=SECONDS` gives it more time"
      )
    case .stopped: ("was stopped during \(verb)", "it is started again when it is needed")
    case .notStarted(let why): ("cannot be started: \(why)", "check that it can be run by itself")
    case .babbled(let fault):
      (
        "answered \(verb) with what is no line of the protocol: \(fault?.text ?? "")",
        "a plugin may write to stderr; stdout is for its answers"
      )
    }
  }
}

extension MessageBuffer.Fault {
  fileprivate var text: String {
    switch self {
    case .lineTooLong: "a line of more than \(MessageBuffer.lineLimit) bytes"
    case .payloadTooLong(let count): "a payload of \(count) bytes"
    case .notJSON(let line): "\"\(line)\""
    }
  }
}
