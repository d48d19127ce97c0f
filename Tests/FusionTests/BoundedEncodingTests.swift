import Foundation
import Fusion
import ModalityKit
import Synchronization
import Testing

/// Encoding a data set that does not fit into memory.
@Suite("bounded encoding")
struct BoundedEncodingTests {
  /// How many signals there are at once.
  final class Census: Sendable {
    private let counts = Mutex((alive: 0, most: 0))
    func born() {
      counts.withLock { $0 = ($0.alive + 1, max($0.most, $0.alive + 1)) }
    }
    func gone() { counts.withLock { $0.alive -= 1 } }
    var most: Int { counts.withLock { $0.most } }
  }

  final class Heavy: Sendable {
    let value: Float
    private let census: Census
    init(_ value: Float, _ census: Census) {
      (self.value, self.census) = (value, census)
      census.born()
    }
    deinit { census.gone() }
  }

  /// Says that each of its signals holds a megabyte, and learns from all of them.
  struct HeavyEncoder: ErasedEncoder {
    let census: Census
    let descriptor = EncoderDescriptor(
      identifier: "heavy", version: 1, modality: "heavy", summary: "", accepts: "", parameters: [])
    let corruptions: [CorruptionDescriptor] = []
    var configurationJSON: Data { .init("{}".utf8) }

    func decode(_ raw: RawInput) throws(EncoderError) -> ErasedSignal {
      guard case .numbers(let values) = raw else {
        throw EncoderError(.wrongInput, "expected numbers", hint: "give some")
      }
      return ErasedSignal(Heavy(Float(values[0]), census))
    }
    func memory(of signal: ErasedSignal) -> Int { 1 << 20 }
    func preview(_ signal: ErasedSignal) throws(EncoderError) -> Preview {
      Preview(.numbers([]), caption: "")
    }
    func corrupt(
      _ signal: ErasedSignal, kind: String, severity: Double, seed: UInt64
    ) throws(EncoderError) -> Corrupted<ErasedSignal> {
      throw EncoderError(.unknownCorruption, "none", hint: "none")
    }
    func fit(_ signals: any Sequence<ErasedSignal>) throws(EncoderError) -> any FittedEncoder {
      var sum: Float = 0
      for signal in signals { sum += (signal.value as? Heavy)?.value ?? 0 }
      return HeavyFitted(base: self, sum: sum)
    }
    func restore(state: Data) throws(EncoderError) -> any FittedEncoder {
      HeavyFitted(base: self, sum: 0)
    }
  }

  struct HeavyFitted: FittedEncoder {
    let base: HeavyEncoder
    let sum: Float
    var encoder: any ErasedEncoder { base }
    let schema = FeatureSchema(names: ["value", "sum"])
    var stateJSON: Data { .init("\(sum)".utf8) }
    func warnings(_ signal: ErasedSignal) -> [String] { [] }
    func encode(_ signal: ErasedSignal, into row: inout FeatureRow) throws(EncoderError) {
      row.startDense(capacity: 2)
      row.append((signal.value as? Heavy)?.value ?? 0)
      row.append(sum)
    }
  }

  @Test func signalsAreLetGoAndProgressIsTold() throws {
    let census = Census()
    let samples = (0..<1500).map { index in
      Dataset.Sample(
        id: "s\(index)", label: index % 2, split: .train, inputs: [.numbers([Double(index)])])
    }
    let dataset = Dataset(
      name: "heavy", modalities: ["heavy"], classes: ["a", "b"], samples: samples)
    let told = Mutex<[(what: String, fraction: Double)]>([])
    let monitor = WorkMonitor(
      threads: 2, report: { what, fraction in told.withLock { $0.append((what, fraction)) } })
    let data = try FusionCore().encode(
      dataset, encoders: [HeavyEncoder(census: census)], monitor: monitor)

    // 64 kept by the budget of 64 MB, 64 decoded ahead for learning, a few in hands.
    #expect(census.most >= 64 && census.most <= 64 + 64 + 8, "\(census.most)")
    let tables = try data.tables([0, 1499])
    #expect(tables[0].count == 2)
    #expect((try data.signals[0].signal(1499)?.value as? Heavy)?.value == 1499)

    let encoding = told.withLock { $0 }.filter { $0.what == "encoding heavy" }.map(\.fraction)
    #expect(encoding.allSatisfy { (0..<1).contains($0) })
    #expect((encoding.min() ?? 1) == 0 && (encoding.max() ?? 0) > 0.9)
    #expect(told.withLock { $0 }.contains { $0.what == "learning from heavy" })
  }
}
