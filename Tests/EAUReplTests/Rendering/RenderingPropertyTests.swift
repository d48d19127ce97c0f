import SeededRandom
import Testing

@testable import EAURepl

@Suite("what holds for every drawing")
struct RenderingPropertyTests {
  @Test(arguments: [20, 21, 33, 47, 60, 79, 80, 81, 120, 199, 200])
  func linesFitAndCarryNoControls(width: Int) throws {
    var random = SeededGenerator(seed: UInt64(width))
    for round in 0..<12 {
      let report = Report(blocks: randomBlocks(&random))
      for colour in ColourLevel.allCases {
        let style = TerminalStyle(width: width, colour: colour, unicode: round % 2 == 0)
        let text = TerminalRenderer(style: style).render(report)
        for line in text.unicodeScalars.split(separator: "\n") {
          let plain = withoutColours(String(line))
          #expect(displayWidth(plain) <= width, "\(plain)")
          #expect(!plain.hasSuffix(" "), "\(plain)")
          #expect(!plain.unicodeScalars.contains(where: steersTerminal), "\(plain)")
          #expect(colour != .none || plain == String(line))
        }
      }
    }
  }

  @Test func colourChangesNothingButColour() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      // Pictures in colour are drawn in another way.
      let blocks = randomBlocks(&random).filter { if case .picture = $0 { false } else { true } }
      let report = Report(blocks: blocks)
      let plain = TerminalRenderer(style: TerminalStyle()).render(report)
      for colour in [ColourLevel.ansi16, .ansi256, .trueColour] {
        let coloured = TerminalRenderer(style: TerminalStyle(colour: colour)).render(report)
        #expect(withoutColours(coloured) == plain)
      }
    }
  }

  @Test func withoutUnicodeTheDrawingIsASCII() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<20 {
      let text = TerminalRenderer(style: TerminalStyle(unicode: false))
        .render(Report(blocks: randomBlocks(&random, label: { _ in "label … α" })))
      #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
    }
  }

  @Test func anEmptyReportIsNothing() {
    #expect(TerminalRenderer(style: TerminalStyle()).render(Report()) == "")
  }

  /// Takes off `ESC [ … m`; any other escape sequence stays and is found.
  private func withoutColours(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if scalar == "\u{1B}", rest.dropFirst().first == "[" {
        let end = rest.dropFirst(2).firstIndex { !"0123456789;".unicodeScalars.contains($0) }
        if let end, rest[end] == "m" {
          rest = rest[rest.index(after: end)...]
          continue
        }
      }
      result.append(scalar)
      rest = rest.dropFirst()
    }
    return String(result)
  }

  private func randomBlocks(
    _ random: inout SeededGenerator, label: (inout SeededGenerator) -> String = randomText
  ) -> [Block] {
    func numbers(_ limit: Int) -> [Double] {
      let scale = [1e-300, 1, 1e3, 1e308][random.index(below: 4)]
      let isPositive = random.index(below: 2) == 0
      return (0..<random.index(below: limit)).map { _ in
        if random.index(below: 20) == 0 {
          return [.nan, .infinity, -.infinity][random.index(below: 3)]
        }
        let value = random.uniform(-1, 1) * scale
        return isPositive ? abs(value) : value
      }
    }
    func labels(_ limit: Int) -> [String] {
      (0..<random.index(below: limit)).map { _ in label(&random) }
    }
    let columns = labels(9)
    let x = numbers(30).sorted()
    let (width, height) = (random.index(below: 90), random.index(below: 70))
    let isDamaged = random.index(below: 8) == 0
    return [
      .heading(label(&random)),
      .text(labels(40).joined(separator: " ")),
      .note(label(&random)),
      .warning(labels(12).joined(separator: " ")),
      .table(
        Table(
          columns: columns.map {
            .init($0, [.left, .right, .centre][random.index(below: 3)])
          }, rows: (0..<4).map { _ in labels(10) })),
      .bars(
        BarChart(
          title: label(&random),
          rows: numbers(6).map {
            .init(
              label(&random), $0, before: random.index(below: 2) == 0 ? nil : random.uniform(-1, 2),
              detail: label(&random))
          }, scale: [.unit, .automatic, .upTo(0)][random.index(below: 3)])),
      .columns(ColumnChart(title: label(&random), values: numbers(400), height: 5)),
      .columns(ColumnChart.histogram(of: numbers(100), bins: 1 + random.index(below: 30))),
      .columns(ColumnChart(values: numbers(6), axis: .names(labels(8)), height: 1)),
      .curves(
        CurveChart(
          title: label(&random), xLabel: label(&random), yLabel: label(&random), x: x,
          series: labels(10).map { .init($0, numbers(40)) },
          range: random.index(below: 2) == 0 ? nil : 0...1)),
      .strip(HeatStrip(label: label(&random), values: numbers(300))),
      .strip(HeatStrip(label: label(&random), values: numbers(10), range: -1...1)),
      .picture(
        Picture(
          width: width, height: height,
          rgb: (0..<width * height * 3 - (isDamaged ? 1 : 0).clamped(to: width * height)).map { _ in
            UInt8(truncatingIfNeeded: random.next())
          }, caption: label(&random))),
      .wave(
        Wave(
          samples: numbers(3000).map { Float($0) },
          sampleRate: [0, 16000, .nan][random.index(below: 3)], caption: label(&random))),
      .tokens(labels(30).map { ($0, random.index(below: 4)) }),
    ]
  }
}

extension Int {
  fileprivate func clamped(to limit: Int) -> Int { Swift.min(self, limit) }
}
