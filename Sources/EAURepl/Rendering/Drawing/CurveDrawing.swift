extension Sheet {
  /// Curves in braille with a sign of their own at each data point, or in ASCII as letters.
  func draw(_ chart: CurveChart) -> [StyledLine] {
    var lines = caption(chart.title)
    guard let frame = CurveFrame(chart, sheet: self) else {
      return lines + [StyledLine("no finite values", .dim)]
    }
    if !chart.yLabel.isEmpty { lines.append(StyledLine(clean(chart.yLabel), .dim)) }
    var canvas = frame.canvas()
    var marks = CurveMarks(columns: frame.columns, rows: frame.rows)
    for (index, series) in chart.series.enumerated() {
      let look = chart.look(index)
      var last: (x: Int, y: Int)?
      var free = Self.firstSign + Self.signShift * index
      for (x, value) in zip(chart.x, series.values) {
        guard x.isFinite, let level = chart.level(value) else {
          last = nil
          continue
        }
        let point = (x: frame.across(x), y: frame.down(level))
        canvas.line(last ?? point, point, owner: look, isDashed: series.isDashed)
        last = point
        let column = point.x / canvas.dotsAcross
        guard chart.signs == .atPoints || column >= free else { continue }
        free = column + Self.signGap
        marks.add(look, row: point.y / canvas.dotsDown, column: column)
      }
    }
    for row in 0..<frame.rows {
      let label = frame.yLabel(row)
      var line = StyledLine(label.leftPadded(to: frame.labelRoom) + " ", .dim)
      line.append(label.isEmpty ? glyphs.axis : glyphs.tick, .dim)
      for column in 0..<frame.columns {
        if let mark = marks.owner(row: row, column: column) {
          line.append(seriesGlyph(mark, chart), .of(seriesColour(mark)))
        } else if let owner = canvas.owner(row: row, column: column) {
          let glyph = style.unicode ? canvas.glyph(row: row, column: column) : "."
          line.append(glyph, .of(seriesColour(owner)))
        } else {
          line.append(" ")
        }
      }
      lines.append(line)
    }
    let margin = String(repeating: " ", count: frame.labelRoom + 1)
    let rule = String(repeating: glyphs.baseline, count: frame.columns)
    lines.append(StyledLine(margin + glyphs.corner + rule, .dim))
    lines.append(StyledLine(margin + " " + frame.xTicks(ticks(chart, frame)), .dim))
    if !chart.xLabel.isEmpty {
      let label = clean(chart.xLabel).centred(in: frame.columns)
      lines.append(StyledLine(margin + " " + label, .dim))
    }
    return lines + legend(chart, hasShared: marks.hasShared)
  }

  /// The x values themselves, or round ones where they are many.
  private func ticks(_ chart: CurveChart, _ frame: CurveFrame) -> [Double] {
    let finite = chart.x.filter(\.isFinite)
    guard chart.signs == .spread, let low = finite.min(), let high = finite.max() else {
      return chart.x
    }
    return Axis(low, high, wanted: max(frame.columns / 10, 2), rounded: false).ticks
  }

  // Where the signs of curves without points stand, in columns.
  private static var firstSign: Int { 3 }
  private static var signShift: Int { 4 }
  private static var signGap: Int { 16 }

  private func legend(_ chart: CurveChart, hasShared: Bool) -> [StyledLine] {
    var entries = chart.series.indices.map { index in
      let look = chart.look(index)
      return (
        seriesGlyph(look, chart) + (chart.series[index].isDashed ? glyphs.dashed : ""),
        Ink.of(seriesColour(look)), clean(chart.series[index].name)
      )
    }
    if hasShared {
      entries.append(
        (seriesGlyph(CurveMarks.shared, chart), .of(seriesColour(CurveMarks.shared)), "several"))
    }
    return legend(entries)
  }

  private func seriesGlyph(_ index: Int, _ chart: CurveChart) -> String {
    index == CurveMarks.shared ? "*" : seriesGlyph(index, of: chart.series.count)
  }

  private func seriesColour(_ index: Int) -> Colour {
    index == CurveMarks.shared ? Colour(200, 200, 200) : Colour.series[index % Colour.series.count]
  }
}

/// The signs at the data points, cell by cell.
private struct CurveMarks {
  /// Stands for a cell in which several curves have a point.
  static let shared = -2
  private let columns: Int
  private var owners: [Int]
  private(set) var hasShared = false

  init(columns: Int, rows: Int) {
    self.columns = columns
    owners = Array(repeating: -1, count: columns * rows)
  }

  mutating func add(_ owner: Int, row: Int, column: Int) {
    let cell = row * columns + column
    if owners[cell] != -1 && owners[cell] != owner {
      owners[cell] = Self.shared
      hasShared = true
    } else {
      owners[cell] = owner
    }
  }

  func owner(row: Int, column: Int) -> Int? {
    let owner = owners[row * columns + column]
    return owner == -1 ? nil : owner
  }
}
