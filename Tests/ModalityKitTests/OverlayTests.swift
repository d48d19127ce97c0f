import Foundation
import ModalityKit
import Testing

/// The smallest encoder there is: bytes in, their mean and the fitted offset out.
struct MeanEncoder: ModalityEncoder {
  struct Configuration: Codable, Hashable, Sendable {
    var scale = 1.0
    var steps = 4
    var mode = "plain"
    var centred = false
  }
  struct State: Codable, Sendable { var offset: Double }

  static let descriptor = EncoderDescriptor(
    identifier: "mean", version: 1, modality: "bytes", summary: "mean of bytes", accepts: "bytes",
    parameters: [
      .init("scale", .real(0...10, default: 1), "factor"),
      .init("steps", .integer(1...9, default: 4), unit: "bytes", "block"),
      .init("mode", .choice(["plain", "fancy"], default: "plain"), "kind"),
      .init("centred", .flag(default: false), "take the offset off"),
    ])
  static let defaultConfiguration = Configuration()
  static let corruptions: [Corruption<[UInt8]>] = [
    Corruption("zero", "bytes set to 0") { signal, severity, generator in
      var changed = 0.0
      let spoiled = signal.map { byte -> UInt8 in
        guard generator.uniform() < severity / 10 else { return byte }
        changed += 1
        return 0
      }
      return Corrupted(
        signal: spoiled,
        realised: .init(amount: changed / Double(max(1, signal.count)), text: "\(changed) zeroed"))
    }
  ]

  let configuration: Configuration
  init(configuration: Configuration) throws(EncoderError) { self.configuration = configuration }

  func decode(_ raw: RawInput) throws(EncoderError) -> [UInt8] { try raw.bytes(limit: 100) }
  func fit(_ signals: some Sequence<[UInt8]>) throws(EncoderError) -> State {
    State(offset: signals.reduce(0.0) { $0 + Double($1.first ?? 0) })
  }
  func schema(_ state: State) -> FeatureSchema { FeatureSchema(names: ["mean", "offset"]) }
  func encode(
    _ signal: [UInt8], _ state: State, into row: inout FeatureRow
  )
    throws(EncoderError)
  {
    row.startDense(capacity: 2)
    let sum = signal.reduce(0.0) { $0 + Double($1) }
    row.append(Float(configuration.scale * sum / Double(max(1, signal.count))))
    row.append(Float(state.offset))
  }
  func preview(_ signal: [UInt8]) -> Preview { Preview(.numbers([]), caption: "") }
}

@Suite struct EncoderTypeTests {
  let type = EncoderType(MeanEncoder.self)

  private func configuration(_ encoder: any ErasedEncoder) -> String {
    String(decoding: encoder.configurationJSON, as: UTF8.self)
  }

  @Test func typedWordsOverlayTheDefaults() throws {
    #expect(
      configuration(try type.make())
        == #"{"centred":false,"mode":"plain","scale":1,"steps":4}"#)
    let made = try type.make(options: [
      ("scale", "2.5"), ("steps", "9"), ("mode", "fancy"), ("centred", "on"),
    ])
    #expect(
      configuration(made) == #"{"centred":true,"mode":"fancy","scale":2.5,"steps":9}"#)
    let again = try type.make(configurationJSON: made.configurationJSON)
    #expect(again.configurationJSON == made.configurationJSON)
  }

  @Test(arguments: [
    ("size", "3", "mean has no parameter \"size\""),
    ("scale", "11", "scale expects a number 0.0…10.0, found \"11\""),
    ("scale", "nan", "scale expects a number 0.0…10.0, found \"nan\""),
    ("steps", "2.5", "steps expects a whole number 1…9 bytes, found \"2.5\""),
    ("mode", "\",\"steps\":99", "mode expects one of plain, fancy"),
    ("centred", "maybe", "centred expects on or off"),
  ])
  func refusesWhatTheDescriptorDoesNotAllow(name: String, value: String, message: String) {
    let error = #expect(throws: EncoderError.self) {
      try type.make(options: [(name, value)])
    }
    #expect(error?.kind == .badParameter)
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    #expect(error?.hint.isEmpty == false)
  }

  @Test func fitEncodeAndRestoreThroughTheErasedDoor() throws {
    let encoder = try type.make(options: [("scale", "2")])
    let signals = try [[UInt8(3), 5], [7]].map { try encoder.decode(.bytes($0, name: "b")) }
    let fitted = try encoder.fit(signals)
    var row = FeatureRow()
    try fitted.encode(signals[0], into: &row)
    #expect(row.values == [8, 10])
    let restored = try encoder.restore(state: fitted.stateJSON)
    var again = FeatureRow()
    try restored.encode(signals[0], into: &again)
    #expect(again == row)
    #expect(throws: EncoderError.self) { try encoder.restore(state: Data("[]".utf8)) }
  }

  @Test func aForeignSignalIsRefused() throws {
    let encoder = try type.make()
    let error = #expect(throws: EncoderError.self) { try encoder.fit([ErasedSignal("text")]) }
    #expect(error?.kind == .wrongInput)
  }

  @Test func corruptions() throws {
    let encoder = try type.make()
    let signal = ErasedSignal(Array(repeating: UInt8(9), count: 50))
    func bytes(_ severity: Double, _ seed: UInt64) throws -> ([UInt8], Double) {
      let result = try encoder.corrupt(signal, kind: "zero", severity: severity, seed: seed)
      return (try #require(result.signal.value as? [UInt8]), result.realised.amount)
    }
    #expect(try bytes(0, 1) == (Array(repeating: 9, count: 50), 0))
    #expect(try bytes(-3, 1) == (Array(repeating: 9, count: 50), 0))
    #expect(try bytes(.nan, 1) == (Array(repeating: 9, count: 50), 0))
    #expect(try bytes(10, 1) == (Array(repeating: 0, count: 50), 1))
    #expect(try bytes(99, 1) == (Array(repeating: 0, count: 50), 1))
    #expect(try bytes(5, 1) == bytes(5, 1))
    #expect(try bytes(5, 1).0 != bytes(5, 2).0)
    let error = #expect(throws: EncoderError.self) {
      try encoder.corrupt(signal, kind: "blur", severity: 1, seed: 1)
    }
    #expect(error?.kind == .unknownCorruption)
    #expect(error?.hint == "choose from: zero")
  }
}
