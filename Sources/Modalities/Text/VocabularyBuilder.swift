import Foundation

/// How much a term weighs that `df` of `n` training texts have.
enum InverseFrequency {
  /// ln((1 + n) / (1 + df)) + 1, as if one more text had every term: scikit-learn's default.
  case smooth
  /// ln(n / df) + 1, scikit-learn's `smooth_idf=False`.
  case plain
  /// 1
  case none

  func weight(texts: Int, having documents: Int) -> Double {
    switch self {
    case .smooth: log(Double(1 + texts) / Double(1 + documents)) + 1
    case .plain: log(Double(texts) / Double(documents)) + 1
    case .none: 1
    }
  }
}

/// Gathers term statistics over training texts and makes a vocabulary of them.
struct VocabularyBuilder: ~Copyable {
  private struct Statistics: BitwiseCopyable {
    var occurrences = 0
    var documents = 0
    var lastDocument = 0
  }

  private var table = TermTable(expecting: 1 << 10)
  private var statistics = GrowingBuffer<Statistics>(capacity: 1 << 10)
  private var documents = 0

  /// The terms added from here on are those of another text.
  mutating func startText() { documents += 1 }

  @inline(__always)
  mutating func add(_ term: Term, count: Int) {
    let number = table.insert(term)
    if number == statistics.count { statistics.append(Statistics()) }
    var found = statistics[number]
    found.occurrences += count
    if found.lastDocument != documents {
      found.documents += 1
      found.lastDocument = documents
    }
    statistics[number] = found
  }

  /// - Parameters:
  ///   - minimumDocuments: terms in fewer texts are left out.
  ///   - maximumDocuments: terms in more than this share of the texts are left out
  ///     (df > maximumDocuments · n, scikit-learn's `max_df` as a float).
  ///   - maximumFeatures: only this many of the most frequent terms (by occurrences; of equally
  ///     frequent ones the first by code point); 0 for all.
  func vocabulary(
    minimumDocuments: Int, maximumDocuments: Double, maximumFeatures: Int, idf: InverseFrequency
  ) -> Vocabulary {
    let limit = maximumDocuments * Double(documents)
    var (kept, common): ([Int], [Int]) = ([], [])
    for index in 0..<table.count {
      let count = statistics[index].documents
      if Double(count) > limit {
        common.append(index)
      } else if count >= minimumDocuments {
        kept.append(index)
      }
    }
    if maximumFeatures > 0, kept.count > maximumFeatures {
      kept = mostFrequent(maximumFeatures, of: kept)
    }
    kept.sort { precedes($0, $1) }
    common.sort { precedes($0, $1) }
    return Vocabulary(
      terms: kept.map { table.string($0) },
      idf: kept.map { idf.weight(texts: documents, having: statistics[$0].documents) },
      documents: kept.map { statistics[$0].documents },
      common: common.map { table.string($0) })
  }

  /// So many of more terms: those of most occurrences, of equally frequent ones the first by code point.
  private func mostFrequent(_ wanted: Int, of terms: [Int]) -> [Int] {
    // Numbers are sorted in a small part of the time that terms take.
    let least = terms.map { statistics[$0].occurrences }.sorted()[terms.count - wanted]
    var chosen = terms.filter { statistics[$0].occurrences > least }
    let ties = terms.filter { statistics[$0].occurrences == least }
    chosen += ties.sorted { precedes($0, $1) }.prefix(wanted - chosen.count)
    return chosen
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    table.term(left).precedes(table.term(right))
  }
}
