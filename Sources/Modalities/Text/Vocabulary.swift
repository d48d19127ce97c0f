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
  /// Terms that have no column because too many training texts have them, by code point.
  public let common: [String]
  /// `terms` and `common` once more, to be found by their bytes.
  private let columns: TermIndex
  private let withoutColumn: TermIndex

  init(terms: [String], idf: [Double], documents: [Int], common: [String]) {
    self.terms = terms
    self.idf = idf
    self.documents = documents
    self.common = common
    columns = TermIndex(terms)
    withoutColumn = TermIndex(common)
  }

  public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
    left.columns.terms == right.columns.terms && left.idf == right.idf
      && left.documents == right.documents && left.withoutColumn.terms == right.withoutColumn.terms
  }

  public func column(of term: String) -> Int? { columns.number(of: term) }

  func column(of term: Term) -> Int? { columns.number(of: term) }

  /// Whether the term has a column or is too common to have one.
  func hasMet(_ term: Term) -> Bool {
    columns.number(of: term) != nil || withoutColumn.number(of: term) != nil
  }

  /// Whether several training texts have the term, or it is too common for a column. A word of one
  /// text alone counts as unfamiliar: otherwise every training text would be made of known words
  /// only, and no other text would look like them.
  func isFamiliar(_ term: Term) -> Bool {
    columns.number(of: term).map { documents[$0] > 1 } ?? (withoutColumn.number(of: term) != nil)
  }

  private enum CodingKeys: String, CodingKey { case terms, idf, documents, common }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let terms = try container.decode([String].self, forKey: .terms)
    let idf = try container.decode([Double].self, forKey: .idf)
    let documents = try container.decode([Int].self, forKey: .documents)
    let common = try container.decodeIfPresent([String].self, forKey: .common)
    self.init(terms: terms, idf: idf, documents: documents, common: common ?? [])
    guard idf.count == terms.count, documents.count == terms.count,
      columns.terms.count == terms.count,
      idf.allSatisfy(\.isFinite)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .idf, in: container,
        debugDescription: "expected one finite idf and one count for each of \(terms.count) "
          + "different terms")
    }
  }

  /// `common` is written only if there is any.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(terms, forKey: .terms)
    try container.encode(idf, forKey: .idf)
    try container.encode(documents, forKey: .documents)
    if !common.isEmpty { try container.encode(common, forKey: .common) }
  }
}
