/// How often each class is taken for which.
struct MatrixChart: Equatable, Sendable {
  var title = ""
  /// What the rows and the columns are.
  var rowTitle: String
  var columnTitle: String
  /// Of the rows and, in the same order, of the columns.
  var names: [String]
  /// A row a name, a column a name.
  var counts: [[Int]]

  /// The share of a row's total that a cell has; 0 in an empty row.
  func share(_ row: Int, _ column: Int) -> Double {
    let total = counts[row].reduce(0, +)
    return total > 0 ? Double(counts[row][column]) / Double(total) : 0
  }

  /// Whether there are as many counts as names.
  var isSound: Bool {
    !names.isEmpty && counts.count == names.count
      && counts.allSatisfy { $0.count == names.count }
  }
}
