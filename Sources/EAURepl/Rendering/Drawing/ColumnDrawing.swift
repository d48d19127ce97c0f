extension Sheet {
  /// Columns in eighths of a line above the zero line; below it, where Unicode has only an eighth
  /// and a half from the top, in halves.
  func draw(_ chart: ColumnChart) -> [StyledLine] {
    var lines = caption(chart.title)
    guard !chart.values.isEmpty else { return lines + [StyledLine("no values", .dim)] }
    let finite = chart.values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      return lines + [StyledLine("no finite values", .dim)]
    }

    let labelRoom = max(
      displayWidth(NumberText.short(greatest)), displayWidth(NumberText.short(least)), 1)
    let room = max(width - labelRoom - 2, 1)
    let count = min(chart.values.count, room)
    let columns =
      count < chart.values.count
      ? Resampling.means(of: chart.values, into: count)
      : chart.values.map { $0.isFinite ? $0 : nil }
    let pitch = min(room / count, 6)
    let plot = ColumnPlot(columns: columns, height: max(chart.height, 1), unicode: style.unicode)

    for row in 0..<plot.rows {
      let isZeroRow = row == plot.positiveRows - 1
      let label = plot.label(row)
      var line = StyledLine(label.leftPadded(to: labelRoom) + " ", .dim)
      line.append(label.isEmpty && !isZeroRow ? glyphs.axis : glyphs.tick, .dim)
      for column in 0..<count {
        // Columns wide enough stand apart.
        let cells = max(pitch - 1, 1)
        let glyph = plot.glyph(row, column)
        line.append(
          String(repeating: glyph, count: cells),
          .of(row < plot.positiveRows ? .skyBlue : .vermillion))
        line.append(String(repeating: " ", count: pitch - cells))
      }
      lines.append(line)
    }
    let margin = String(repeating: " ", count: labelRoom + 1)
    let span = count * pitch - (pitch > 1 ? 1 : 0)
    lines.append(
      StyledLine(margin + glyphs.corner + String(repeating: glyphs.baseline, count: span), .dim))
    if let labels = axisLabels(chart, count: count, pitch: pitch) {
      lines.append(StyledLine(margin + " " + labels, .dim))
    }
    lines += footnotes(chart, count: count, missing: chart.values.count - finite.count)
    return lines
  }

  /// The line below the columns: a name under each where they fit, else the two ends.
  private func axisLabels(_ chart: ColumnChart, count: Int, pitch: Int) -> String? {
    let span = max(count * pitch - (pitch > 1 ? 1 : 0), 1)
    switch chart.axis {
    case .indices:
      return ends("0", chart.values.count > 1 ? String(chart.values.count - 1) : "", in: span)
    case .bins(let low, let high):
      return ends(NumberText.short(low), NumberText.short(high), in: span)
    case .names(let names):
      let shown = names.prefix(chart.values.count).map(clean)
      guard let first = shown.first, let last = shown.last else { return nil }
      let fits = shown.allSatisfy { displayWidth($0) <= max(pitch - 1, 1) }
      if fits && count == chart.values.count {
        return shown.map { $0.rightPadded(to: pitch) }.joined()
      }
      return ends(first, shown.count > 1 ? last : "", in: span)
    }
  }

  private func ends(_ low: String, _ high: String, in span: Int) -> String {
    let gap = max(span - displayWidth(low) - displayWidth(high), high.isEmpty ? 0 : 1)
    return low + String(repeating: " ", count: gap) + high
  }

  private func footnotes(_ chart: ColumnChart, count: Int, missing: Int) -> [StyledLine] {
    var notes: [String] = []
    if case .bins(let low, let high) = chart.axis {
      let bins = chart.values.count
      let size = NumberText.short(high / Double(bins) - low / Double(bins))
      notes.append("\(bins) \(bins == 1 ? "bin" : "bins") of width \(size)")
    }
    if count < chart.values.count {
      notes.append(Resampling.note(chart.values.count, into: count, dash: glyphs.dash))
    }
    if missing > 0 { notes.append("\(missing) not finite") }
    return notes.isEmpty
      ? []
      : wrapped(notes.joined(separator: "; "), to: width).map {
        StyledLine($0, .dim)
      }
  }
}

/// Where each column ends, in text lines and fractions of one.
private struct ColumnPlot {
  let positiveRows: Int
  let negativeRows: Int
  private let columns: [Double?]
  private let perRow: Double
  private let top: Double
  private let bottom: Double
  private let unicode: Bool

  var rows: Int { positiveRows + negativeRows }

  init(columns: [Double?], height: Int, unicode: Bool) {
    let values = columns.compactMap { $0 }
    var top = max(values.max() ?? 0, 0)
    let bottom = min(values.min() ?? 0, 0)
    if top == 0 && bottom == 0 { top = 1 }
    self.columns = columns
    self.unicode = unicode
    self.top = top
    self.bottom = bottom
    if bottom == 0 {
      (positiveRows, negativeRows) = (height, 0)
    } else if top == 0 {
      (positiveRows, negativeRows) = (0, height)
    } else {
      let height = max(height, 2)
      let share = top / 2 / (top / 2 - bottom / 2)
      positiveRows = min(max(Int((share * Double(height)).rounded()), 1), height - 1)
      negativeRows = height - positiveRows
    }
    perRow = max(
      positiveRows > 0 ? top / Double(positiveRows) : 0,
      negativeRows > 0 ? -bottom / Double(negativeRows) : 0)
  }

  /// The value at the top line, at the zero line, and at the bottom line.
  func label(_ row: Int) -> String {
    if row == 0 && positiveRows > 0 { return NumberText.short(perRow * Double(positiveRows)) }
    if row == rows - 1 && negativeRows > 0 {
      return NumberText.short(-perRow * Double(negativeRows))
    }
    return row == positiveRows - 1 ? "0" : ""
  }

  func glyph(_ row: Int, _ column: Int) -> String {
    guard let value = columns[column] else { return " " }
    // Next to the zero line the least value shows: a count of one is not a count of none.
    if row < positiveRows {
      let share = value / perRow - Double(positiveRows - 1 - row)
      return upward(row == positiveRows - 1 && value > 0 ? max(share, leastShare) : share)
    }
    let share = -value / perRow - Double(row - positiveRows)
    return downward(row == positiveRows && value < 0 ? max(share, leastShare) : share)
  }

  private var leastShare: Double { unicode ? 0.125 : 0.2 }

  /// The sign for a cell filled from below to `share` of its height.
  private func upward(_ share: Double) -> String {
    let share = min(max(share, 0), 1)
    if unicode { return Glyphs.lowerEighths[Int((share * 8).rounded())] }
    return share < 1.0 / 6 ? " " : share < 0.5 ? "." : share < 5.0 / 6 ? ":" : "#"
  }

  private func downward(_ share: Double) -> String {
    if share < 1.0 / 16 { return " " }
    if share < 0.25 { return unicode ? "▔" : "'" }
    if share < 0.75 { return unicode ? "▀" : "\"" }
    return unicode ? "█" : "#"
  }
}
