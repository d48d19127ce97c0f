import Foundation
import Fusion
import ModalityKit

/// Puts models, or samples, side by side.
struct CompareCommand: Command {
  static let name = "compare"
  static let usage = "compare MODEL MODEL … | compare SAMPLE SAMPLE … [--split test]"
  static let summary = "models on a split, or samples under the model, side by side"
  static let examples = [
    "compare current paper.safetensors", "compare 3 17 42", "compare current 17",
  ]
  static let details = """
    Among samples `current` is the current sample, spoiled as it is; among models
    the model. Samples are measured against the first: the 2-Wasserstein distance
    of their Gaussians, the difference in alpha. Models are judged on the split
    and, where there is one, on the current sample.
    """
  static let parameters: [Parameter] = [
    .word(
      "MODEL|SAMPLE", .either([.choice(["current"]), .sample, .file(["safetensors"])]),
      "files that `save` wrote or `current`; or numbers or ids of samples", repeats: true),
    .split,
  ]
  static let seeAlso = ["evaluate", "save", "nearest", "whatif"]

  private let names: [String]
  private let split: Dataset.Split

  init(_ arguments: Arguments) throws {
    names = try arguments.words(1...12, Self.self)
    split = try arguments.value(of: "split").map(SamplesCommand.split) ?? .test
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    let data = try session.openData()
    let indices = names.map { index(of: $0, in: data.dataset) }
    let areSamples = zip(names, indices).map { $1 != nil || $0 == "current" }
    let hasSample = indices.contains { $0 != nil }
    if hasSample, areSamples.allSatisfy({ $0 }) {
      return try samples(indices, session, data)
    }
    try EvaluateCommand.checkNotEmpty(split, data)
    if hasSample {
      // Between samples the odd one out is what was mistyped.
      for (name, isSample) in zip(names, areSamples) where !isSample {
        _ = try model(name, session)
      }
    }
    let models = try names.map { (name: $0, model: try model($0, session)) }
    return try ModelComparison(models: models, split: split, data: data, session: session)
      .report(console)
  }

  private func index(of word: String, in dataset: Dataset) -> Int? {
    if let number = Int(word), dataset.samples.indices.contains(number - 1) { return number - 1 }
    return dataset.samples.ids.firstIndex(of: word)
  }

  /// - Parameter indices: nil for the current sample.
  private func samples(
    _ indices: [Int?], _ session: Session, _ data: EncodedDataset
  ) throws -> Report {
    try session.checkModelFitsData()
    let items = try indices.map { index in
      try index.map { try ComparedSample(at: $0, of: data, session) }
        ?? ComparedSample(try session.currentSample(), session)
    }
    return SampleComparison(items: items, dataset: data.dataset).report()
  }

  private func model(_ word: String, _ session: Session) throws -> TrainedModel {
    var session = session
    if word != "current" {
      let bytes: [UInt8]
      do {
        bytes = try RawInput.file(path: (word as NSString).expandingTildeInPath)
          .bytes(limit: RestoreCommand.sizeLimit)
      } catch {
        throw CommandError(
          error.code, "\"\(printable(word))\" is neither a sample nor a model: \(error.message)",
          hint: "name model files and `current`, or samples of the open data set")
      }
      session.model = try TrainedModel(decoding: bytes, core: session.core)
    }
    try session.checkModelFitsData()
    return try session.trainedModel()
  }
}
