/// Small charts of work that goes on.
enum LiveCharts {
  /// Lines of the terminal that stay for what was there before.
  private static let spared = 6
  /// What a curve chart has besides its curves: axis, ticks, title, legend.
  private static let frame = 7

  /// As the terminal shows them, one column short of its width; none where it is too low.
  static func lines(_ charts: [CurveChart], style: TerminalStyle) -> [String] {
    // The first one is the one that tells most.
    guard var chart = charts.first, chart.x.count > 1 else { return [] }
    let height = min(10, style.height - spared - frame)
    guard height >= 4 else { return [] }
    chart.height = height
    chart.yLabel = ""
    // What is written in the last column would wrap, and what wraps cannot be redrawn in place.
    let narrower = TerminalStyle(
      width: style.width - 1, height: style.height, colour: style.colour, unicode: style.unicode)
    let text = TerminalRenderer(style: narrower).render(Report(blocks: [.curves(chart)]))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.count <= style.height - spared ? lines.map(String.init) : []
  }
}
