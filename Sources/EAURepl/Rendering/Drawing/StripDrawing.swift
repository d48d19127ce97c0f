extension Sheet {
  /// Strips below each other, their labels padded to one width.
  func draw(_ strips: [HeatStrip]) -> [StyledLine] {
    let labels = strips.map {
      truncated(clean($0.label), to: width / 3, ellipsis: glyphs.ellipsis)
    }
    let labelWidth = labels.map { displayWidth($0) }.max() ?? 0
    let drawn = zip(strips, labels).map { draw($0, label: $1.rightPadded(to: labelWidth)) }
    // What is to be noted of several in a row is noted below the last.
    return drawn.indices.flatMap { index in
      let isRepeated =
        drawn.indices.contains(index + 1)
        && drawn[index + 1].dropFirst() == drawn[index].dropFirst()
      return isRepeated ? drawn[index].prefix(1) : drawn[index][...]
    }
  }

  /// `label ▕ ░▒▓█▏ 0 … 1`: one shade a value, more ink for more.
  private func draw(_ strip: HeatStrip, label: String) -> [StyledLine] {
    var line = StyledLine(label.isEmpty ? "" : label + " ")
    let finite = strip.values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      line.append(strip.values.isEmpty ? "no values" : "no finite values", .dim)
      return [line]
    }
    let low = strip.range?.lowerBound ?? least
    let high = strip.range?.upperBound ?? greatest
    let legend = " \(NumberText.short(low)) \(glyphs.ellipsis) \(NumberText.short(high))"
    let room = max(width - line.width - 2 - displayWidth(legend), 1)
    let count = min(strip.values.count, room)
    line.append(glyphs.barStart, .dim)
    for mean in Resampling.means(of: strip.values, into: count) {
      guard let mean else {
        line.append(glyphs.missing, .dim)
        continue
      }
      let share =
        high > low ? min(max((mean / 2 - low / 2) / (high / 2 - low / 2), 0), 1) : 0.5
      let level = Int((share * Double(glyphs.shades.count - 1)).rounded())
      line.append(glyphs.shades[level], .of(.heat(share)))
    }
    line.append(glyphs.barEnd, .dim)
    line.append(legend, .dim)
    guard count < strip.values.count else { return [line] }
    let note = Resampling.note(strip.values.count, into: count, dash: glyphs.dash)
    return [line, StyledLine(note, .dim)]
  }
}
