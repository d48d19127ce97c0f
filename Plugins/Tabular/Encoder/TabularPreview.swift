import Foundation
import ModalityKit

/// What a person sees of a record, and what is odd about it.
extension TabularEncoder {
  public func preview(_ signal: TableRecord) -> Preview {
    let numbers = signal.cells.compactMap { cell -> Double? in
      if case .number(let value) = cell { value } else { nil }
    }
    let count = signal.cells.count
    let columns = count == 1 ? "1 column" : "\(count) columns"
    guard numbers.count < count else {
      let text = { (value: Double?) in String(format: "%.4g", value ?? 0) }
      return Preview(
        .numbers(numbers),
        caption: "\(columns), numbers from \(text(numbers.min())) to \(text(numbers.max()))")
    }
    let missing = signal.cells.count { $0 == .missing }
    let shown = zip(signal.columns, signal.cells).prefix(200).map { column, cell in
      "\(column)=\(Self.shown(cell))"
    }
    return Preview(
      .tokens(shown), caption: missing == 0 ? columns : "\(columns), \(missing) of them missing",
      warnings: missing == count ? ["every value is missing"] : [])
  }

  private static func shown(_ cell: TableRecord.Cell) -> String {
    switch cell {
    case .missing: "?"
    case .number(let value): String(format: "%.6g", value)
    case .text(let text): text
    }
  }

  public func warnings(_ signal: TableRecord, _ state: TabularState) -> [String] {
    let indices = state.indices(of: signal.columns)
    let unknown = zip(signal.columns, indices).filter { $0.1 == nil }.map(\.0)
    var isThere = [Bool](repeating: false, count: state.columns.count)
    for case let index? in indices { isThere[index] = true }
    let absent = zip(state.columns, isThere).filter { !$0.1 && $0.0.kind != .empty }.map(\.0.name)
    let strange = zip(state.columns, state.cells(of: signal)).filter(Self.isStrange)
      .map { "\($0.name)=\(Self.shown($1))" }
    return [
      ("not in the training table and ignored: ", unknown),
      ("taken as missing: ", absent),
      ("never seen in training: ", strange),
    ].filter { !$0.1.isEmpty }.map { $0.0 + Self.list($0.1) }
  }

  /// Whether a cell is of another kind than its column, or a category without a place.
  private static func isStrange(_ column: TableColumn, _ cell: TableRecord.Cell) -> Bool {
    guard cell != .missing else { return false }
    switch column.kind {
    case .number: return cell.number == nil
    case .date: return cell.date == nil
    case .category: return cell.category.flatMap(column.slot) == nil
    case .empty: return true
    }
  }

  private static func list(_ names: [String]) -> String {
    names.count <= 5
      ? names.joined(separator: ", ")
      : names.prefix(4).joined(separator: ", ") + " and \(names.count - 4) more"
  }
}
