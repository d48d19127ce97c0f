import Foundation

extension PageRenderer {
  /// Bars from a value before, as an outline, to the value now, with both numbers.
  mutating func draw(_ chart: BarChart) {
    title(chart.title)
    let now = chart.rows.map(\.value).filter(\.isFinite)
    let greatest = (now + chart.rows.compactMap(\.before).filter(\.isFinite)).max() ?? 0
    let full: Double =
      switch chart.scale {
      case .unit: 1
      case .automatic: greatest
      case .upTo(let value): value
      }
    let names = chart.rows.map { TextMeasure.fitted($0.label, to: page.room / 3, size: 13) }
    let labels = (names.map { TextMeasure.width($0, size: 13) }.max() ?? 0) + 10
    let texts = chart.rows.map { Self.numbers($0, chart.decimals) }
    let numbers = (texts.map { TextMeasure.width($0, size: 12) }.max() ?? 0) + 12
    let room = page.room - labels - numbers
    func length(_ value: Double?) -> Double {
      guard let value, value.isFinite, full > 0 else { return 0 }
      return min(max(value / full, 0), 1) * room
    }
    let start = page.left + labels
    for ((row, name), text) in zip(zip(chart.rows, names), texts) {
      page.text(name, x: start - 8, y: 14, anchor: .end)
      page.rectangle(x: start, y: 3, width: length(row.value), height: 14, fill: .blue)
      if row.before != nil {
        page.rectangle(
          x: start, y: 1, width: length(row.before), height: 18, fill: nil,
          pen: .init(colour: .ink, width: 1, dashes: [3, 2]))
      }
      page.text(
        text, x: start + max(length(row.value), length(row.before)) + 7, y: 14, size: 12,
        colour: .faded)
      page.skip(22)
    }
    page.line(.init(start, -22 * Double(chart.rows.count)), .init(start, 0), colour: .faded)
    if chart.rows.contains(where: { $0.before != nil }) {
      line("dashed outline: before", size: 11, colour: .faded)
    }
  }

  /// `0.42 → 0.03, sigma 1.2`
  private static func numbers(_ row: BarChart.Row, _ decimals: Int) -> String {
    let now = NumberText.fixed(row.value, decimals)
    let change = row.before.map { "\(NumberText.fixed($0, decimals)) → \(now)" } ?? now
    return row.detail.isEmpty ? change : "\(change), \(row.detail)"
  }

  mutating func draw(_ table: Table) {
    let titles = table.columns.map(\.title)
    let rows = [titles] + table.rows
    let widths = titles.indices.map { column in
      rows.map { TextMeasure.width($0[safe: column] ?? "", size: 13, bold: true) }.max() ?? 0
    }
    for (index, row) in rows.enumerated() {
      var x = page.left
      for column in titles.indices {
        let isRight = table.columns[column].alignment == .right
        page.text(
          row[safe: column] ?? "", x: isRight ? x + widths[column] : x, y: 13, bold: index == 0,
          anchor: isRight ? .end : .start)
        x += widths[column] + 18
      }
      page.skip(18)
    }
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
