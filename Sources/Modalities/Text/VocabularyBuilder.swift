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
struct VocabularyBuilder {
  private var totals: [ExactTerm: (occurrences: Int, documents: Int, lastDocument: Int)] = [:]
  private var documents = 0

  mutating func add(_ terms: [String]) {
    for term in terms {
      let key = ExactTerm(term)
      var total = totals[key] ?? (0, 0, -1)
      total.occurrences += 1
      if total.lastDocument != documents {
        total.documents += 1
        total.lastDocument = documents
      }
      totals[key] = total
    }
    documents += 1
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
    let (rare, common) = (
      totals.filter { Double($0.value.documents) <= limit },
      totals.filter { Double($0.value.documents) > limit }
    )
    var kept = rare.filter { $0.value.documents >= minimumDocuments }
      .sorted { $0.key.text.precedesByCodePoint($1.key.text) }
    if maximumFeatures > 0, kept.count > maximumFeatures {
      let order = kept.indices.sorted {
        (-kept[$0].value.occurrences, $0) < (-kept[$1].value.occurrences, $1)
      }
      kept = order.prefix(maximumFeatures).sorted().map { kept[$0] }
    }
    return Vocabulary(
      terms: kept.map(\.key.text),
      idf: kept.map { idf.weight(texts: documents, having: $0.value.documents) },
      documents: kept.map(\.value.documents),
      common: common.map(\.key.text).sorted { $0.precedesByCodePoint($1) })
  }
}
