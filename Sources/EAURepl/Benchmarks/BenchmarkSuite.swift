import Datasets
import Fusion
import ModalityKit

/// A named set of data, splits and protocols: what `benchmark NAME` measures.
enum BenchmarkSuite: String, CaseIterable, Sendable {
  case handwritten, stamps, demo

  var summary: String {
    switch self {
    case .handwritten: "six views of 2000 digits, 80/20 a seed"
    case .stamps: "picture, speech and text of 717 stamps, 5 folds a seed"
    case .demo: "the generated data set, 70/30 a seed"
    }
  }

  /// Parts each seed's data are cut into; every part is the test split once.
  var folds: Int { self == .stamps ? 5 : 1 }

  var defaultSeeds: Int {
    switch self {
    case .handwritten: 10
    case .stamps: 2
    case .demo: 5
    }
  }

  var protocols: [BenchmarkProtocol] {
    switch self {
    case .handwritten: [.clean, .conflict, .noise(1), .noise(5), .noise(10)]
    case .stamps, .demo:
      [
        .clean, .sweep(modality: "image", kind: "gaussian"),
        .sweep(modality: "audio", kind: "noise"),
        .sweep(modality: "text", kind: "drop"),
      ]
    }
  }

  /// How much of the data is judged and what scales the features: printed with every table.
  var fineprint: String {
    let rows =
      switch self {
      case .handwritten: "80 % of each class trains, 20 % is judged"
      case .stamps: "5 stratified folds: four train, one is judged"
      case .demo: "70 % of each class trains, 30 % is judged"
      }
    return rows + "; vocabularies and scalers are fitted on training rows; the last epoch counts"
  }

  /// The data of one seed and fold. Without `judgesValidation` the validation rows train too.
  func dataset(
    seed: UInt64, fold: Int, judgesValidation: Bool, _ console: Console
  ) throws -> Dataset {
    let dataset =
      switch self {
      case .handwritten:
        try DatasetLoader.handwritten(splitSeed: seed, environment: console.environment).dataset
      case .demo: DatasetLoader.demo(seed: seed, splitSeed: seed).dataset
      case .stamps:
        try DatasetLoader.stamps(splitSeed: seed, environment: console.environment).dataset
          .cut(into: folds, fold: fold, seed: seed)
      }
    return judgesValidation ? dataset : dataset.trainingOnValidation()
  }
}
