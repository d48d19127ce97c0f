extension Sheet {
  /// Signs and names side by side, in as many lines as they need.
  func legend(_ entries: [(sign: String, ink: Ink, name: String)]) -> [StyledLine] {
    var lines: [StyledLine] = []
    var current = StyledLine()
    for (sign, ink, name) in entries {
      var entry = StyledLine(sign, ink)
      entry.append(" " + truncated(name, to: width - 2, ellipsis: glyphs.ellipsis))
      if !current.spans.isEmpty && current.width + 3 + entry.width > width {
        lines.append(current)
        current = StyledLine()
      }
      if !current.spans.isEmpty { current.append("   ") }
      current.append(entry)
    }
    if !current.spans.isEmpty { lines.append(current) }
    return lines
  }

  /// The sign of a series or a group: a shape, or a letter where there are more than shapes.
  func seriesGlyph(_ index: Int, of count: Int) -> String {
    let shapes = ["●", "▲", "■", "◆", "○", "△", "□", "◇"]
    if style.unicode && count <= shapes.count { return shapes[index % shapes.count] }
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNPQRSTUVWXYZ")
    return String(letters[index % letters.count])
  }
}
