/// What a command answers: things to look at, and the same as data for programs.
struct Report: Sendable {
  var blocks: [Block]
  var result: JSONValue
  /// What a terminal that shows images gets in place of the blocks.
  var inline: InlineImage?

  init(blocks: [Block] = [], result: JSONValue = .object([])) {
    self.blocks = blocks
    self.result = result
  }
}

/// One thing on the page. Values only: renderers draw them.
enum Block: Sendable {
  case heading(String)
  /// Paragraphs; a newline ends a line, longer lines are wrapped.
  case text(String)
  /// Lines as they are, neither wrapped nor joined: another form of a result.
  case verbatim(String)
  case note(String)
  case warning(String)
  case table(Table)
  case bars(BarChart)
  case columns(ColumnChart)
  case curves(CurveChart)
  case scatter(ScatterChart)
  case matrix(MatrixChart)
  case reliability(ReliabilityChart)
  case picture(Picture)
  case wave(Wave)
  case grid(ValueGrid)
  case directions(DirectionField)
  case strip(HeatStrip)
  /// Words in reading order with how often each occurs.
  case tokens([(text: String, count: Int)])
}
