extension Sheet {
  /// A sign of its own for each group, ellipses in braille (in ASCII as points), `@` for what is now
  /// and `O` for what was.
  func draw(_ chart: ScatterChart) -> [StyledLine] {
    var lines = caption(chart.title)
    guard let frame = ScatterFrame(chart, sheet: self) else {
      return lines + [StyledLine("no points", .dim)]
    }
    if !chart.yLabel.isEmpty { lines.append(StyledLine(clean(chart.yLabel), .dim)) }
    var canvas = DotCanvas(columns: frame.columns, rows: frame.rows, unicode: style.unicode)
    for ellipse in chart.ellipses where !ellipse.isSingle {
      frame.trace(ellipse.ellipse, on: &canvas, owner: ellipse.group)
    }
    for (index, spot) in chart.spots.enumerated() {
      frame.trace(
        spot.ellipse, on: &canvas, owner: chart.groups.count + index, isDashed: spot.isPast)
    }
    let signs = signs(chart, frame)
    for row in 0..<frame.rows {
      let label = frame.yLabel(row)
      var line = StyledLine(label.leftPadded(to: frame.labelRoom) + " ", .dim)
      line.append(label.isEmpty ? glyphs.axis : glyphs.tick, .dim)
      for column in 0..<frame.columns {
        if let owner = signs[row * frame.columns + column] {
          line.append(sign(chart, owner), ink(chart, owner))
        } else if let owner = canvas.owner(row: row, column: column) {
          let glyph = style.unicode ? canvas.glyph(row: row, column: column) : "."
          line.append(glyph, ink(chart, owner))
        } else {
          line.append(" ")
        }
      }
      lines.append(line)
    }
    let margin = String(repeating: " ", count: frame.labelRoom + 1)
    let rule = String(repeating: glyphs.baseline, count: frame.columns)
    lines.append(StyledLine(margin + glyphs.corner + rule, .dim))
    lines.append(StyledLine(margin + " " + frame.xLabels, .dim))
    if !chart.xLabel.isEmpty {
      lines.append(StyledLine(margin + " " + clean(chart.xLabel).centred(in: frame.columns), .dim))
    }
    let owners = chart.groups.indices.map { ($0, chart.groups[$0].name) }
    let spots = chart.spots.indices.map { (chart.groups.count + $0, chart.spots[$0].name) }
    return lines
      + legend((owners + spots).map { (sign(chart, $0.0), ink(chart, $0.0), clean($0.1)) })
  }

  /// Who has a sign in which cell; what was drawn later lies above, spots above all.
  private func signs(_ chart: ScatterChart, _ frame: ScatterFrame) -> [Int?] {
    var signs = [Int?](repeating: nil, count: frame.columns * frame.rows)
    func put(_ point: ScatterChart.Point, _ owner: Int) {
      guard let cell = frame.cell(point) else { return }
      signs[cell] = owner
    }
    for (index, group) in chart.groups.enumerated() {
      for point in group.points { put(point, index) }
    }
    for (index, spot) in chart.spots.enumerated() {
      put(spot.ellipse.centre, chart.groups.count + index)
    }
    return signs
  }

  private func sign(_ chart: ScatterChart, _ owner: Int) -> String {
    if owner >= chart.groups.count {
      let isPast = chart.spots[owner - chart.groups.count].isPast
      return style.unicode ? (isPast ? "☆" : "★") : (isPast ? "O" : "@")
    }
    return seriesGlyph(owner, of: chart.groups.count)
  }

  private func ink(_ chart: ScatterChart, _ owner: Int) -> Ink {
    owner >= chart.groups.count ? .bold : .of(Colour.series[owner % Colour.series.count])
  }
}

/// The rectangle points are drawn in: one unit is about as long across as down.
private struct ScatterFrame {
  let columns: Int
  let rows: Int
  let labelRoom: Int
  private let bounds: ScatterBounds
  private let x: Axis
  private let y: Axis
  private let unicode: Bool

  init?(_ chart: ScatterChart, sheet: Sheet) {
    guard var bounds = ScatterBounds(chart) else { return nil }
    let ends = [bounds.y.lowerBound, bounds.y.upperBound].map(NumberText.short)
    // A sign wider after the bounds have grown still fits.
    labelRoom = (ends.map { displayWidth($0) }.max() ?? 1) + 1
    columns = max(min(sheet.width - labelRoom - 2, 120), 10)
    // A cell is twice as high as wide.
    let greatest = Double(max(chart.height, columns / 4))
    let height = bounds.fit(width: Double(columns) / 2, heights: 8...greatest)
    rows = Int(height.rounded())
    self.bounds = bounds
    x = Axis(bounds.x.lowerBound, bounds.x.upperBound, wanted: 0, rounded: false)
    y = Axis(bounds.y.lowerBound, bounds.y.upperBound, wanted: 0, rounded: false)
    unicode = sheet.style.unicode
  }

  private func dot(_ point: ScatterChart.Point, _ width: Int, _ height: Int) -> (x: Int, y: Int)? {
    guard bounds.x.contains(point.x), bounds.y.contains(point.y), let across = x.share(point.x),
      let up = y.share(point.y)
    else { return nil }
    return (
      Int((across * Double(width - 1)).rounded()), Int(((1 - up) * Double(height - 1)).rounded())
    )
  }

  func cell(_ point: ScatterChart.Point) -> Int? {
    dot(point, columns, rows).map { $0.y * columns + $0.x }
  }

  /// The outline, as far as it lies in the frame.
  func trace(
    _ ellipse: ScatterChart.Ellipse, on canvas: inout DotCanvas, owner: Int, isDashed: Bool = false
  ) {
    var last: (x: Int, y: Int)?
    for point in ellipse.outline(96) {
      let place = dot(point, canvas.width, canvas.height)
      if let last, let place { canvas.line(last, place, owner: owner, isDashed: isDashed) }
      last = place
    }
  }

  func yLabel(_ row: Int) -> String {
    row == 0
      ? NumberText.short(bounds.y.upperBound)
      : row == rows - 1 ? NumberText.short(bounds.y.lowerBound) : ""
  }

  var xLabels: String {
    let (low, high) = (
      NumberText.short(bounds.x.lowerBound), NumberText.short(bounds.x.upperBound)
    )
    return low + high.leftPadded(to: max(columns - displayWidth(low), displayWidth(high) + 1))
  }
}
