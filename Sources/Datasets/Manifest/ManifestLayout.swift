import ModalityKit

/// What a person says of a manifest's columns, where their names do not: `label=species id=tag
/// size=beak_*,mass weather=*`. One that says nothing leaves the manifest to its names.
public struct ManifestLayout: Sendable, Equatable {
  /// Several columns that make one modality, each sample's cells a row of a table.
  public struct Table: Sendable, Equatable {
    public let name: String
    /// Column names; `beak_*` is every column of that beginning, `*` every one that is left.
    public let patterns: [String]

    public init(name: String, patterns: [String]) {
      self.name = name
      self.patterns = patterns
    }
  }

  public let label: String?
  public let identifier: String?
  public let split: String?
  public let tables: [Table]

  public init(
    label: String? = nil, identifier: String? = nil, split: String? = nil, tables: [Table] = []
  ) {
    self.label = label
    self.identifier = identifier
    self.split = split
    self.tables = tables
  }

  /// Nothing is said.
  public var isEmpty: Bool { self == ManifestLayout() }
}

extension ManifestColumns {
  /// What the columns mean by what a person says of them. A column that is not named is id, label
  /// or split if it is called so. Without a table, all others are the table `table`; with one, image,
  /// audio and text columns are modalities of their own, and what else is left stays out.
  init(
    of table: ManifestTable, layout: ManifestLayout, file: String, exists: (String) -> Bool
  ) throws(DatasetError) {
    try Self.checkNames(table.columns, file)
    func place(_ name: String) throws(DatasetError) -> Int {
      guard let place = table.columns.firstIndex(of: name) else {
        throw Self.missing(name, table.columns, file)
      }
      return place
    }
    let usual = { (name: String) in table.columns.firstIndex(of: name) }
    let label = try place(layout.label ?? "label")
    let identifier = if let name = layout.identifier { try place(name) } else { usual("id") }
    let split = if let name = layout.split { try place(name) } else { usual("split") }
    let rest = table.columns.indices.filter { ![label, identifier, split].contains($0) }
    let tables =
      layout.tables.isEmpty
      ? [ManifestLayout.Table(name: "table", patterns: ["*"])] : layout.tables
    let chosen = try TableChoice(tables, of: table.columns, among: rest, file).columns
    var modalities = zip(tables, chosen).compactMap { table, columns in
      columns.first.map { Modality(name: table.name, column: $0, content: .record(columns)) }
    }
    let taken = Set(chosen.joined())
    var leftOut: [String] = []
    for column in rest where !taken.contains(column) {
      let name = table.columns[column]
      guard Self.ownModalities.contains(name) else {
        leftOut.append(name)
        continue
      }
      let modality = try Self.modality(name, column, table, file, exists)
      guard !modalities.contains(where: { $0.name == modality.name }) else {
        throw DatasetError.at(
          file, line: 1, column: name, .duplicateColumn,
          "expected one modality \(modality.name), found a second one",
          hint: "give the table another name, or let it take this column: "
            + "\(modality.name)=\(name),…")
      }
      modalities.append(modality)
    }
    self.label = label
    self.identifier = identifier
    self.split = split
    self.modalities = modalities
    self.leftOut = leftOut
  }

  private static let ownModalities: Set<String> = [
    "image", "audio", "text", "image_file_name", "audio_file_name", "file_name",
  ]
}

/// Which columns each table has, in the manifest's order.
private struct TableChoice {
  /// Parallel to the tables. Every pattern has found its column.
  let columns: [[Int]]

  /// A name counts before a beginning, and a longer beginning before a shorter one; of two equal
  /// ones the first has the column.
  init(
    _ tables: [ManifestLayout.Table], of names: [String], among places: [Int], _ file: String
  ) throws(DatasetError) {
    var columns = [[Int]](repeating: [], count: tables.count)
    for place in places {
      let bids = tables.indices.compactMap { index in
        tables[index].patterns.compactMap { Self.bid($0, for: names[place]) }.max()
          .map { (table: index, bid: $0) }
      }
      guard let best = bids.map(\.bid).max() else { continue }
      let winners = bids.filter { $0.bid == best }
      guard winners.count == 1 || best < Int.max, let winner = winners.first else {
        throw DatasetError.at(
          file, line: 1, column: names[place], .duplicateColumn,
          "expected this column in one table, found it in "
            + winners.map { tables[$0.table].name }.joined(separator: " and "),
          hint: "name it once")
      }
      columns[winner.table].append(place)
    }
    for (table, found) in zip(tables, columns) {
      for pattern in table.patterns
      where !found.contains(where: { Self.bid(pattern, for: names[$0]) != nil }) {
        throw DatasetError.at(
          file, line: 1, column: pattern, .missingColumn,
          "expected a column \(pattern) for \(table.name), found columns: "
            + places.map { names[$0] }.joined(separator: ", "),
          hint: "columns are named as in the first line; * at the end stands for any ending",
          candidates: places.map { names[$0] })
      }
    }
    self.columns = columns
  }

  /// How well a pattern fits a name; nil if it does not.
  private static func bid(_ pattern: String, for name: String) -> Int? {
    if pattern == name { return Int.max }
    guard pattern.last == "*" else { return nil }
    let beginning = pattern.dropLast()
    return name.hasPrefix(beginning) ? beginning.utf8.count : nil
  }
}
