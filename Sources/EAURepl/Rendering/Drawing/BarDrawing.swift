extension Sheet {
  /// `image  ▕███████▌░░░▏ 0.62 → 0.42 ▼  detail`: what remains solid, what was lost light, what
  /// was gained in a middle shade; the numbers and the arrow say the same.
  func draw(_ chart: BarChart) -> [StyledLine] {
    guard !chart.rows.isEmpty else { return [] }
    let labels = chart.rows.map {
      truncated(clean($0.label), to: width / 3, ellipsis: glyphs.ellipsis)
    }
    let labelWidth = labels.map { displayWidth($0) }.max() ?? 0
    let numbers = numberTexts(chart)
    let numberWidth = numbers.map { displayWidth($0) }.max() ?? 0
    let details = chart.rows.map { clean($0.detail) }
    let detailWidth = details.map { $0.isEmpty ? 0 : displayWidth($0) + 2 }.max() ?? 0
    let fixed = labelWidth + 1 + 3 + numberWidth
    // Details give way before bars do.
    let cells = min(40, max(width - fixed - detailWidth, min(12, width - fixed), 1))
    let full = maximum(of: chart)
    var lines = caption(chart.title)
    for (index, row) in chart.rows.enumerated() {
      var line = StyledLine(labels[index].rightPadded(to: labelWidth) + " ")
      line.append(glyphs.barStart, .dim)
      line.append(bar(row, full: full, cells: cells))
      line.append(glyphs.barEnd, .dim)
      line.append(" " + numbers[index].rightPadded(to: numberWidth))
      if !details[index].isEmpty { line.append("  " + details[index], .dim) }
      lines.append(line)
    }
    return lines
  }

  /// The value of a full bar; 1 where the rows give none.
  private func maximum(of chart: BarChart) -> Double {
    let chosen: Double
    switch chart.scale {
    case .unit: chosen = 1
    case .upTo(let limit): chosen = limit
    case .automatic:
      let values = chart.rows.map(\.value) + chart.rows.compactMap(\.before)
      chosen = values.filter(\.isFinite).max() ?? 1
    }
    return chosen > 0 && chosen.isFinite ? chosen : 1
  }

  /// `0.42` or `0.42 → 0.03 ▼`, the parts aligned over all rows.
  private func numberTexts(_ chart: BarChart) -> [String] {
    let values = chart.rows.map { NumberText.fixed($0.value, chart.decimals) }
    let earlier = chart.rows.map { $0.before.map { NumberText.fixed($0, chart.decimals) } }
    let valueWidth = values.map { displayWidth($0) }.max() ?? 0
    let earlierWidth = earlier.map { displayWidth($0 ?? "") }.max() ?? 0
    guard earlier.contains(where: { $0 != nil }) else {
      return values.map { $0.leftPadded(to: valueWidth) }
    }
    return chart.rows.indices.map { index in
      let value = values[index].leftPadded(to: valueWidth)
      guard let before = earlier[index] else {
        let lead = earlierWidth + displayWidth(glyphs.arrow) + 2
        return String(repeating: " ", count: lead) + value
      }
      let row = chart.rows[index]
      let change = row.value - (row.before ?? row.value)
      // What reads the same is the same: no arrow for the seventh digit.
      let mark =
        before == values[index] || !change.isFinite
        ? glyphs.same : change > 0 ? glyphs.up : glyphs.down
      return "\(before.leftPadded(to: earlierWidth)) \(glyphs.arrow) \(value) \(mark)"
    }
  }

  private func bar(_ row: BarChart.Row, full: Double, cells: Int) -> StyledLine {
    let steps = style.unicode ? 8 : 1
    func units(_ value: Double) -> Int {
      guard value.isFinite, value > 0 else { return 0 }
      let exact = Int((min(value / full, 1) * Double(cells * steps)).rounded())
      // A sliver tells little from nothing, where a sliver can be drawn.
      return style.unicode ? max(exact, 1) : exact
    }
    let now = units(row.value)
    let before = row.before.map(units) ?? now
    var line = StyledLine()
    for cell in 0..<cells {
      let start = cell * steps
      if start + steps <= now {
        if start >= before {
          line.append(glyphs.gained, .of(.bluishGreen))
        } else {
          line.append(glyphs.filled, .of(.skyBlue))
        }
      } else if start < now {
        line.append(Glyphs.leftEighths[now - start], .of(before < now ? .bluishGreen : .skyBlue))
      } else if start + steps / 2 < before {
        line.append(glyphs.lost, .of(.vermillion))
      } else {
        line.append(" ")
      }
    }
    return line
  }
}
