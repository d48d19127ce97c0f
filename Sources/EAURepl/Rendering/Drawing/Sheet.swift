/// The page a block is drawn on: its width, its signs, and the only way for text onto it.
struct Sheet {
  let style: TerminalStyle

  var width: Int { style.width }
  var glyphs: Glyphs { style.unicode ? .unicode : .ascii }

  /// Text from anywhere, made safe and showable. Everything drawn passes through here once.
  func clean(_ text: String) -> String {
    let safe = printable(text, unicode: style.unicode)
    return style.unicode ? safe : asciiTypography(safe)
  }

  /// A bar of `filled` cells out of `cells`, to an eighth of a cell where the terminal can.
  func partialBar(_ filled: Double, cells: Int) -> String {
    guard style.unicode else {
      let count = min(max(Int(filled.rounded()), 0), cells)
      return String(repeating: "#", count: count) + String(repeating: " ", count: cells - count)
    }
    let eighths = min(max(Int((filled * 8).rounded()), 0), cells * 8)
    let rest = eighths % 8
    let bar =
      String(repeating: "█", count: eighths / 8) + (rest > 0 ? Glyphs.leftEighths[rest] : "")
    return bar.rightPadded(to: cells)
  }

  func caption(_ text: String, _ ink: Ink = .bold) -> [StyledLine] {
    text.isEmpty ? [] : [StyledLine(clean(text), ink)]
  }
}

/// The signs of the drawing code, with and without Unicode.
struct Glyphs: Sendable {
  var ellipsis: String
  var rule: String
  var headingRule: String
  var barStart: String
  var barEnd: String
  var filled: String
  var gained: String
  var lost: String
  var arrow: String
  var up: String
  var down: String
  var same: String
  var times: String
  var dash: String
  var axis: String
  var tick: String
  var corner: String
  /// Behind the sign of a dashed curve.
  var dashed: String
  var baseline: String
  /// From light to dark; the first stands for the least value.
  var shades: [String]
  var missing: String

  static let unicode = Glyphs(
    ellipsis: "…", rule: "─", headingRule: "═", barStart: "▕", barEnd: "▏", filled: "█",
    gained: "▓", lost: "░", arrow: "→", up: "▲", down: "▼", same: "=", times: "×", dash: "–",
    axis: "│", tick: "┤", corner: "└", dashed: "┄", baseline: "─",
    shades: [" ", "░", "▒", "▓", "█"],
    missing: "·")

  static let ascii = Glyphs(
    ellipsis: "...", rule: "-", headingRule: "=", barStart: "|", barEnd: "|", filled: "#",
    gained: "+", lost: "-", arrow: "->", up: "^", down: "v", same: "=", times: "*", dash: "-",
    axis: "|", tick: "+", corner: "+", dashed: "..", baseline: "-", shades: ramp, missing: "?")

  /// Ten levels of ink in ASCII.
  static let ramp = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]
  /// Index n: n eighths of a cell from the left.
  static let leftEighths = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  /// Index n: n eighths of a cell from below.
  static let lowerEighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
