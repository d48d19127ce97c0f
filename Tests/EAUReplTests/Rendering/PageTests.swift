import Foundation
import FoundationXML
import Modalities
import ModalityKit
import Testing

@testable import EAURepl

@Suite("pages as files")
struct PageTests {
  private static let blocks =
    PlotBlocks.all + [
      .bars(SampleBlocks.bars), .columns(SampleBlocks.histogram), .strip(SampleBlocks.strips[1]),
      .picture(SampleBlocks.picture), .wave(SampleBlocks.wave), .table(SampleBlocks.table),
    ]

  private struct Pixels {
    let width: Int
    let height: Int
    private let rgb: [UInt8]

    init(_ png: [UInt8]) throws {
      let file = try PNGFile(.bytes(png, name: "page.png"))
      (width, height) = (file.width, file.height)
      try #require(file.channels == 3 && file.bitDepth == 8)
      var bytes: [UInt8] = []
      for row in 0..<height {
        bytes += UnsafeBufferPointer(start: file.bytes(row: row), count: 3 * width)
      }
      rgb = bytes
    }

    func count(of colour: Colour) -> Int {
      stride(from: 0, to: rgb.count, by: 3).count {
        rgb[$0] == colour.red && rgb[$0 + 1] == colour.green && rgb[$0 + 2] == colour.blue
      }
    }
  }

  @Test func aPNGHasThePagesSizeAndItsColours() throws {
    let page = PageRenderer.page(Self.blocks)
    let pixels = try Pixels(try PageBitmap(page).png())
    #expect(
      pixels.width == Int(page.width * 2) && pixels.height == Int((page.height * 2).rounded()))
    let white = pixels.count(of: .white)
    #expect(white > pixels.width * pixels.height / 2)
    #expect(white < pixels.width * pixels.height - 10_000)
    for colour in [Colour.blue, .vermillion, .bluishGreen, .ink, .faded] {
      #expect(pixels.count(of: colour) > 50, "\(colour.hex)")
    }
  }

  @Test func everyChartPutsItsSeriesColoursOnThePage() throws {
    for (index, block) in PlotBlocks.all.enumerated() {
      let pixels = try Pixels(try PageBitmap(PageRenderer.page([block])).png())
      #expect(pixels.count(of: .blue) > 20, "\(index)")
      let svg = try SVGFile.text(PageRenderer.page([block]), title: "x")
      #expect(svg.contains(Colour.blue.hex))
    }
  }

  @Test func everyGlyphOfOurOwnIsInTheFont() throws {
    // What the font lacks is drawn as the same empty box.
    func inked(_ text: String) throws -> [UInt8] {
      var page = Page(width: 40)
      page.text(text, x: 8, y: 14)
      page.skip(20)
      return try PageBitmap(page).rgb
    }
    let missing = try inked("\u{10FFFD}")
    let blank = try inked(" ")
    for glyph in ["α", "σ", "²", "µ", "μ", "→", "…", "–", "×", "·", "√", "é", "日"].dropLast() {
      #expect(try inked(glyph) != missing, "\(glyph)")
      #expect(try inked(glyph) != blank, "\(glyph)")
    }
  }

  @Test func bothFormatsDrawTheSameMarks() throws {
    let page = PageRenderer.page(Self.blocks)
    let document = try XMLDocument(xmlString: try SVGFile.text(page, title: "all"))
    let texts = try document.nodes(forXPath: "//*[local-name()='text']").compactMap(\.stringValue)
    let labels = page.marks.compactMap { mark in
      if case .text(let label) = mark { printable(label.text) } else { nil }
    }
    #expect(texts == labels)
    let shapes = page.marks.count { if case .shape = $0 { true } else { false } }
    let drawn = try document.nodes(
      forXPath: "//*[local-name()='rect' or local-name()='line' or local-name()='polyline' "
        + "or local-name()='polygon' or local-name()='ellipse']"
    ).count
    #expect(drawn == shapes + 1, "and the paper")
  }

  @Test func labelsCoverNeitherEachOtherNorWhatIsDrawn() {
    var places = LabelPlaces(within: Page.Frame(x: 0, y: 0, width: 200, height: 200))
    let box = Page.Frame(x: 90, y: 90, width: 20, height: 20)
    places.reserve(box)
    let frames = (0..<4).map { _ in places.place(width: 40, height: 12, around: box) }
    for (index, frame) in frames.enumerated() {
      #expect(([box] + frames[..<index]).allSatisfy { $0.overlap(frame) == 0 }, "\(index)")
    }
    // Where there is no room above it goes below.
    let high = Page.Frame(x: 90, y: 2, width: 20, height: 20)
    #expect(places.place(width: 40, height: 12, around: high).y > 20)
  }

  /// Nothing is cut off at the page's edges.
  @Test func everyLabelLiesOnThePage() {
    let page = PageRenderer.page(Self.blocks)
    for mark in page.marks {
      guard case .text(let label) = mark, label.turn == 0 else { continue }
      let width = TextMeasure.width(label.text, size: label.size, bold: label.isBold)
      let start =
        switch label.anchor {
        case .start: label.place.x
        case .middle: label.place.x - width / 2
        case .end: label.place.x - width
        }
      #expect(start >= 0 && start + width <= page.width, "\(label.text)")
      #expect(label.place.y > 0 && label.place.y < page.height, "\(label.text)")
    }
  }

  @Test func formatsAreKnownByTheirEndings() throws {
    #expect(try PictureFile.format(of: "a/b.SVG") == .svg)
    #expect(try PictureFile.format(of: "x.y.png") == .png)
    #expect(throws: CommandError.self) { try PictureFile.format(of: "x.jpg") }
    #expect(throws: CommandError.self) { try PictureFile.format(of: "x.svg.") }
  }

  @Test func valuesWithoutNumbersSaySoAndDoNoHarm() throws {
    let broken: [Block] = [
      .scatter(ScatterChart()), .reliability(ReliabilityChart(bins: [])),
      .matrix(MatrixChart(rowTitle: "a", columnTitle: "b", names: ["x"], counts: [])),
      .scatter(ScatterChart(groups: [.init(name: "a", points: [.init(x: .nan, y: 1)])])),
      .curves(CurveChart(x: [1], series: [.init("a", [.nan])])),
    ]
    for block in broken {
      let svg = try SVGFile.text(PageRenderer.page([block]), title: "broken")
      #expect(!svg.lowercased().contains("nan"))
      #expect(!drawn(block).isEmpty)
      _ = try PageBitmap(PageRenderer.page([block]))
    }
  }
}
