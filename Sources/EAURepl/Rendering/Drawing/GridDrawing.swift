extension Sheet {
  /// The shades, what stands at the edges, and what lightest and darkest mean.
  func draw(_ grid: ValueGrid) -> [StyledLine] {
    var picture = grid.picture
    let labels = [clean(grid.top), clean(grid.bottom)]
    let margin = (labels.map { displayWidth($0) }.max() ?? 0) + 1
    picture.maximumColumns = max(1, min(64, width - margin))
    var lines = draw(picture)
    guard grid.range != nil else { return lines }
    for row in lines.indices {
      let label = row == 0 ? labels[0] : row == lines.count - 1 ? labels[1] : ""
      var line = StyledLine(label.rightPadded(to: margin), .dim)
      line.append(lines[row])
      lines[row] = line
    }
    let across = lines.first.map { $0.width - margin } ?? 0
    let (left, right) = (clean(grid.left), clean(grid.right))
    let legend = grid.legend(glyphs.ellipsis)
    let room = max(
      across - displayWidth(left) - displayWidth(right), displayWidth(legend) + 2)
    var below = StyledLine(String(repeating: " ", count: margin))
    below.append(left + legend.centred(in: room) + right, .dim)
    return lines + [below]
  }

  /// The strongest direction of each cell as a stroke, warmer when stronger; blank below a tenth.
  func draw(_ field: DirectionField) -> [StyledLine] {
    guard field.isSound, field.strongest > 0 else { return [StyledLine("no lines", .dim)] }
    let strokes = style.unicode ? ["─", "╲", "│", "╱"] : ["-", "\\", "|", "/"]
    return (0..<field.rows).map { row in
      var line = StyledLine()
      for column in 0..<field.columns {
        let cell = Array(field.cell(row, column))
        let best = cell.indices.max { cell[$0] < cell[$1] } ?? 0
        let share = cell[best] / field.strongest
        let quarter = 4 * Double(best) / Double(field.directions)
        let stroke = share < 0.1 ? " " : strokes[Int(quarter.rounded()) % 4]
        line.append(String(repeating: stroke, count: 2), .of(.heat(share)))
      }
      return line
    }
  }
}
