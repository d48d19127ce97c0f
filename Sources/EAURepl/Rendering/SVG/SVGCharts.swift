import Foundation
import Modalities

extension SVGRenderer {
  mutating func draw(_ chart: BarChart) {
    line(chart.title, bold: true)
    let greatest = chart.rows.map(\.value).filter(\.isFinite).max() ?? 0
    let full: Double =
      switch chart.scale {
      case .unit: 1
      case .automatic: greatest
      case .upTo(let value): value
      }
    let (labels, numbers) = (230.0, 60.0)
    let room = page.room - labels - numbers
    for row in chart.rows {
      page.text(row.label, x: page.left + labels - 8, y: 13, anchor: .end)
      let share = full > 0 && row.value.isFinite ? min(max(row.value / full, 0), 1) : 0
      page.rectangle(
        x: page.left + labels, y: 2, width: share * room, height: 13, fill: Colour.blue.hex)
      page.text(
        NumberText.fixed(row.value, chart.decimals), x: page.left + labels + share * room + 6,
        y: 13, colour: "#555")
      page.skip(18)
    }
  }

  mutating func draw(_ table: Table) {
    let titles = table.columns.map(\.title)
    let widths = titles.indices.map { column in
      7.5 * Double(([titles] + table.rows).map { displayWidth($0[safe: column] ?? "") }.max() ?? 0)
    }
    for (index, row) in ([titles] + table.rows).enumerated() {
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

  mutating func draw(_ chart: CurveChart) {
    line(chart.title, bold: true)
    let values = chart.series.flatMap(\.values).filter(\.isFinite)
    guard let low = chart.x.min(), let high = chart.x.max(), let bottom = values.min(),
      let top = values.max()
    else { return line("no values") }
    let (margin, height) = (60.0, 180.0)
    let (width, span) = (page.room - margin, top > bottom ? top - bottom : 1)
    for (index, series) in chart.series.enumerated() {
      let colour = Colour.series[index % Colour.series.count].hex
      let points = zip(chart.x, series.values).filter { $0.0.isFinite && $0.1.isFinite }.map {
        (
          x: page.left + margin + width * (high > low ? ($0.0 - low) / (high - low) : 0.5),
          y: height * (top - $0.1) / span
        )
      }
      for (a, b) in zip(points, points.dropFirst()) { page.line(a, b, colour: colour, width: 2) }
      page.text(
        series.name, x: page.left + margin + 10, y: 14 + 15 * Double(index), colour: colour)
    }
    let axis = page.left + margin
    page.line((axis, 0), (axis, height))
    page.line((axis, height), (axis + width, height))
    for (text, y) in [(top, 11.0), (bottom, height)] {
      page.text(NumberText.short(text), x: axis - 6, y: y, size: 11, anchor: .end, colour: "#555")
    }
    page.skip(height + 2)
    page.text(NumberText.short(low), x: axis, y: 12, size: 11, colour: "#555")
    page.text(chart.xLabel, x: axis + width / 2, y: 12, size: 11, anchor: .middle, colour: "#555")
    page.text(
      NumberText.short(high), x: axis + width, y: 12, size: 11, anchor: .end, colour: "#555")
    page.skip(18)
  }

  /// The envelope, as loud as ±1 or as the loudest sample.
  mutating func draw(_ wave: Wave) {
    let height = 90.0
    let columns = Int(page.room)
    let peak = wave.samples.lazy.filter(\.isFinite).map(abs).max() ?? 0
    guard peak > 0 else { return line("silence") }
    var upper: [(x: Double, y: Double)] = []
    var lower: [(x: Double, y: Double)] = []
    for column in 0..<columns {
      let start = column * wave.samples.count / columns
      let end = min(max((column + 1) * wave.samples.count / columns, start + 1), wave.samples.count)
      let part = wave.samples[start..<end].filter(\.isFinite)
      let x = page.left + Double(column)
      upper.append((x, height / 2 * (1 - Double(max(part.max() ?? 0, 0) / peak))))
      lower.append((x, height / 2 * (1 - Double(min(part.min() ?? 0, 0) / peak)) + 0.5))
    }
    page.area(upper + lower.reversed(), fill: Colour.blue.hex)
    page.skip(height + 4)
    let seconds = Double(wave.samples.count) / max(wave.sampleRate, 1)
    page.text("0 s", x: page.left, y: 11, size: 11, colour: "#555")
    page.text(
      "\(NumberText.fixed(seconds, 2)) s", x: page.left + page.room, y: 11, size: 11, anchor: .end,
      colour: "#555")
    page.skip(18)
  }

  mutating func draw(_ grid: ValueGrid) throws {
    guard grid.range != nil else { return line("no values") }
    let margin = 70.0
    let width = page.room - margin
    let height = min(240, max(60, Double(grid.rows) * 6))
    let picture = grid.picture
    let png = try PNGFile.encoded(rgb: picture.rgb, width: grid.columns, height: grid.rows)
    page.image(png, x: page.left + margin, y: 0, width: width, height: height)
    page.text(grid.top, x: page.left + margin - 6, y: 11, size: 11, anchor: .end, colour: "#555")
    page.text(
      grid.bottom, x: page.left + margin - 6, y: height, size: 11, anchor: .end, colour: "#555")
    page.skip(height + 4)
    page.text(grid.left, x: page.left + margin, y: 11, size: 11, colour: "#555")
    page.text(
      grid.legend("…"), x: page.left + margin + width / 2, y: 11, size: 11, anchor: .middle,
      colour: "#555")
    page.text(
      grid.right, x: page.left + page.room, y: 11, size: 11, anchor: .end, colour: "#555")
    page.skip(18)
  }

  /// In each cell one stroke a direction, the darker the stronger.
  mutating func draw(_ field: DirectionField) {
    let strongest = field.strongest
    guard field.isSound, strongest > 0 else { return line("no lines") }
    let side = min(40, page.room / Double(field.columns))
    for row in 0..<field.rows {
      for column in 0..<field.columns {
        let x = page.left + (Double(column) + 0.5) * side
        let y = (Double(row) + 0.5) * side
        for (index, strength) in field.cell(row, column).enumerated() {
          let share = strength / strongest
          guard share > 0.05 else { continue }
          let angle = Double.pi * Double(index) / Double(field.directions)
          let (dx, dy) = (0.46 * side * cos(angle), 0.46 * side * sin(angle))
          let shade = Int((220 * (1 - min(share, 1))).rounded())
          page.line(
            (x - dx, y - dy), (x + dx, y + dy),
            colour: Colour(UInt8(shade), UInt8(shade), UInt8(shade)).hex, width: 1 + 1.5 * share)
        }
      }
    }
    page.skip(Double(field.rows) * side + 4)
  }

  mutating func columns(_ values: [Double]) {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return line("no values") }
    let height = 80.0
    let (bottom, top) = (min(low, 0), max(high, 0))
    let span = top > bottom ? top - bottom : 1
    let step = page.room / Double(values.count)
    func place(_ value: Double) -> Double { height * (top - value) / span }
    for (index, value) in values.enumerated() where value.isFinite {
      let (a, b) = (place(max(value, 0)), place(min(value, 0)))
      page.rectangle(
        x: page.left + Double(index) * step, y: a, width: max(step * 0.85, 0.5),
        height: max(b - a, 0.5), fill: Colour.blue.hex)
    }
    page.line((page.left, place(0)), (page.left + page.room, place(0)))
    page.skip(height + 4)
    line("\(NumberText.short(low)) … \(NumberText.short(high))", size: 11, colour: "#555")
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
