import Foundation
import ModalityKit

/// Rows of a table: numbers, dates and categories in named columns, with values missing here and
/// there.
///
/// Row, column by column:
/// - a number: scaled as `TabularConfiguration.Scaling` says; missing, it is the training median;
/// - a date: its place between the first and the last date of training, then sine and cosine of
///   2π · d / n for day d = 0… of a year of n days, and of 2π · w / 7 for the weekday w, Monday
///   being 0; missing, it is the median date, and sines and cosines are 0;
/// - a category: 1 in the place of its value, 0 elsewhere; missing, it is 0 everywhere;
/// - then, if values of the column were missing in training, 1 where it is missing and 0 elsewhere.
public struct TabularEncoder: ModalityEncoder {
  public static let descriptor = EncoderDescriptor(
    identifier: "tabular", version: 1, modality: "table",
    summary: "rows of a table: numbers, dates and categories, missing values included",
    accepts: "numbers, a JSON object, or a CSV of a header line and one row",
    parameters: TabularConfiguration.parameters, traits: [.numeric])

  public static var defaultConfiguration: TabularConfiguration { TabularConfiguration() }

  public static var corruptions: [Corruption<TableRecord>] { RecordCorruptions(state: nil).all }

  public static func corruptions(fitted state: TabularState) -> [Corruption<TableRecord>] {
    RecordCorruptions(state: state).all
  }

  public let configuration: TabularConfiguration

  public init(configuration: TabularConfiguration) throws(EncoderError) {
    try TabularConfiguration.parameters.check(configuration, of: Self.descriptor.identifier)
    self.configuration = configuration
  }

  public func decode(_ raw: RawInput) throws(EncoderError) -> TableRecord {
    try RecordReader.record(from: raw)
  }

  public func fit(_ signals: some Sequence<TableRecord>) throws(EncoderError) -> TabularState {
    var learners: [ColumnLearner] = []
    var places: [String: Int] = [:]
    var names: [String] = []
    var rows = 0
    for record in signals {
      rows += 1
      let isUsual = record.columns == names
      for (place, (column, cell)) in zip(record.columns, record.cells).enumerated() {
        let index = isUsual ? place : places[column] ?? learners.count
        if index == learners.count {
          places[column] = index
          names.append(column)
          learners.append(ColumnLearner(name: column, dates: configuration.dates))
          guard learners.count <= RecordReader.columnLimit else {
            throw EncoderError(
              .tooLarge, "the training rows have more than \(RecordReader.columnLimit) columns",
              hint: "give all rows the same columns")
          }
        }
        learners[index].learn(cell)
      }
    }
    let columns = learners.map { $0.column(rows: rows, categories: configuration.categories) }
    guard columns.contains(where: { $0.kind != .empty }) else {
      throw EncoderError(
        .nothingToFit, "tabular needs at least one training row with a value, found none",
        hint: "check that the training split has values")
    }
    return TabularState(columns: columns)
  }

  public func schema(_ state: TabularState) -> FeatureSchema {
    var taken: Set<String> = []
    let names = state.columns.flatMap(names).map { name in
      var name = name.replacing("\n", with: " ")
      // `a=b` may be a value of column `a`, and a column of its own.
      while !taken.insert(name).inserted { name += "'" }
      return name
    }
    return FeatureSchema(names: names)
  }

  private func names(_ column: TableColumn) -> [String] {
    let own: [String]
    switch column.kind {
    case .empty: return []
    case .number: own = [column.name]
    case .date:
      own = [
        column.name, "\(column.name):year.sin", "\(column.name):year.cos",
        "\(column.name):weekday.sin", "\(column.name):weekday.cos",
      ]
    case .category: own = column.slots.map { "\(column.name)=\($0)" }
    }
    return hasFlag(column) ? own + ["\(column.name):missing"] : own
  }

  private func hasFlag(_ column: TableColumn) -> Bool {
    configuration.missing && column.hasMissing
  }

  public func encode(
    _ signal: TableRecord, _ state: TabularState, into row: inout FeatureRow
  ) throws(EncoderError) {
    row.startDense(capacity: state.columns.count)
    let cells = state.cells(of: signal)
    for (index, column) in state.columns.enumerated() {
      let isMissing: Bool
      switch column.kind {
      case .empty: continue
      case .number: isMissing = append(cells[index].number, index, state, into: &row)
      case .date: isMissing = append(cells[index].date, index, state, into: &row)
      case .category: isMissing = append(cells[index].category, column, into: &row)
      }
      if hasFlag(column) { row.append(isMissing ? 1 : 0) }
    }
  }

  private func append(
    _ number: Double?, _ index: Int, _ state: TabularState, into row: inout FeatureRow
  ) -> Bool {
    let column = state.columns[index]
    let value = number ?? column.median
    switch configuration.scaling {
    case .minmax: row.append(state.ranges.feature(value, index))
    case .none: row.append(NumberRanges.feature(value))
    case .standard:
      row.append(
        column.deviation > 0
          ? NumberRanges.feature((value - column.mean) / column.deviation) : 0)
    }
    return number == nil
  }

  private func append(
    _ date: CivilDate?, _ index: Int, _ state: TabularState, into row: inout FeatureRow
  ) -> Bool {
    row.append(state.ranges.feature(date?.seconds ?? state.columns[index].median, index))
    for share in [
      date.map { Double($0.dayOfYear) / Double($0.daysInYear) },
      date.map { Double($0.weekday) / 7 },
    ] {
      row.append(Float(share.map { sin(2 * .pi * $0) } ?? 0))
      row.append(Float(share.map { cos(2 * .pi * $0) } ?? 0))
    }
    return date == nil
  }

  private func append(
    _ category: String?, _ column: TableColumn, into row: inout FeatureRow
  ) -> Bool {
    let slot = category.flatMap(column.slot)
    for place in column.slots.indices { row.append(place == slot ? 1 : 0) }
    return category == nil
  }

  public func memory(of signal: TableRecord) -> Int {
    let texts = signal.cells.reduce(0) { sum, cell in
      if case .text(let text) = cell { sum + text.utf8.count } else { sum }
    }
    let stride = MemoryLayout<String>.stride + MemoryLayout<TableRecord.Cell>.stride
    return MemoryLayout<TableRecord>.size + signal.cells.count * stride + texts
  }
}
