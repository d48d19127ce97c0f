import Foundation
import ModalityKit
import SeededRandom

/// Ways to spoil a row of a table. Numbers come first and are spoiled as `NumberCorruptions` does
/// it, then categories, then dates; missing cells and unknown columns stay as they are.
struct RecordCorruptions: Sendable {
  /// nil before anything was learned: cells are what they look like, a number's unit is 1, a
  /// date's is a day.
  let state: TabularState?

  var all: [Corruption<TableRecord>] {
    [
      Corruption(
        "gaussian",
        "normal noise, its deviation severity times a value's range in training; a category "
          + "becomes another with probability severity/12"
      ) { record, severity, generator in gaussian(record, severity, &generator) },
      Corruption(
        "dropout",
        "each value is lost with probability severity/10; a number whose column was whole in "
          + "training falls to its minimum there"
      ) { record, severity, generator in dropout(record, severity, &generator) },
      Corruption(
        "shuffle", "severity/10 of the values of a kind change places, fitted to their new range"
      ) { record, severity, generator in shuffle(record, severity, &generator) },
    ]
  }

  private func gaussian(
    _ record: TableRecord, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<TableRecord> {
    let parts = RecordParts(record, state)
    var cells = record.cells
    let values = parts.numbers.corruptions.gaussian(parts.numbers.values, severity, &generator)
    parts.numbers.put(values, into: &cells)
    var replaced = 0
    for (place, column) in zip(parts.categories.places, parts.categories.columns) {
      let isHit = generator.uniform() < severity / 12
      let others = isHit ? column?.categories.filter { $0 != cells[place].category } ?? [] : []
      guard !others.isEmpty else { continue }
      cells[place] = .text(others[generator.index(below: others.count)])
      replaced += 1
    }
    let dates = parts.dates.corruptions.gaussian(parts.dates.values, severity, &generator)
    parts.dates.put(dates, into: &cells)
    let squares =
      parts.numbers.corruptions.squaredChange(from: parts.numbers.values, to: values)
      + parts.dates.corruptions.squaredChange(from: parts.dates.values, to: dates)
      + Double(replaced)
    let amount = (squares / Double(max(1, parts.count))).squareRoot()
    let others = parts.categories.places.count
    let text = String(format: "noise of %.2f training ranges", amount)
    return Corrupted(
      signal: record.with(cells),
      realised: RealisedCorruption(
        amount: amount,
        text: others == 0 ? text : "\(text), \(replaced) of \(others) categories replaced"))
  }

  private func dropout(
    _ record: TableRecord, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<TableRecord> {
    let parts = RecordParts(record, state)
    var cells = record.cells
    // What never was missing has no feature to say that it is: a number falls, as a vector's does.
    let numbers = parts.numbers.corruptions
    let lost = numbers.hits(parts.numbers.values.count, severity, &generator)
    parts.numbers.put(numbers.lowered(parts.numbers.values, at: lost), into: &cells)
    for index in lost where parts.numbers.columns[index]?.hasMissing == true {
      cells[parts.numbers.places[index]] = .missing
    }
    for place in parts.categories.places + parts.dates.places
    where generator.uniform() < severity / 10 { cells[place] = .missing }
    return result(
      record, cells, parts,
      parts.isNumeric ? "lowered to their training minimum" : "lowered to their minimum or lost")
  }

  private func shuffle(
    _ record: TableRecord, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<TableRecord> {
    let parts = RecordParts(record, state)
    var cells = record.cells
    let values = parts.numbers.corruptions.shuffle(parts.numbers.values, severity, &generator)
    parts.numbers.put(values, into: &cells)
    let places = parts.categories.places
    for (target, source) in exchanges(places.count, severity, &generator) {
      cells[places[target]] = record.cells[places[source]]
    }
    let dates = parts.dates.corruptions.shuffle(parts.dates.values, severity, &generator)
    parts.dates.put(dates, into: &cells)
    return result(record, cells, parts, "moved to another place")
  }

  /// The realised amount: the share of values that are others now.
  private func result(
    _ record: TableRecord, _ cells: [TableRecord.Cell], _ parts: RecordParts, _ what: String
  ) -> Corrupted<TableRecord> {
    let changed = zip(cells, record.cells).count { $0 != $1 }
    guard changed > 0 else { return Corrupted(signal: record, realised: .none) }
    let total = parts.count
    let things = parts.isNumeric ? "numbers" : "values"
    return Corrupted(
      signal: record.with(cells),
      realised: RealisedCorruption(
        amount: Double(changed) / Double(total), text: "\(changed) of \(total) \(things) \(what)"))
  }
}
