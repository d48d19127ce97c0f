extension Sheet {
  /// A column a bin, as high as its accuracy; a ring at its mean confidence, where a calibrated
  /// column would end.
  func draw(_ chart: ReliabilityChart) -> [StyledLine] {
    var lines = caption(chart.title)
    guard !chart.bins.isEmpty else { return lines + [StyledLine("no predictions", .dim)] }
    lines.append(StyledLine("accuracy", .dim))
    let labelRoom = 3
    let pitch = min(max((width - labelRoom - 2) / chart.bins.count, 1), 8)
    let rows = max(chart.height, 2)
    for row in 0..<rows {
      let label = row == 0 ? "1" : row == rows / 2 ? "0.5" : ""
      var line = StyledLine(label.leftPadded(to: labelRoom) + " ", .dim)
      line.append(label.isEmpty ? glyphs.axis : glyphs.tick, .dim)
      for bin in chart.bins {
        let bar = column(bin.accuracy ?? 0, row: row, rows: rows)
        let cells = max(pitch - 1, 1)
        let isPromise = bin.confidence.map { confidence in
          min(Int((1 - confidence) * Double(rows)), rows - 1) == row
        }
        if isPromise == true {
          let before = (cells - 1) / 2
          line.append(String(repeating: bar, count: before), .of(.skyBlue))
          line.append(style.unicode ? "○" : "o", .of(.orange))
          line.append(String(repeating: bar, count: cells - before - 1), .of(.skyBlue))
        } else {
          line.append(String(repeating: bar, count: cells), .of(.skyBlue))
        }
        line.append(String(repeating: " ", count: pitch - cells))
      }
      lines.append(line)
    }
    let margin = String(repeating: " ", count: labelRoom - 1)
    let span = chart.bins.count * pitch
    lines.append(
      StyledLine(
        margin + "0 " + glyphs.corner + String(repeating: glyphs.baseline, count: span), .dim))
    let confidence = "confidence".centred(in: max(span - 2, 12))
    lines.append(StyledLine(margin + "   0" + confidence + "1", .dim))
    return lines
      + legend([
        (style.unicode ? "█" : "#", .of(.skyBlue), "accuracy of the bin"),
        (
          style.unicode ? "○" : "o", .of(.orange),
          "its mean confidence: a calibrated column ends there"
        ),
      ])
  }

  /// The sign of a column of height `share` in a text line, counted from the top.
  private func column(_ share: Double, row: Int, rows: Int) -> String {
    let filled = min(max(share * Double(rows) - Double(rows - 1 - row), 0), 1)
    if style.unicode { return Glyphs.lowerEighths[Int((filled * 8).rounded())] }
    return filled < 1.0 / 6 ? " " : filled < 0.5 ? "." : filled < 5.0 / 6 ? ":" : "#"
  }
}
