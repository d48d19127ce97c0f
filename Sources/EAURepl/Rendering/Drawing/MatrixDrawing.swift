extension Sheet {
  /// Rows by name, columns by the same names' numbers; `[12]` on the diagonal, `·` for none. Too wide
  /// for the page, the columns are folded.
  func draw(_ chart: MatrixChart) -> [StyledLine] {
    let title = caption(chart.title)
    guard chart.isSound else { return title + [StyledLine("no counts", .dim)] }
    let numbers = chart.names.indices.map { "\($0 + 1)" }
    let digits = numbers.map(\.count).max() ?? 1
    let labels = zip(numbers, chart.names).map {
      $0.leftPadded(to: digits) + " "
        + truncated(clean($1), to: max(width / 3 - digits - 1, 4), ellipsis: glyphs.ellipsis)
    }
    let head = truncated(clean(chart.rowTitle), to: width / 3, ellipsis: glyphs.ellipsis)
    let labelRoom = max(labels.map { displayWidth($0) }.max() ?? 0, displayWidth(head))
    let longest = chart.counts.joined().map { "\($0)".count }.max() ?? 1
    let cell = max(longest + 2, digits) + 1
    let fitting = max((width - labelRoom) / cell, 1)
    var lines = title
    for start in stride(from: 0, to: numbers.count, by: fitting) {
      let columns = start..<min(start + fitting, numbers.count)
      if start > 0 { lines.append(StyledLine()) }
      let heading = clean(chart.columnTitle).centred(in: columns.count * cell)
      lines.append(StyledLine(String(repeating: " ", count: labelRoom) + heading, .dim))
      var line = StyledLine(head.rightPadded(to: labelRoom), .dim)
      for column in columns { line.append(numbers[column].leftPadded(to: cell - 1) + " ", .dim) }
      lines.append(line)
      for row in numbers.indices {
        var line = StyledLine(labels[row].rightPadded(to: labelRoom))
        for column in columns {
          line.append(self.cell(chart, row, column, width: cell), ink(chart, row, column))
        }
        lines.append(line)
      }
    }
    return lines
  }

  private func cell(_ chart: MatrixChart, _ row: Int, _ column: Int, width: Int) -> String {
    let count = chart.counts[row][column]
    if row == column { return "[\(count)]".leftPadded(to: width) }
    let text = count == 0 ? (style.unicode ? "·" : ".") : "\(count)"
    return text.leftPadded(to: width - 1) + " "
  }

  private func ink(_ chart: MatrixChart, _ row: Int, _ column: Int) -> Ink {
    if chart.counts[row][column] == 0 { return row == column ? .plain : .dim }
    return .of(row == column ? .bluishGreen : .vermillion)
  }
}
