import Fusion
import Modalities
import ModalityKit
import SeededRandom

/// A data set of short texts and numbers, encoded and trained on as `eau` does it.
struct SampleGrowth {
  let samples: Int
  /// Words that occur, by Zipf's law, and how many a text has.
  private static let words = 2000
  private static let length = 30

  func costs() throws -> [GrowthKind.Cost] {
    let data = dataset()
    var core = FusionCore()
    core.register(BagOfWordsEncoder.self)
    core.register(VectorEncoder.self)
    let encoders = try data.modalities.enumerated().map { m, name in
      try core.defaultEncoder(for: name, reading: data.samples.map { $0.inputs[m] })
    }
    var encoded: EncodedDataset?
    let encoding = try Clock.secondsOnce { encoded = try core.encode(data, encoders: encoders) }
    var options = TrainingOptions(preset: .paper)
    options.epochs = 1
    options.batch = 256
    let trainer = Trainer(options)
    let training = try Clock.secondsOnce { _ = try encoded.map { try trainer.train($0) } }
    return [
      .init(name: "encoding", seconds: encoding), .init(name: "an epoch", seconds: training),
    ]
  }

  private func dataset() -> Dataset {
    var generator = SeededGenerator(seed: 4)
    let classes = 10
    return Dataset(
      name: "growth", modalities: ["text", "numbers"], classes: (0..<classes).map { "c\($0)" },
      samples: (0..<samples).map { index in
        let label = index % classes
        return Dataset.Sample(
          id: "s\(index)", label: label, split: index % 10 == 9 ? .test : .train,
          inputs: [
            .text((0..<Self.length).map { _ in word(&generator) }.joined(separator: " ")),
            .numbers((0..<12).map { generator.normal() + ($0 == label ? 1 : 0) }),
          ])
      })
  }

  /// The density of ln(rank) is about even: Zipf's law.
  private func word(_ generator: inout SeededGenerator) -> String {
    var rank = 1
    // A walk up the octaves, each as likely as the next.
    for _ in 0..<generator.index(below: 11) { rank *= 2 }
    return "w\(min(Self.words, rank + generator.index(below: rank)))"
  }
}
