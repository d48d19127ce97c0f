import Autograd
import Fusion
import ModalityKit
import Testing

@testable import FeatureCache

extension FeatureCacheTests {
  /// Texts and numbers that are no files: where memory is short, their rows and the corrupted versions
  /// of them lie in a file of the process.
  struct RowsOnDisk {
    private static let words = (0..<40).map { "word\($0)" }

    private static func text(_ index: Int) -> RawInput? {
      guard index % 9 != 4 else { return nil }
      let chosen = (0..<8).map { place in words[(index * 7 + place * place) % 40] }
      return .text(chosen.joined(separator: " "))
    }

    private static func sample(_ index: Int) -> Dataset.Sample {
      let split: Dataset.Split = index < 40 ? .train : index < 50 ? .validation : .test
      let numbers = [Double(index), Double(index * index % 11), 0.5]
      return Dataset.Sample(
        id: "s\(index)", label: index % 2, split: split, inputs: [.numbers(numbers), text(index)])
    }

    private let dataset = Dataset(
      name: "texts", modalities: ["vector", "text"], classes: ["a", "b"],
      samples: (0..<60).map(Self.sample))

    /// Everything that is made of a data set.
    private struct Outcome: Equatable {
      let parameters: [Matrix<Float>]
      let clean: ClassificationMetrics
      let spoiled: ClassificationMetrics
      let baselines: [Double]

      init(_ data: EncodedDataset, _ options: TrainingOptions) throws {
        let model = try Trainer(options).train(data).model
        parameters = model.parameters.map(\.variable.matrix)
        let evaluator = Evaluator(model, on: data)
        let damage = Evaluator.CorruptionChoice(modality: 1, kind: "drop", severity: 5)
        clean = try evaluator.evaluate(split: .test).metrics
        spoiled = try evaluator.evaluate(split: .test, corruptions: [damage]).metrics
        let test = data.indices(of: .test)
        baselines = try BaselineSet(beside: options, on: data, monitor: .silent)
          .accuracies(try data.tables(test), labels: data.labels(test)).map(\.accuracy)
      }
    }

    @Test(arguments: TrainingOptions.Preset.allCases)
    func allIsTheSame(preset: TrainingOptions.Preset) throws {
      let material = try Material()
      var options = TrainingOptions(preset: preset)
      (options.epochs, options.batch, options.hidden, options.novelty) = (3, 16, 8, 2)
      let plain = try material.encode(nil, dataset)
      let onDisk = try material.encode(try material.cache(memoryLimit: 0), dataset)
      try FeatureCacheTests().expectSame(plain, onDisk)
      #expect(try Outcome(plain, options) == Outcome(onDisk, options))
    }

    @Test func rowsComeInAnyOrderAndWithoutAModality() throws {
      let material = try Material()
      let plain = try material.encode(nil, dataset)
      let onDisk = try material.encode(try material.cache(memoryLimit: 0), dataset)
      let wanted = [59, 4, 0, 0, 17]
      for m in 0..<2 {
        let (a, b) = (try plain.table(m, wanted), try onDisk.table(m, wanted))
        #expect(a.present == b.present)
        #expect(a.features == b.features)
        #expect(a.isSparse == b.isSparse)
        #expect(a.average().present == b.average().present)
        #expect(plain.present(m) == onDisk.present(m))
      }
      try FeatureCacheTests().expectSame(plain.without(1), onDisk.without(1))
    }
  }
}
