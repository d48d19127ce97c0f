import Fusion
import ModalityKit
import SeededRandom

/// Numbers in, numbers out, with one corruption: enough to exercise the core without files.
struct NumbersEncoder: ModalityEncoder {
  struct Configuration: Codable, Hashable, Sendable { var width = 4 }
  struct State: Codable, Sendable {}

  static let descriptor = EncoderDescriptor(
    identifier: "numbers", version: 1, modality: "numbers", summary: "numbers as they are",
    accepts: "numbers", parameters: [.init("width", .integer(1...100, default: 4), "how many")])
  static let defaultConfiguration = Configuration()
  static let corruptions: [Corruption<[Double]>] = [
    Corruption("gaussian", "noise of standard deviation severity/2") {
      signal, severity, generator in
      Corrupted(
        signal: signal.map { $0 + severity / 2 * generator.normal() },
        realised: .init(amount: severity / 2, text: "noise"))
    }
  ]

  let configuration: Configuration
  init(configuration: Configuration) throws(EncoderError) { self.configuration = configuration }

  func decode(_ raw: RawInput) throws(EncoderError) -> [Double] {
    guard case .numbers(let values) = raw, values.count == configuration.width else {
      throw EncoderError(.wrongInput, "expected \(configuration.width) numbers", hint: "count them")
    }
    return values
  }
  func fit(_ signals: some Sequence<[Double]>) throws(EncoderError) -> State { State() }
  func schema(_ state: State) -> FeatureSchema {
    FeatureSchema(names: (0..<configuration.width).map { "x\($0)" })
  }
  func encode(
    _ signal: [Double], _ state: State, into row: inout FeatureRow
  )
    throws(EncoderError)
  {
    row.startDense(capacity: signal.count)
    for value in signal { row.append(Float(value)) }
  }
  func preview(_ signal: [Double]) -> Preview { Preview(.numbers(signal), caption: "") }
}

enum Toy {
  static var core: FusionCore {
    var core = FusionCore()
    core.register(NumbersEncoder.self)
    return core
  }

  /// Three classes around corners of a simplex, `modalities` noisy views of them. Every fifth
  /// sample lacks one modality when `missing`; `none` lists samples that lack all.
  static func data(
    modalities: Int = 3, count: Int = 120, missing: Bool = false, none: Set<Int> = []
  ) throws
    -> EncodedDataset
  {
    var generator = SeededGenerator(seed: 5)
    let samples = (0..<count).map { index -> Dataset.Sample in
      let label = index % 3
      let inputs = (0..<modalities).map { m -> RawInput? in
        let values = (0..<4).map { ($0 == label ? 2.0 : 0) + 0.5 * generator.normal() }
        let lacking = missing && index % 5 == 0 && m == index / 5 % modalities
        return lacking || none.contains(index) ? nil : .numbers(values)
      }
      let split: Dataset.Split = index % 10 < 6 ? .train : index % 10 < 7 ? .validation : .test
      return Dataset.Sample(id: "s\(index)", label: label, split: split, inputs: inputs)
    }
    let dataset = Dataset(
      name: "toy", modalities: (0..<modalities).map { "view\($0)" }, classes: ["a", "b", "c"],
      samples: samples)
    let encoders = try (0..<modalities).map { _ in try core.defaultEncoder(for: "numbers") }
    return try core.encode(dataset, encoders: encoders)
  }

  /// Small and quick: four features leave nothing to drop.
  static func options(
    _ preset: TrainingOptions.Preset = .calibrated, epochs: Int = 15,
    _ extra: [(name: String, value: String)] = []
  ) throws -> TrainingOptions {
    try TrainingOptions(
      preset: preset,
      overlaying: [
        ("hidden", "16"), ("latent", "8"), ("bottleneck", "4"), ("batch", "16"),
        ("rate", "0.01"), ("decay", "0.01"), ("inputDropout", "0"), ("hiddenDropout", "0"),
      ]
        + [("epochs", "\(epochs)")] + extra)
  }
}

extension EncodedDataset {
  /// All rows; a toy's never lie on disk.
  var tables: [FeatureTable] { (try? tables(Array(dataset.samples.indices))) ?? [] }
}
