import ModalityKit
import SeededRandom

/// A seeded split, stratified by label: 60 % train, 10 % validation, 30 % test.
///
/// A sample's place in its class is drawn from the seed and its id, so the order of the samples
/// does not matter and the split is the same on every machine. Within a class the counts are the
/// shares rounded by largest remainder; what rounding took from one class is carried to the next,
/// so that many small classes still add up to the shares. A class of three or more has at least one
/// sample in train and in test; of two, one in each; a single sample is trained on.
public struct StratifiedSplit: Sendable {
  public static let trainShare = 0.6
  public static let validationShare = 0.1
  public static let testShare = 0.3

  public let seed: UInt64

  public init(seed: UInt64) {
    self.seed = seed
  }

  /// One split per sample, parallel to `identifiers` and `labels` (class indices from 0).
  public func assign(identifiers: [String], labels: [Int]) -> [Dataset.Split] {
    var members: [[(key: UInt64, identifier: String, index: Int)]] = []
    for (index, (identifier, label)) in zip(identifiers, labels).enumerated() where label >= 0 {
      while members.count <= label { members.append([]) }
      var generator = SeededGenerator(
        seed: seed, stream: stableHash("split"), stableHash(identifier))
      members[label].append((generator.next(), identifier, index))
    }
    var splits = [Dataset.Split](repeating: .train, count: labels.count)
    var carried = [0.0, 0.0, 0.0]
    for var group in members {
      group.sort {
        $0.key != $1.key
          ? $0.key < $1.key : precedesByCodePoint($0.identifier, $1.identifier)
      }
      let counts = Self.counts(of: group.count, carried: &carried)
      for (place, member) in group.enumerated() {
        splits[member.index] =
          place < counts[0] ? .train : place < counts[0] + counts[1] ? .validation : .test
      }
    }
    return splits
  }

  /// Train, validation and test counts for a class of `size`; updates the rounding carried over.
  static func counts(of size: Int, carried: inout [Double]) -> [Int] {
    let wanted = zip([trainShare, validationShare, testShare], carried).map { share, rest in
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
