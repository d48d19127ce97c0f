extension Sheet {
  func heading(_ text: String) -> [StyledLine] {
    let title = truncated(clean(text), to: width, ellipsis: glyphs.ellipsis)
    guard !title.isEmpty else { return [] }
    return [
      StyledLine(title, .bold),
      StyledLine(String(repeating: glyphs.headingRule, count: displayWidth(title)), .dim),
    ]
  }

  func verbatim(_ text: String) -> [StyledLine] {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { text in
      var line = StyledLine(clean(String(text)))
      line.isWhole = true
      return line
    }
  }

  /// Wrapped text; the mark stands before its first line and the others are indented as far.
  func paragraph(_ text: String, mark: String = "", ink: Ink = .plain) -> [StyledLine] {
    let indentation = String(repeating: " ", count: mark.utf8.count)
    var lines: [StyledLine] = []
    for part in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      for line in wrapped(clean(String(part)), to: width - mark.utf8.count) {
        var drawn = StyledLine(lines.isEmpty ? mark : indentation, ink)
        drawn.append(line, mark.isEmpty ? ink : .plain)
        lines.append(drawn)
      }
    }
    return lines
  }

  /// Tokens side by side, `×3` behind one that occurs three times.
  func drawTokens(_ tokens: [(text: String, count: Int)]) -> [StyledLine] {
    var lines: [StyledLine] = []
    var current = StyledLine()
    for token in tokens {
      var piece = StyledLine(truncated(clean(token.text), to: width - 8, ellipsis: glyphs.ellipsis))
      if token.count != 1 { piece.append("\(glyphs.times)\(token.count)", .of(.orange)) }
      if !current.spans.isEmpty {
        if current.width + 2 + piece.width <= width {
          current.append("  ")
        } else {
          lines.append(current)
          current = StyledLine()
        }
      }
      current.append(piece)
    }
    if !current.spans.isEmpty { lines.append(current) }
    return lines
  }
}
