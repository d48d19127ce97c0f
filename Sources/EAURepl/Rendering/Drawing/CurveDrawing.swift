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
      var last: (x: Int, y: Int)?
      for (x, value) in zip(chart.x, series.values) {
        guard x.isFinite, value.isFinite else {
          last = nil
          continue
        }
        let point = (x: frame.across(x), y: frame.down(value))
        canvas.line(last ?? point, point, owner: index)
        marks.add(index, row: point.y / canvas.dotsDown, column: point.x / canvas.dotsAcross)
        last = point
      }
    }
    for row in 0..<frame.rows {
      let label = frame.yLabel(row)
      var line = StyledLine(label.leftPadded(to: frame.labelRoom) + " ", .dim)
      line.append(label.isEmpty ? glyphs.axis : glyphs.tick, .dim)
      for column in 0..<frame.columns {
        if let mark = marks.owner(row: row, column: column) {
          line.append(seriesGlyph(mark), .of(seriesColour(mark)))
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
    lines.append(StyledLine(margin + " " + frame.xTicks(chart.x), .dim))
    if !chart.xLabel.isEmpty {
      let label = clean(chart.xLabel).centred(in: frame.columns)
      lines.append(StyledLine(margin + " " + label, .dim))
    }
    return lines + legend(chart, hasShared: marks.hasShared)
  }

  private func legend(_ chart: CurveChart, hasShared: Bool) -> [StyledLine] {
    var lines: [StyledLine] = []
    var current = StyledLine()
    func flush() {
      if !current.spans.isEmpty { lines.append(current) }
      current = StyledLine()
    }
    func add(_ index: Int, _ name: String) {
      var entry = StyledLine(seriesGlyph(index), .of(seriesColour(index)))
      entry.append(" " + truncated(name, to: width - 2, ellipsis: glyphs.ellipsis))
      if !current.spans.isEmpty && current.width + 3 + entry.width > width { flush() }
      if !current.spans.isEmpty { current.append("   ") }
      current.append(entry)
    }
    for (index, series) in chart.series.enumerated() { add(index, clean(series.name)) }
    if hasShared { add(CurveMarks.shared, "several") }
    flush()
    return lines
  }

  private func seriesGlyph(_ index: Int) -> String {
    if index == CurveMarks.shared { return "*" }
    let signs =
      style.unicode
      ? ["●", "▲", "■", "◆", "○", "△", "□", "◇"]
      : ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
    return signs[index % signs.count]
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
