import Fusion
import ModalityKit
import Testing

/// Like `NumbersEncoder`, but open to any modality, with a corruption that takes its size from what
/// was learned.
private struct SpreadEncoder: ModalityEncoder {
  struct Configuration: Codable, Hashable, Sendable {}
  struct State: Codable, Sendable { var largest: Double }

  static let descriptor = EncoderDescriptor(
    identifier: "spread", version: 1, modality: "spread", summary: "one number",
    accepts: "numbers", parameters: [], traits: [.numeric])
  static let defaultConfiguration = Configuration()
  static let corruptions = [shift(by: 1)]
  static func corruptions(fitted state: State) -> [Corruption<Double>] {
    [shift(by: state.largest)]
  }

  private static func shift(by size: Double) -> Corruption<Double> {
    Corruption("shift", "moved up") { signal, severity, _ in
      Corrupted(
        signal: signal + size * severity, realised: .init(amount: size * severity, text: "moved"))
    }
  }

  let configuration: Configuration
  init(configuration: Configuration) throws(EncoderError) { self.configuration = configuration }

  func decode(_ raw: RawInput) throws(EncoderError) -> Double {
    guard case .numbers(let values) = raw, let first = values.first else {
      throw EncoderError(.wrongInput, "expected a number", hint: "give one")
    }
    return first
  }
  func fit(_ signals: some Sequence<Double>) throws(EncoderError) -> State {
    State(largest: signals.max() ?? 0)
  }
  func schema(_ state: State) -> FeatureSchema { FeatureSchema(names: ["x"]) }
  func encode(
    _ signal: Double, _ state: State, into row: inout FeatureRow
  )
    throws(EncoderError)
  {
    guard signal != 13 else { throw EncoderError(.wrongInput, "found 13", hint: "leave it out") }
    row.startDense(capacity: 1)
    row.append(Float(signal))
  }
  func preview(_ signal: Double) -> Preview { Preview(.numbers([signal]), caption: "") }
}

@Suite struct NumericModalityTests {
  private var core: FusionCore {
    var core = Toy.core
    core.register(SpreadEncoder.self)
    return core
  }

  private func identifier(_ modality: String, _ inputs: [RawInput?]) throws -> String {
    try core.defaultEncoder(for: modality, reading: inputs).descriptor.identifier
  }

  @Test func numbersOfAnyModalityFindTheNumericEncoder() throws {
    #expect(try identifier("age", [nil, .numbers([3])]) == "spread")
    #expect(try identifier("age", [.text("3, 4"), .text("words")]) == "spread")
    #expect(try identifier("age", [.file(path: "a.npy")]) == "spread")
    // A modality that has an encoder keeps it.
    #expect(try identifier("numbers", [.numbers([3])]) == "numbers")
    for inputs in [[.text("words")], [nil], [], [.file(path: "a.png")]] as [[RawInput?]] {
      let error = #expect(throws: FusionError.self) { try identifier("age", inputs) }
      #expect(error?.code == "no-encoder")
    }
    #expect(throws: FusionError.self) {
      try Toy.core.defaultEncoder(for: "age", reading: [.numbers([3])])
    }
  }

  private func dataset(last: Double = 5) -> Dataset {
    let samples = (0..<8).map { index in
      Dataset.Sample(
        id: "s\(index)", label: index % 2, split: index < 6 ? .train : .test,
        inputs: [.numbers([index == 7 ? last : Double(index) * 20])])
    }
    return Dataset(name: "toy", modalities: ["age"], classes: ["a", "b"], samples: samples)
  }

  @Test func corruptionsOfADataSetAreMeasuredAgainstTheTrainingSplit() throws {
    let data = try core.encode(
      dataset(), encoders: [try core.defaultEncoder(for: "age", reading: [.numbers([1])])])
    let (_, realised) = try data.corruptedTable(
      modality: 0, kind: "shift", severity: 3, indices: data.indices(of: .test), seed: 1)
    #expect(realised == [300, 300])
  }

  @Test func anEncodingErrorNamesTheSample() throws {
    let error = #expect(throws: FusionError.self) {
      try core.encode(
        dataset(last: 13),
        encoders: [try core.defaultEncoder(for: "age", reading: [.numbers([1])])])
    }
    #expect(error?.message == "sample s7, age: found 13")
    #expect(error?.code == "wrong-input")
  }
}
