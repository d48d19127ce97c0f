extension Sheet {
  /// A header, a rule, the rows. Too wide for the page, the left-aligned columns give way first, to
  /// `narrowest` cells; then the table is folded: the first column again, and the columns that did
  /// not fit, below.
  func draw(_ table: Table) -> [StyledLine] {
    guard !table.columns.isEmpty else { return [] }
    let titles = table.columns.map { clean($0.title) }
    let cells = table.rows.map { row in
      table.columns.indices.map { $0 < row.count ? clean(row[$0]) : "" }
    }
    var widths = table.columns.indices.map { column in
      max(displayWidth(titles[column]), cells.map { displayWidth($0[column]) }.max() ?? 0)
    }
    shrink(&widths, table.columns)
    var lines: [StyledLine] = []
    for panel in panels(widths) {
      if !lines.isEmpty { lines.append(StyledLine()) }
      lines.append(row(titles, panel, widths, table.columns, .bold))
      let rules = widths.map { String(repeating: glyphs.rule, count: $0) }
      lines.append(row(rules, panel, widths, table.columns, .dim))
      for cell in cells { lines += rows(cell, panel, widths, table.columns) }
    }
    return lines
  }

  private static var gap: Int { 2 }
  private static var narrowest: Int { 8 }
  private var nameWidth: Int { max(Self.narrowest, min(20, width / 4)) }

  private func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + Self.gap * (widths.count - 1)
  }

  /// Takes cells from the widest left-aligned column until the table fits or none can give more.
  private func shrink(_ widths: inout [Int], _ columns: [Table.Column]) {
    while total(widths) > width {
      // What names the rows stays readable: rather the table is folded.
      let givers = widths.indices.filter {
        columns[$0].alignment == .left && widths[$0] > ($0 == 0 ? nameWidth : Self.narrowest)
      }
      guard let widest = givers.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    for column in widths.indices { widths[column] = min(widths[column], width) }
  }

  /// The columns of each folded part. The first column repeats unless it leaves no room for others.
  private func panels(_ widths: [Int]) -> [[Int]] {
    guard total(widths) > width else { return [Array(widths.indices)] }
    let repeats = widths[0] <= width / 2
    var panels: [[Int]] = []
    var current = [0]
    var used = widths[0]
    for column in widths.indices.dropFirst() {
      if used + Self.gap + widths[column] > width && !(repeats && current.count == 1) {
        panels.append(current)
        current = repeats ? [0, column] : [column]
        used = repeats ? widths[0] + Self.gap + widths[column] : widths[column]
      } else {
        current.append(column)
        used += Self.gap + widths[column]
      }
    }
    panels.append(current)
    return panels
  }

  /// A row of cells: as many lines as its longest wrapped cell takes.
  private func rows(
    _ cells: [String], _ panel: [Int], _ widths: [Int], _ columns: [Table.Column]
  ) -> [StyledLine] {
    let parts = cells.indices.map { column in
      columns[column].wraps ? wrapped(cells[column], to: widths[column]) : [cells[column]]
    }
    let count = panel.map { parts[$0].count }.max() ?? 1
    return (0..<max(count, 1)).map { line in
      row(parts.map { $0.indices.contains(line) ? $0[line] : "" }, panel, widths, columns, .plain)
    }
  }

  private func row(
    _ cells: [String], _ panel: [Int], _ widths: [Int], _ columns: [Table.Column], _ ink: Ink
  ) -> StyledLine {
    var line = StyledLine()
    for (place, column) in panel.enumerated() {
      if place > 0 { line.append(String(repeating: " ", count: Self.gap)) }
      let cell = truncated(cells[column], to: widths[column], ellipsis: glyphs.ellipsis)
      switch columns[column].alignment {
      case .left: line.append(cell.rightPadded(to: widths[column]), ink)
      case .centre: line.append(cell.centred(in: widths[column]), ink)
      case .right: line.append(cell.leftPadded(to: widths[column]), ink)
      }
    }
    return line
  }
}
