/// Draws a report for a terminal, or for a file in the style of one.
///
/// No line is wider than the style's width, none ends in a blank, no control character from data
/// gets through, and colour never says anything that the text does not.
struct TerminalRenderer: Sendable {
  let style: TerminalStyle

  /// The image where the report brings one, and as lines what it does not show.
  func text(_ report: Report) -> String {
    guard let inline = report.inline else { return render(report) }
    let rest = Array(report.blocks.dropFirst(inline.blocks))
    return inline.sequence + render(Report(blocks: rest))
  }

  /// Lines that end in a newline each; empty for a report without blocks.
  func render(_ report: Report) -> String {
    let sheet = Sheet(style: style)
    var lines: [StyledLine] = []
    var previous: Block?
    var next = report.blocks.startIndex
    while next < report.blocks.endIndex {
      let block = report.blocks[next]
      let strips = Self.strips(report.blocks[next...])
      let drawn = strips.isEmpty ? draw(block, on: sheet) : sheet.draw(strips)
      next += max(strips.count, 1)
      guard !drawn.isEmpty else { continue }
      if let previous, Self.needsGap(previous, block) { lines.append(StyledLine()) }
      lines += drawn
      previous = block
    }
    var result = ""
    for line in lines {
      let fitted =
        line.isWhole
        ? line : line.truncated(to: style.width, ellipsis: sheet.glyphs.ellipsis).trimmed()
      result += fitted.encoded(style.colour) + "\n"
    }
    return result
  }

  private func draw(_ block: Block, on sheet: Sheet) -> [StyledLine] {
    switch block {
    case .heading(let text): sheet.heading(text)
    case .text(let text): sheet.paragraph(text)
    case .verbatim(let text): sheet.verbatim(text)
    case .note(let text): sheet.paragraph(text, mark: "note: ", ink: .dim)
    case .warning(let text): sheet.paragraph(text, mark: "warning: ", ink: .of(.orange))
    case .table(let table): sheet.draw(table)
    case .bars(let chart): sheet.draw(chart)
    case .columns(let chart): sheet.draw(chart)
    case .curves(let chart): sheet.draw(chart)
    case .scatter(let chart): sheet.draw(chart)
    case .matrix(let chart): sheet.draw(chart)
    case .reliability(let chart): sheet.draw(chart)
    case .picture(let picture): sheet.draw(picture)
    case .wave(let wave): sheet.draw(wave)
    case .grid(let grid): sheet.draw(grid)
    case .directions(let field): sheet.draw(field)
    case .strip(let strip): sheet.draw([strip])
    case .tokens(let tokens): sheet.drawTokens(tokens)
    }
  }

  /// The heat strips that the blocks begin with: neighbours line up.
  private static func strips(_ blocks: ArraySlice<Block>) -> [HeatStrip] {
    var strips: [HeatStrip] = []
    for block in blocks {
      guard case .strip(let strip) = block else { break }
      strips.append(strip)
    }
    return strips
  }

  /// Lines of text follow each other, and what a heading or a text introduces follows it; all
  /// else stands apart.
  private static func needsGap(_ first: Block, _ second: Block) -> Bool {
    switch (first, second) {
    case (.heading, _): false
    case (.text, .text), (.text, .note), (.text, .warning), (.note, .note), (.note, .warning),
      (.warning, .warning), (.warning, .note), (.note, .text), (.warning, .text):
      false
    default: true
    }
  }
}
