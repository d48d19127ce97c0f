import Foundation

/// The terms one kind of column stands for, with their weights. Learned from training texts.
///
/// Terms are ordered by code point, so that a column's number does not depend on the order of the
/// training texts.
public struct Vocabulary: Codable, Sendable, Equatable {
  public let terms: [String]
  /// Inverse document frequency of each term, or 1 for plain counts.
  public let idf: [Double]
  /// How many training texts have each term.
  public let documents: [Int]
  private let columns: [String: Int32]

  init(terms: [String], idf: [Double], documents: [Int]) {
    self.terms = terms
    self.idf = idf
    self.documents = documents
    columns = Dictionary(
      zip(terms, terms.indices.map { Int32($0) }), uniquingKeysWith: { first, _ in first })
  }

  public func column(of term: String) -> Int? { columns[term].map(Int.init) }

  /// Whether several training texts have the term. A word of one text alone counts as unfamiliar:
  /// otherwise every training text would be made of known words only, and no other text would look
  /// like them.
  func isFamiliar(_ term: String) -> Bool {
    columns[term].map { documents[Int($0)] > 1 } ?? false
  }

  private enum CodingKeys: String, CodingKey { case terms, idf, documents }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let terms = try container.decode([String].self, forKey: .terms)
    let idf = try container.decode([Double].self, forKey: .idf)
    let documents = try container.decode([Int].self, forKey: .documents)
    self.init(terms: terms, idf: idf, documents: documents)
    guard idf.count == terms.count, documents.count == terms.count, columns.count == terms.count,
      idf.allSatisfy(\.isFinite)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .idf, in: container,
        debugDescription: "expected one finite idf and one count for each of \(terms.count) "
          + "different terms")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(terms, forKey: .terms)
    try container.encode(idf, forKey: .idf)
    try container.encode(documents, forKey: .documents)
  }
}

/// Gathers term statistics over training texts and makes a vocabulary of them.
struct VocabularyBuilder {
  private var totals: [String: (occurrences: Int, documents: Int, lastDocument: Int)] = [:]
  private var documents = 0

  mutating func add(_ terms: [String]) {
    for term in terms {
      var total = totals[term] ?? (0, 0, -1)
      total.occurrences += 1
      if total.lastDocument != documents {
        total.documents += 1
        total.lastDocument = documents
      }
      totals[term] = total
    }
    documents += 1
  }

  /// - Parameters:
  ///   - minimumDocuments: terms in fewer texts are left out.
  ///   - maximumFeatures: only this many of the most frequent terms (by occurrences; of equally
  ///     frequent ones the first by code point); 0 for all.
  ///   - weighted: idf = ln((1 + n) / (1 + df)) + 1 with n texts of which df have the term
  ///     (scikit-learn's smooth idf); otherwise 1.
  func vocabulary(minimumDocuments: Int, maximumFeatures: Int, weighted: Bool) -> Vocabulary {
    var kept = totals.filter { $0.value.documents >= minimumDocuments }
      .sorted { byCodePoint($0.key, $1.key) }
    if maximumFeatures > 0, kept.count > maximumFeatures {
      let order = kept.indices.sorted {
        (-kept[$0].value.occurrences, $0) < (-kept[$1].value.occurrences, $1)
      }
      kept = order.prefix(maximumFeatures).sorted().map { kept[$0] }
    }
    let idf = kept.map { entry in
      weighted ? log(Double(1 + documents) / Double(1 + entry.value.documents)) + 1 : 1
    }
    return Vocabulary(
      terms: kept.map(\.key), idf: idf, documents: kept.map(\.value.documents))
  }
}

/// Unicode's code point order, which UTF-8 keeps byte by byte. Swift's own order of strings is by
/// canonical equivalence.
private func byCodePoint(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
