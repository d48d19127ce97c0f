import ModalityKit
import SeededRandom

/// A seeded split, stratified by label: 60 % train, 10 % validation, 30 % test unless told otherwise.
///
/// A sample's place in its class is drawn from the seed and its id, so the order of the samples
/// does not matter and the split is the same on every machine. Within a class the counts are the
/// shares rounded by largest remainder; what rounding took from one class is carried to the next,
/// so that many small classes still add up to the shares. A class of three or more has at least one
/// sample in train and in test; of two, one in each; a single sample is trained on.
public struct StratifiedSplit: Sendable {
  /// What part of each class goes where; the three add up to 1.
  public struct Shares: Sendable, Hashable {
    public let train: Double
    public let validation: Double
    public let test: Double

    public static let standard = Shares(train: 0.6, validation: 0.1, test: 0.3)

    public init(train: Double, validation: Double, test: Double) {
      self.train = train
      self.validation = validation
      self.test = test
    }
  }

  public let seed: UInt64
  public let shares: Shares

  public init(seed: UInt64, shares: Shares = .standard) {
    self.seed = seed
    self.shares = shares
  }

  /// One split per sample, parallel to `identifiers` and `labels` (class indices from 0).
  public func assign(
    identifiers: some RandomAccessCollection<String>, labels: [Int]
  ) -> [Dataset.Split] {
    var splits = [Dataset.Split](repeating: .train, count: labels.count)
    var carried = [0.0, 0.0, 0.0]
    for group in drawnOrder(identifiers: identifiers, labels: labels) {
      let counts = counts(of: group.count, carried: &carried)
      for (place, index) in group.enumerated() {
        splits[index] =
          place < counts[0] ? .train : place < counts[0] + counts[1] ? .validation : .test
      }
    }
    return splits
  }

  /// The fold of each sample, 0..<folds: of equal size up to one, each with its share of every class.
  public func folds(
    _ folds: Int, identifiers: some RandomAccessCollection<String>, labels: [Int]
  ) -> [Int] {
    var result = [Int](repeating: 0, count: labels.count)
    let order = drawnOrder(identifiers: identifiers, labels: labels).joined()
    for (place, index) in order.enumerated() { result[index] = place % max(1, folds) }
    return result
  }

  /// The samples of each class, by index, in the order the seed draws them.
  private func drawnOrder(
    identifiers: some RandomAccessCollection<String>, labels: [Int]
  ) -> [[Int]] {
    var members: [[(key: UInt64, index: Int)]] = []
    for (index, (identifier, label)) in zip(identifiers, labels).enumerated() where label >= 0 {
      while members.count <= label { members.append([]) }
      var generator = SeededGenerator(
        seed: seed, stream: stableHash("split"), stableHash(identifier))
      members[label].append((generator.next(), index))
    }
    func identifier(_ index: Int) -> String {
      identifiers[identifiers.index(identifiers.startIndex, offsetBy: index)]
    }
    return members.map { group in
      group.sorted {
        $0.key != $1.key
          ? $0.key < $1.key
          : precedesByCodePoint(identifier($0.index), identifier($1.index))
      }.map(\.index)
    }
  }

  /// Train, validation and test counts for a class of `size`; updates the rounding carried over.
  private func counts(of size: Int, carried: inout [Double]) -> [Int] {
    let wanted = zip([shares.train, shares.validation, shares.test], carried).map { share, rest in
      share * Double(size) + rest
    }
    var counts = wanted.map { max(0, Int($0.rounded(.down))) }
    // Over by at most one or two, when a negative carry was clamped.
    while counts.reduce(0, +) > size { counts[Self.largest(counts)] -= 1 }
    while counts.reduce(0, +) < size {
      let remainders = zip(wanted, counts).map { $0 - Double($1) }
      counts[Self.largest(remainders)] += 1
    }
    if size >= 1 && counts[0] == 0 { Self.move(from: Self.largest(counts), to: 0, in: &counts) }
    if size >= 2 && counts[2] == 0 { Self.move(from: Self.largest(counts), to: 2, in: &counts) }
    // A long run of classes that needed the exception above must not fall on one later class.
    carried = zip(wanted, counts).map { min(max($0 - Double($1), -1), 1) }
    return counts
  }

  private static func move(from source: Int, to target: Int, in counts: inout [Int]) {
    counts[source] -= 1
    counts[target] += 1
  }

  /// The index of the first largest value.
  private static func largest<Value: Comparable>(_ values: [Value]) -> Int {
    var best = 0
    for index in values.indices where values[index] > values[best] { best = index }
    return best
  }
}
