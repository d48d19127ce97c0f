@testable import EAURepl

/// One block of each kind, small enough to check by eye.
enum SampleBlocks {
  static let table = Table(
    columns: [
      .init("method"), .init("clean", .right), .init("noise5", .right), .init("remark", .centre),
    ],
    rows: [
      ["calibrated", "93.1", "88.0", "best"],
      ["日本語", "9.1", "100.0", "e\u{301}"],
      ["late", "71.4"],
      ["evil\u{1B}[31m", "0.0", "0.0", "a\nb"],
    ])

  static let wideTable = Table(
    columns: [.init("method")] + (1...12).map { .init("column\($0)", .right) },
    rows: [["uniform"] + (1...12).map { "\($0 * 11).0" }])

  static let bars = BarChart(
    title: "alpha",
    rows: [
      .init("image", 0.03, before: 0.42, detail: "noise 5"),
      .init("audio", 0.6, before: 0.31),
      .init("text", 0.37, before: 0.37),
      .init("touch", .nan, detail: "missing"),
    ])

  static let plainBars = BarChart(
    rows: [.init("a", 1), .init("bb", 2.5), .init("ccc", 10), .init("d", -1)], scale: .automatic,
    decimals: 1)

  static let histogram = ColumnChart.histogram(
    of: [0, 0.1, 0.2, 0.9, 1.0, 1.1, 1.2, 1.9, 2.0, 2.1, 3.0, 4.0], bins: 4, title: "norms",
    height: 4)

  static let signedColumns = ColumnChart(
    title: "mu", values: [1, 0.5, 0.25, 0, -0.25, -0.5, -1, .nan], height: 4)

  static let namedColumns = ColumnChart(
    title: "few", values: [1, 2, 3.5, 0.1], axis: .names(["a", "bb", "ccc", "d"]), height: 3)

  static let manyColumns = ColumnChart(
    title: "ramp", values: (0..<200).map { Double($0) }, height: 3)

  static let curves = CurveChart(
    title: "sweep", xLabel: "severity", yLabel: "share", x: (0...10).map(Double.init),
    series: [
      .init("alpha", (0...10).map { 1 - Double($0) / 10 }),
      .init("sigma", (0...10).map { Double($0) / 10 }),
    ], range: 0...1, height: 7)

  static let strips: [HeatStrip] = [
    HeatStrip(label: "mu", values: (0..<10).map { Double($0) }),
    HeatStrip(label: "variance", values: [0, .nan, 0.5, 1], range: 0...1),
  ]

  /// Black to white from left to right, the lower half red to blue.
  static let picture = Picture(
    width: 4, height: 3,
    rgb: [
      0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255,
      0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255,
      255, 0, 0, 170, 0, 85, 85, 0, 170, 0, 0, 255,
    ], caption: "4 × 3 pixels")

  /// A ramp from -0.8 to 0.8, 288 samples: four a dot.
  static let wave = Wave(
    samples: (0..<288).map { Float($0) / 287 * 1.6 - 0.8 }, sampleRate: 144, caption: "a ramp",
    height: 2)

  static let tokens: [(text: String, count: Int)] = [
    ("the", 3), ("quick", 1), ("日本", 2), ("\u{202E}fox", 1),
  ]

  static let words: [Block] = [
    .heading("Sample 17 of 日本"),
    .text(
      "The weight α of a modality is the mean over the dimensions of w, "
        + "and the variance σ² is learned.\n  indented"),
    .note("nothing was dropped"),
    .warning("file \u{1B}[31mname\nsecond line"),
  ]
}

/// The rendering at a width, escape characters made visible.
func drawn(
  _ blocks: Block..., unicode: Bool = true, colour: ColourLevel = .none, width: Int = 80
) -> String {
  drawn(blocks, unicode: unicode, colour: colour, width: width)
}

func drawn(
  _ blocks: [Block], unicode: Bool = true, colour: ColourLevel = .none, width: Int = 80
) -> String {
  let style = TerminalStyle(width: width, colour: colour, unicode: unicode)
  return TerminalRenderer(style: style).render(Report(blocks: blocks))
    .split(separator: "\u{1B}", omittingEmptySubsequences: false).joined(separator: "␛")
}
