import Foundation
import ModalityKit

/// The plugin's side of the line protocol, for an encoder that is at hand as a Swift value: a shared
/// object loaded into a process of its own.
public struct PluginServer {
  private let type: EncoderType
  let input: Int32
  let output: Int32
  var buffer = MessageBuffer()
  private var encoders: [Int: any ErasedEncoder] = [:]
  private var fitted: [Int: any FittedEncoder] = [:]
  private var signals: [Int: ErasedSignal] = [:]

  /// - Parameters:
  ///   - input: where requests come from.
  ///   - output: where answers go.
  public init(_ type: EncoderType, input: Int32, output: Int32) {
    self.type = type
    self.input = input
    self.output = output
  }

  /// Keeps standard input and output for the protocol, so that nothing the plugin does can come
  /// between: what it prints goes to standard error.
  ///
  /// - Returns: where to read and where to write; call it before the plugin is loaded.
  public static func claimStandardStreams() -> (input: Int32, output: Int32) {
    let (input, output) = (dup(STDIN_FILENO), dup(STDOUT_FILENO))
    dup2(STDERR_FILENO, STDOUT_FILENO)
    let nothing = open("/dev/null", O_RDONLY)
    if nothing >= 0 {
      dup2(nothing, STDIN_FILENO)
      close(nothing)
    }
    return (input, output)
  }

  /// Answers the first request with why there is nothing to serve.
  public static func refuse(_ error: any Error, output: Int32) {
    let explained = error as? any ExplainedError
    write(
      Framed(
        line: Answer(
          error: Answer.Failure(
            kind: explained?.code, message: explained?.message ?? "\(error)",
            hint: explained?.hint))), to: output)
  }

  /// Answers until there is nothing more to read.
  public mutating func run() {
    while let request = read() { answer(request) }
  }

  mutating func answer(_ request: Framed<Request>) {
    do throws(EncoderError) {
      // Not in one expression: `self` would be copied for `write` before `handle` changes it.
      let found = try handle(request)
      write(found)
    } catch {
      write(Framed(line: Answer(error: error.failure)))
    }
  }

  private mutating func handle(
    _ request: Framed<Request>
  ) throws(EncoderError) -> Framed<Answer> {
    let line = request.line
    switch line.verb {
    case .hello: return Framed(line: greeting)
    case .create: try create(line, request.payload)
    case .destroy: letGo(encoder: line.encoder ?? 0)
    case .decode:
      let signal = try encoder(line).decode(try rawInput(line, request.payload))
      signals[line.signal ?? 0] = signal
      return Framed(line: Answer(memory: try encoder(line).memory(of: signal)))
    case .release: letGo(signals: line.signals ?? [])
    case .fit: return try fit(try encoder(line))
    case .learn, .fitted: throw Self.fault("there is no fitting under way")
    case .names:
      let names = try fittedEncoder(line).schema.names
      return Framed(
        line: Answer(),
        payload: Array(
          names.map { $0.replacing("\n", with: " ") + "\n" }
            .joined().utf8))
    case .encode: return try encode(line)
    case .corrupt: return try corrupt(line)
    case .preview:
      let (preview, payload) = PreviewLine.framed(try encoder(line).preview(try signal(line)))
      return Framed(line: Answer(preview: preview), payload: payload)
    case .warnings:
      return Framed(line: Answer(warnings: try fittedEncoder(line).warnings(try signal(line))))
    }
    return Framed(line: Answer())
  }

  private mutating func letGo(encoder: Int) {
    encoders[encoder] = nil
    fitted[encoder] = nil
  }

  private mutating func letGo(signals numbers: [Int]) {
    for number in numbers { signals[number] = nil }
  }

  private var greeting: Answer {
    Answer(
      version: protocolVersion, descriptor: DescriptorJSON(type.descriptor, type.corruptions),
      functions: ["preview", "warnings"])
  }

  private mutating func create(_ line: Request, _ payload: [UInt8]) throws(EncoderError) {
    let configuration = try? JSONEncoder().encode(line.configuration ?? [:])
    let made = try type.make(configurationJSON: configuration)
    if line.bytes != nil { fitted[line.encoder ?? 0] = try made.restore(state: Data(payload)) }
    encoders[line.encoder ?? 0] = made
  }

  private func encode(_ line: Request) throws(EncoderError) -> Framed<Answer> {
    var row = FeatureRow()
    try fittedEncoder(line).encode(try signal(line), into: &row)
    let values = bytes(of: row.values)
    guard let indices = row.indices else {
      return Framed(line: Answer(count: row.values.count), payload: values)
    }
    return Framed(
      line: Answer(count: row.values.count, sparse: true), payload: bytes(of: indices) + values)
  }

  private mutating func corrupt(_ line: Request) throws(EncoderError) -> Framed<Answer> {
    guard let kind = line.corruption, let severity = line.severity, let into = line.into,
      let seed = line.seed.flatMap({ UInt64($0) })
    else { throw Self.fault("a corruption needs its name, severity, seed and a new signal") }
    let signal = try signal(line)
    let spoiled =
      if let fitted = fitted[line.encoder ?? 0] {
        try fitted.corrupt(signal, kind: kind, severity: severity, seed: seed)
      } else {
        try encoder(line).corrupt(signal, kind: kind, severity: severity, seed: seed)
      }
    signals[into] = spoiled.signal
    return Framed(
      line: Answer(
        memory: try encoder(line).memory(of: spoiled.signal),
        amount: spoiled.realised.amount, text: spoiled.realised.text))
  }

  private func rawInput(_ line: Request, _ payload: [UInt8]) throws(EncoderError) -> RawInput {
    switch line.kind {
    case .file: .file(path: String(decoding: payload, as: UTF8.self))
    case .text: .text(String(decoding: payload, as: UTF8.self))
    case .bytes: .bytes(payload, name: line.name ?? "input")
    case .numbers: .numbers(numbers(in: payload))
    case nil: throw Self.fault("a raw input needs its kind")
    }
  }

  private func encoder(_ line: Request) throws(EncoderError) -> any ErasedEncoder {
    guard let found = encoders[line.encoder ?? 0] else { throw Self.fault("no such encoder") }
    return found
  }

  private func fittedEncoder(_ line: Request) throws(EncoderError) -> any FittedEncoder {
    guard let found = fitted[line.encoder ?? 0] else {
      throw Self.fault("no such encoder was created from a state")
    }
    return found
  }

  func signal(_ line: Request) throws(EncoderError) -> ErasedSignal {
    guard let found = signals[line.signal ?? 0] else { throw Self.fault("no such signal") }
    return found
  }

  private static func fault(_ what: String) -> EncoderError {
    EncoderError(.wrongInput, what, hint: "Plugins/Process/PROTOCOL.md says what to send")
  }
}
