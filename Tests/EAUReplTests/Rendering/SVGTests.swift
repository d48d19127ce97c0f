import Foundation
import FoundationXML
import ModalityKit
import Testing

@testable import EAURepl

@Suite("SVG")
struct SVGTests {
  private func document(_ blocks: [Block]) throws -> XMLDocument {
    try XMLDocument(
      xmlString: try SVGFile.text(PageRenderer.page(blocks), title: "a <title> & \"more\""))
  }

  @Test func textFromAnywhereIsEscapedAndPrintable() throws {
    let text = "<script>alert('x')</script> & \"quotes\" \u{1B}[31m"
    let page = try document([.text(text), .heading(text), .tokens([(text, 2)])])
    #expect(try page.nodes(forXPath: "//*[local-name()='script']").isEmpty)
    let shown = try page.nodes(forXPath: "//*[local-name()='text']").compactMap(\.stringValue)
    #expect(shown.count == 3)
    #expect(shown.allSatisfy { $0.contains("<script>") && !$0.contains("\u{1B}") })
  }

  @Test func everyBlockDrawsSomething() throws {
    let grid = ValueGrid(
      .init(
        rows: 2, columns: 3, values: [1, 2, 3, 4, 5, .nan], vertical: ("top", "bottom"),
        horizontal: ("left", "right"), unit: "dB"))
    let field = DirectionField(
      .init(rows: 1, columns: 2, directions: 2, strengths: [1, 0.5, 0, 0.01]))
    let blocks: [(Block, String, Int)] = [
      (.bars(BarChart(rows: [.init("a", 1), .init("b", .nan)])), "rect", 3),
      (.wave(Wave(samples: [0.5, -1, .nan], sampleRate: 2)), "polygon", 1),
      (.grid(grid), "image", 1), (.directions(field), "line", 2),
      (.picture(Picture(width: 1, height: 1, rgb: [1, 2, 3])), "image", 1),
      (.columns(ColumnChart(values: [1, -2, .nan])), "rect", 3),
      (.strip(HeatStrip(label: "mu", values: [1, 2])), "rect", 3),
      (.curves(CurveChart(x: [0, 1, 2], series: [.init("a", [0, 1, 4])])), "polyline", 1),
      (.table(Table(columns: [.init("x"), .init("y", .right)], rows: [["1"]])), "text", 3),
      (.warning("careful"), "text", 1),
    ]
    for (block, name, count) in blocks {
      let found = try document([block]).nodes(forXPath: "//*[local-name()='\(name)']").count
      #expect(found == count, "\(name) of \(block)")
    }
  }

  /// What has no values says so and draws nothing outside the page.
  @Test func emptyAndBrokenValuesAreSaid() throws {
    let broken: [Block] = [
      .grid(
        ValueGrid(
          .init(
            rows: 2, columns: 2, values: [1], vertical: ("", ""), horizontal: ("", "")))),
      .directions(DirectionField(.init(rows: 3, columns: 1, directions: 2, strengths: []))),
      .wave(Wave(samples: [], sampleRate: 0)), .columns(ColumnChart(values: [])),
      .curves(CurveChart(x: [], series: [])), .picture(Picture(width: 0, height: 9, rgb: [])),
    ]
    for block in broken {
      let page = try document([block])
      #expect(try !page.nodes(forXPath: "//*[local-name()='text']").isEmpty, "\(block)")
      #expect(!page.xmlString.lowercased().contains("nan"))
    }
  }

  @Test func aGridShowsItsEdgesInTheTerminalToo() {
    let style = TerminalStyle(width: 40)
    let grid = ValueGrid(
      .init(
        rows: 4, columns: 60, values: (0..<240).map(Double.init), vertical: ("high", "low"),
        horizontal: ("0 s", "1 s"), unit: "dB"))
    let lines = TerminalRenderer(style: style).render(Report(blocks: [.grid(grid)]))
      .split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first?.hasPrefix("high ") == true && lines[1].hasPrefix("low "))
    #expect(lines[2].contains("0 s") && lines[2].contains("1 s"))
    #expect(lines.allSatisfy { displayWidth(String($0)) <= 40 })
  }
}
