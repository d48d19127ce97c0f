import ModalityKit

/// What the tabular encoder learns of one column.
public struct TableColumn: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable {
    case number
    case date
    case category
    /// No value in training: no feature.
    case empty
  }

  public let name: String
  public let kind: Kind
  /// Of numbers; of dates in seconds since 1970-01-01T00:00:00Z. 0 for other kinds, as the next four.
  public let minimum: Double
  public let maximum: Double
  public let median: Double
  public let mean: Double
  /// Standard deviation, of the population.
  public let deviation: Double
  /// By falling frequency, then in order of code points.
  public let categories: [String]
  /// Whether there were more values than `categories` has, in training.
  public let hasOthers: Bool
  /// Whether values were missing in training.
  public let hasMissing: Bool

  static let others = "other"

  /// The one-hot features: the categories, and one for all others.
  var slots: [String] {
    hasOthers && !categories.contains(Self.others) ? categories + [Self.others] : categories
  }

  /// Which of `slots` a value has; nil for one that was not there in training.
  func slot(of value: String) -> Int? {
    categories.firstIndex(of: value) ?? (hasOthers ? slots.firstIndex(of: Self.others) : nil)
  }

  fileprivate var fault: String? {
    let limit = NumberRanges.largestMagnitude
    if name.isEmpty { return "a column has no name" }
    guard [minimum, maximum, median, mean, deviation].allSatisfy({ abs($0) <= limit }),
      minimum <= maximum, (minimum...maximum).contains(median), deviation >= 0
    else { return "the numbers of \(name) contradict each other" }
    guard Set(categories).count == categories.count, categories.isEmpty || kind == .category else {
      return "the categories of \(name) contradict each other"
    }
    return nil
  }
}

/// What the tabular encoder learns: the columns, in order of first appearance.
public struct TabularState: Codable, Sendable, Equatable {
  public let columns: [TableColumn]
  let ranges: NumberRanges
  let names: [String]
  private let places: [String: Int]

  private enum CodingKeys: CodingKey { case columns }

  init(columns: [TableColumn]) {
    self.columns = columns
    ranges = NumberRanges(minimum: columns.map(\.minimum), maximum: columns.map(\.maximum))
    names = columns.map(\.name)
    places = Dictionary(
      names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// A saved state comes from a file: what the encoder relies on is checked.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(columns: try values.decode([TableColumn].self, forKey: .columns))
    let fault =
      columns.lazy.compactMap(\.fault).first
      ?? (places.count == columns.count ? nil : "two columns share a name")
      ?? (columns.allSatisfy { $0.kind == .empty } ? "no column has values" : nil)
    if let fault {
      throw DecodingError.dataCorruptedError(
        forKey: .columns, in: values, debugDescription: fault)
    }
  }

  /// Where each of these columns stands among the learned ones; nil for an unknown one.
  func indices(of names: [String]) -> [Int?] {
    if names == self.names { return Array(names.indices) }
    return names.map { places[$0] }
  }

  /// The record's cells in the order of the learned columns, missing where it has none.
  func cells(of record: TableRecord) -> [TableRecord.Cell] {
    if record.columns == names { return record.cells }
    var cells = [TableRecord.Cell](repeating: .missing, count: names.count)
    for (index, cell) in zip(indices(of: record.columns), record.cells) {
      if let index { cells[index] = cell }
    }
    return cells
  }
}
