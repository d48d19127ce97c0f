import ModalityKit

/// The values of a record by their kind: what can be spoiled alike. Each part in column order.
struct RecordParts {
  let numbers: Part
  let categories: Part
  let dates: Part

  /// Values of one kind that are there.
  struct Part {
    /// Into the record's cells.
    var places: [Int] = []
    /// What was learned of their columns; nil where nothing was.
    var columns: [TableColumn?] = []
    /// Numbers, or seconds since 1970-01-01T00:00:00Z; 0 for categories.
    var values: [Double] = []
    /// Whether a date has no time of day.
    var areDays: [Bool] = []
    /// The smallest step a range may have: a day for dates, so that one that never changed in
    /// training can be spoiled; 0 for numbers, whose range is then 1.
    let leastRange: Double

    var corruptions: NumberCorruptions {
      guard columns.allSatisfy({ $0 != nil }) else {
        let unit = [Double](repeating: leastRange > 0 ? leastRange : 1, count: places.count)
        return NumberCorruptions(
          ranges: NumberRanges(minimum: unit.map { _ in 0 }, maximum: unit))
      }
      return NumberCorruptions(
        ranges: NumberRanges(
          minimum: columns.map { $0?.minimum ?? 0 },
          maximum: columns.map { max($0?.maximum ?? 0, ($0?.minimum ?? 0) + leastRange) }))
    }

    /// Writes those values that are others now: numbers, or dates in ISO 8601.
    func put(_ changed: [Double], into cells: inout [TableRecord.Cell]) {
      for (index, place) in places.enumerated()
      where changed[index].bitPattern != values[index].bitPattern {
        cells[place] =
          leastRange > 0
          ? .text(CivilDate.text(seconds: changed[index], withTime: !areDays[index]))
          : .number(changed[index])
      }
    }
  }

  init(_ record: TableRecord, _ state: TabularState?) {
    var numbers = Part(leastRange: 0)
    var categories = Part(leastRange: 0)
    var dates = Part(leastRange: 86_400)
    let indices = state?.indices(of: record.columns)
    for (place, cell) in record.cells.enumerated() {
      let column = indices.flatMap { $0[place] }.flatMap { state?.columns[$0] }
      // A column that was not there in training has no kind.
      guard cell != .missing, state == nil || column != nil else { continue }
      switch column?.kind ?? Self.kind(of: cell) {
      case .number:
        if let value = cell.number { numbers.add(place, column, value) }
      case .date:
        if let date = cell.date {
          dates.add(place, column, date.seconds, isDay: date.secondOfDay == nil)
        }
      case .category: categories.add(place, column, 0)
      case .empty: break
      }
    }
    (self.numbers, self.categories, self.dates) = (numbers, categories, dates)
  }

  private static func kind(of cell: TableRecord.Cell) -> TableColumn.Kind {
    cell.number != nil ? .number : cell.date != nil ? .date : .category
  }

  var count: Int { numbers.places.count + categories.places.count + dates.places.count }
  var isNumeric: Bool { numbers.places.count == count }
}

extension RecordParts.Part {
  fileprivate mutating func add(
    _ place: Int, _ column: TableColumn?, _ value: Double, isDay: Bool = false
  ) {
    places.append(place)
    columns.append(column)
    values.append(value)
    areDays.append(isDay)
  }
}
