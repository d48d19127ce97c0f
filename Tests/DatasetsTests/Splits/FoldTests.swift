import Datasets
import ModalityKit
import Testing

/// Cross-validation folds, and splits changed after loading.
@Suite struct FoldTests {
  private static let sizes = [23, 11, 17]
  private static let labels = sizes.enumerated().flatMap {
    [Int](repeating: $0.offset, count: $0.element)
  }

  private func folds(_ seed: UInt64) -> [Int] {
    StratifiedSplit(seed: seed).folds(
      5, identifiers: Self.labels.indices.map { "sample \($0)" }, labels: Self.labels)
  }

  @Test func sizesAndClassesAreEvenUpToOne() {
    for seed in 1...5 {
      let folds = folds(UInt64(seed))
      #expect((0..<5).map { fold in folds.count { $0 == fold } } == [11, 10, 10, 10, 10])
      for (label, size) in Self.sizes.enumerated() {
        for fold in 0..<5 {
          let members = zip(Self.labels, folds).count { $0 == label && $1 == fold }
          #expect(members == size / 5 || members == size / 5 + 1)
        }
      }
    }
  }

  @Test func theSeedDecidesAndNotTheOrder() {
    #expect(folds(3) == folds(3))
    #expect(folds(3) != folds(4))
    // Classes are dealt one after the other: within one, the order of the samples does not matter.
    let identifiers = (0..<20).map { "sample \($0)" }
    let labels = [Int](repeating: 0, count: 20)
    let split = StratifiedSplit(seed: 3)
    let forward = split.folds(4, identifiers: identifiers, labels: labels)
    let backward = split.folds(4, identifiers: identifiers.reversed(), labels: labels)
    #expect(Array(backward.reversed()) == forward)
  }

  private func dataset() -> Dataset {
    Dataset(
      name: "toy", modalities: ["a"], classes: ["x", "y", "z"],
      samples: Self.labels.enumerated().map { index, label in
        Dataset.Sample(
          id: "sample \(index)", label: label,
          split: index % 3 == 0 ? .train : index % 3 == 1 ? .validation : .test,
          inputs: [.numbers([Double(index)])], trueNoise: [Double(index) / 100])
      })
  }

  private func indices(_ split: Dataset.Split, _ dataset: Dataset) -> [Int] {
    dataset.samples.indices.filter { dataset.samples[$0].split == split }
  }

  @Test func everySampleIsTestedOnceAndValidatesTheFoldBefore() {
    let cuts = (0..<5).map { dataset().cut(into: 5, fold: $0, seed: 1) }
    let tested = cuts.map { indices(.test, $0) }
    #expect(tested.flatMap { $0 }.sorted() == Array(Self.labels.indices))
    for fold in 0..<5 {
      #expect(indices(.validation, cuts[fold]) == tested[(fold + 1) % 5])
      let others = [2, 3, 4].flatMap { tested[(fold + $0) % 5] }.sorted()
      #expect(indices(.train, cuts[fold]) == others)
    }
    #expect(indices(.test, dataset().cut(into: 5, fold: 0, seed: 2)) != tested[0])
  }

  @Test func validationRowsTrainWhereNothingIsChosen() {
    let (before, after) = (dataset(), dataset().trainingOnValidation())
    #expect(indices(.validation, after).isEmpty)
    #expect(indices(.test, after) == indices(.test, before))
    #expect(
      indices(.train, after)
        == (indices(.train, before) + indices(.validation, before)).sorted())
  }

  @Test func nothingButTheSplitChanges() {
    let before = dataset()
    for after in [before.trainingOnValidation(), before.cut(into: 5, fold: 1, seed: 1)] {
      #expect(after.name == before.name && after.classes == before.classes)
      #expect(after.samples.map(\.id) == before.samples.map(\.id))
      #expect(after.samples.map(\.label) == before.samples.map(\.label))
      #expect(after.samples.map { "\($0.inputs)" } == before.samples.map { "\($0.inputs)" })
      #expect(after.samples.map(\.trueNoise) == before.samples.map(\.trueNoise))
    }
  }
}
