import Datasets
import ModalityKit
import Testing

@Suite struct StratifiedSplitTests {
  private func split(_ sizes: [Int], seed: UInt64 = 1) -> (labels: [Int], splits: [Dataset.Split]) {
    let labels = sizes.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
    let identifiers = labels.indices.map { "sample \($0)" }
    return (labels, StratifiedSplit(seed: seed).assign(identifiers: identifiers, labels: labels))
  }

  private func counts(_ sizes: [Int], seed: UInt64 = 1) -> [[Int]] {
    let (labels, splits) = split(sizes, seed: seed)
    return sizes.indices.map { label in
      Dataset.Split.allCases.map { wanted in
        zip(labels, splits).count { $0 == label && $1 == wanted }
      }
    }
  }

  @Test func exactSharesWhereTheyExist() {
    #expect(counts([50, 10, 200]) == [[30, 5, 15], [6, 1, 3], [120, 20, 60]])
  }

  @Test func otherShares() {
    let labels = (0..<2000).map { $0 / 200 }
    let shares = StratifiedSplit.Shares(train: 0.7, validation: 0.1, test: 0.2)
    let splits = StratifiedSplit(seed: 4, shares: shares)
      .assign(identifiers: labels.indices.map { "sample \($0)" }, labels: labels)
    for label in 0..<10 {
      let counts = Dataset.Split.allCases.map { wanted in
        zip(labels, splits).count { $0 == label && $1 == wanted }
      }
      #expect(counts == [140, 20, 40])
    }
  }

  @Test func smallClasses() {
    #expect(counts([1]) == [[1, 0, 0]])
    #expect(counts([2]) == [[1, 0, 1]])
    #expect(counts([3]) == [[2, 0, 1]])
    #expect(counts([]) == [])
  }

  @Test func everyClassOfThreeHasTrainAndTest() {
    for size in 3...40 {
      for row in counts([Int](repeating: size, count: 23)) {
        #expect(row[0] >= 1 && row[2] >= 1)
        #expect(row.reduce(0, +) == size)
      }
    }
  }

  @Test func manySmallClassesAddUpToTheShares() {
    // Of three, one must be tested on, which is more than 30 %.
    for size in 4...9 {
      let rows = counts([Int](repeating: size, count: 100))
      let totals = (0..<3).map { column in rows.reduce(0) { $0 + $1[column] } }
      #expect(abs(totals[0] - 60 * size) <= 1)
      #expect(abs(totals[1] - 10 * size) <= 1)
      #expect(abs(totals[2] - 30 * size) <= 1)
    }
  }

  @Test func theSeedDecidesAndNothingElse() {
    let sizes = [40, 40]
    #expect(split(sizes, seed: 5).splits == split(sizes, seed: 5).splits)
    #expect(split(sizes, seed: 5).splits != split(sizes, seed: 6).splits)
    #expect(counts(sizes, seed: 5) == counts(sizes, seed: 6))
  }

  @Test func theOrderOfSamplesDoesNotMatter() {
    let (labels, splits) = split([17, 9, 30])
    let identifiers = labels.indices.map { "sample \($0)" }
    let turned = StratifiedSplit(seed: 1).assign(
      identifiers: identifiers.reversed(), labels: labels.reversed())
    #expect(turned.reversed() == splits)
  }

  /// Recorded once: a split that changes would make published numbers unreproducible.
  @Test func goldenSplit() {
    let letters = split([10]).splits.map { String($0.rawValue.prefix(2)) }
    #expect(letters.joined(separator: " ") == "tr te tr te tr tr va tr tr te")
  }
}
