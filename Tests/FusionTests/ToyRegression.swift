import Fusion
import ModalityKit
import SeededRandom

extension Toy {
  /// A number from 0 to 100, seen in `modalities` noisy views of four numbers each. Every fifth
  /// sample lacks one view when `missing`.
  static func regressionData(
    modalities: Int = 3, count: Int = 200, missing: Bool = false, constant: Bool = false
  ) throws -> EncodedDataset {
    var generator = SeededGenerator(seed: 15)
    let samples = (0..<count).map { index -> Dataset.Sample in
      let value = generator.uniform(0, 100)
      let inputs = (0..<modalities).map { m -> RawInput? in
        let place = value / 50 - 1
        let values = [place, place * place, -place, 1].map { $0 + 0.15 * generator.normal() }
        return missing && index % 5 == 0 && m == index / 5 % modalities ? nil : .numbers(values)
      }
      let split: Dataset.Split = index % 10 < 6 ? .train : index % 10 < 7 ? .validation : .test
      return Dataset.Sample(
        id: "s\(index)", value: constant ? 7 : value, split: split, inputs: inputs)
    }
    let dataset = Dataset(
      name: "toy", modalities: (0..<modalities).map { "view\($0)" },
      task: .regression(target: "level"), samples: samples)
    let encoders = try (0..<modalities).map { _ in try core.defaultEncoder(for: "numbers") }
    return try core.encode(dataset, encoders: encoders)
  }
}
