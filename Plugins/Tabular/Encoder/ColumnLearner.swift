import ModalityKit
import SeededRandom

/// Learns one column from its cells, in bounded memory.
struct ColumnLearner {
  /// Median, mean and deviation come from so many values, drawn at random where there are more.
  static let sampleLimit = 1 << 14
  /// Values counted as categories; those first met behind that many are not.
  static let countLimit = 10_000

  let name: String
  /// Cells that were there.
  private(set) var present = 0
  private var isNumeric = true
  private var isDate: Bool
  private var low = 0.0
  private var high = 0.0
  private var sample: [Double] = []
  private var generator: SeededGenerator
  /// Empty as long as all cells were plain numbers.
  private var counts: [TableRecord.Cell: Int] = [:]
  private var wasCounted = false

  init(name: String, dates: Bool) {
    self.name = name
    isDate = dates
    generator = SeededGenerator(seed: 1, stream: stableHash(name))
  }

  mutating func learn(_ cell: TableRecord.Cell) {
    guard cell != .missing else { return }
    count(cell)
    isNumeric = isNumeric && cell.number != nil
    isDate = isDate && cell.date != nil
    if let value = isNumeric ? cell.number : isDate ? cell.date?.seconds : nil { keep(value) }
    present += 1
  }

  private mutating func count(_ cell: TableRecord.Cell) {
    if case .number = cell, !wasCounted { return }
    if !wasCounted {
      wasCounted = true
      for value in sample { counts[.number(value), default: 0] += 1 }
    }
    guard counts.count < Self.countLimit || counts[cell] != nil else { return }
    counts[cell, default: 0] += 1
  }

  /// Vitter, "Random sampling with a reservoir" (1985), algorithm R.
  private mutating func keep(_ value: Double) {
    low = present == 0 ? value : min(low, value)
    high = present == 0 ? value : max(high, value)
    guard sample.count >= Self.sampleLimit else {
      sample.append(value)
      return
    }
    let place = generator.index(below: present + 1)
    if place < sample.count { sample[place] = value }
  }

  /// - Parameters:
  ///   - rows: training rows, with and without this column.
  ///   - limit: categories that have a feature of their own.
  func column(rows: Int, categories limit: Int) -> TableColumn {
    let kind: TableColumn.Kind =
      present == 0 ? .empty : isNumeric ? .number : isDate ? .date : .category
    let (categories, hasOthers) = kind == .category ? frequent(limit) : ([], false)
    let spread = kind == .number || kind == .date ? Spread(sample.sorted()) : Spread([])
    let hasRange = kind == .number || kind == .date
    return TableColumn(
      name: name, kind: kind, minimum: hasRange ? low : 0, maximum: hasRange ? high : 0,
      median: spread.median, mean: spread.mean, deviation: spread.deviation,
      categories: categories, hasOthers: hasOthers, hasMissing: present < rows)
  }

  private func frequent(_ limit: Int) -> ([String], Bool) {
    var named: [String: Int] = [:]
    for (cell, count) in counts {
      if let category = cell.category { named[category, default: 0] += count }
    }
    let ordered = named.sorted { first, second in
      first.value != second.value
        ? first.value > second.value
        : first.key.utf8.lexicographicallyPrecedes(second.key.utf8)
    }
    return (ordered.prefix(limit).map(\.key), ordered.count > limit)
  }
}

/// Median, mean and standard deviation (of the population) of ascending values.
private struct Spread {
  var median = 0.0
  var mean = 0.0
  var deviation = 0.0

  init(_ values: [Double]) {
    guard let first = values.first, let last = values.last else { return }
    let (below, above) = (values[(values.count - 1) / 2], values[values.count / 2])
    median = below == above ? below : below / 2 + above / 2
    // Divided before they are added, so that no sum leaves what a Double can hold.
    let count = Double(values.count)
    mean = min(max(values.reduce(0) { $0 + $1 / count }, first), last)
    let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) / count }
    deviation = min(squares.squareRoot(), (last - first) / 2)
  }
}
