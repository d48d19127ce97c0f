import Modalities
import ModalityKit

/// Draws the blocks of a report below each other as an SVG picture.
struct SVGRenderer {
  var page = SVGPage()

  /// - Throws: `EncoderError` when a bitmap cannot be written.
  static func render(_ blocks: [Block], title: String) throws -> String {
    var renderer = SVGRenderer()
    for block in blocks { try renderer.draw(block) }
    return renderer.page.document(title: title)
  }

  private mutating func draw(_ block: Block) throws {
    switch block {
    case .heading(let text): line(text, size: 17, bold: true)
    case .text(let text), .note(let text), .verbatim(let text):
      for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
        line(String(part), size: 13)
      }
    case .warning(let text): line("warning: \(text)", size: 13, colour: Colour.vermillion.hex)
    case .tokens(let tokens):
      line(
        tokens.map { $0.count == 1 ? $0.text : "\($0.text) ×\($0.count)" }.joined(separator: "  "))
    case .bars(let chart): draw(chart)
    case .picture(let picture):
      try image(picture, width: min(256, page.room), x: page.left)
    case .wave(let wave): draw(wave)
    case .grid(let grid): try draw(grid)
    case .directions(let field): draw(field)
    case .columns(let chart):
      line(chart.title, bold: true)
      columns(chart.values)
    case .strip(let strip):
      line(strip.label)
      columns(strip.values)
    case .table(let table): draw(table)
    case .curves(let chart): draw(chart)
    }
    page.skip(6)
  }

  mutating func line(
    _ text: String, size: Double = 13, bold: Bool = false, colour: String = "#222"
  ) {
    guard !text.isEmpty else { return }
    page.text(text, x: page.left, y: size, size: size, bold: bold, colour: colour)
    page.skip(size * 1.4)
  }

  mutating func image(_ picture: Picture, width: Double, x: Double) throws {
    guard picture.width > 0, picture.height > 0 else { return line("no picture") }
    let height = width * Double(picture.height) / Double(picture.width)
    let png = try PNGFile.encoded(
      rgb: picture.rgb, width: picture.width, height: picture.height)
    page.image(png, x: x, y: 0, width: width, height: height)
    page.skip(height + 4)
    line(picture.caption)
  }
}
