import Foundation

extension PageRenderer {
  /// Counts on shades of their share of the row; the diagonal is framed.
  mutating func draw(_ chart: MatrixChart) {
    title(chart.title)
    guard chart.isSound else { return line("no counts") }
    let size = 12.0
    let longest = chart.names.map { TextMeasure.width($0, size: size) }.max() ?? 0
    let labels = min(longest, 190) + 10
    let names = chart.names.map { TextMeasure.fitted($0, to: labels - 10, size: size) }
    let count = Double(names.count)
    // Whole points: frames are sharp.
    let corner = (page.left + labels + 20).rounded()
    let wide = (page.room - labels - 30) / count
    let side = wide < 8 ? wide : min(46, wide.rounded(.down))
    // Names over narrow columns are turned.
    let isFlat = names.allSatisfy { TextMeasure.width($0, size: size) < side - 4 }
    page.text(
      chart.columnTitle, x: corner + side * count / 2, y: 14, bold: true, anchor: .middle)
    page.skip(20 + (isFlat ? 18 : labels).rounded(.up))
    for (column, name) in names.enumerated() {
      let x = corner + (Double(column) + 0.5) * side
      page.text(
        name, x: isFlat ? x : x + 4, y: -6, size: size, anchor: isFlat ? .middle : .start,
        turn: isFlat ? 0 : -90)
    }
    page.text(
      chart.rowTitle, x: page.left + 13, y: side * count / 2, bold: true, anchor: .middle, turn: -90
    )
    for (row, name) in names.enumerated() {
      page.text(
        name, x: corner - 8, y: (Double(row) + 0.5) * side + 4, size: size, anchor: .end)
      for column in names.indices { cell(chart, row, column, corner: corner, side: side) }
    }
    page.rectangle(
      x: corner, y: 0, width: side * count, height: side * count, fill: nil,
      pen: .init(colour: .faded))
    page.skip(side * count + 6)
    line("shade: share of the row (of the \(chart.rowTitle) class)", size: 11, colour: .faded)
  }

  private mutating func cell(
    _ chart: MatrixChart, _ row: Int, _ column: Int, corner: Double, side: Double
  ) {
    let share = chart.share(row, column)
    let (x, y) = (corner + Double(column) * side, Double(row) * side)
    let colour: Colour = row == column ? .blue : .vermillion
    page.rectangle(
      x: x, y: y, width: side, height: side, fill: colour, opacity: 0.9 * share,
      pen: .init(colour: .faint, width: 0.5))
    if row == column {
      page.rectangle(
        x: x + 1, y: y + 1, width: side - 2, height: side - 2, fill: nil,
        pen: .init(colour: .blue, width: 1))
    }
    let number = chart.counts[row][column]
    let size = min(13, side * 0.42)
    guard number > 0, size >= 5 else { return }
    page.text(
      "\(number)", x: x + side / 2, y: y + side / 2 + size * 0.36, size: size, anchor: .middle,
      colour: share > (row == column ? 0.55 : 0.75) ? .white : .ink)
  }
}
