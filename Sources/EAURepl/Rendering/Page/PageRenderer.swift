import ModalityKit

/// Draws the blocks of a report below each other on a page.
struct PageRenderer {
  var page = Page()

  static func page(_ blocks: [Block]) -> Page {
    var renderer = PageRenderer()
    for block in blocks { renderer.draw(block) }
    return renderer.page
  }

  private mutating func draw(_ block: Block) {
    switch block {
    case .heading(let text):
      if page.y > Page.margin { page.skip(12) }
      line(text, size: 17, bold: true)
    case .text(let text), .note(let text): paragraph(text)
    case .verbatim(let text):
      for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
        line(String(part))
      }
    case .warning(let text): paragraph("warning: \(text)", colour: .vermillion)
    case .tokens(let tokens):
      paragraph(
        tokens.map { $0.count == 1 ? $0.text : "\($0.text) ×\($0.count)" }.joined(separator: "  "))
    case .bars(let chart): draw(chart)
    case .picture(let picture): image(picture, width: min(256, page.room), x: page.left)
    case .wave(let wave): draw(wave)
    case .grid(let grid): draw(grid)
    case .directions(let field): draw(field)
    case .columns(let chart): draw(chart)
    case .strip(let strip): draw(strip)
    case .table(let table): draw(table)
    case .curves(let chart): draw(chart)
    case .scatter(let chart): draw(chart)
    case .matrix(let chart): draw(chart)
    case .reliability(let chart): draw(chart)
    }
    page.skip(8)
  }

  /// One line, cut where the page ends.
  mutating func line(
    _ text: String, size: Double = 13, bold: Bool = false, colour: Colour = .ink
  ) {
    guard !text.isEmpty else { return }
    let fitted = TextMeasure.fitted(text, to: page.room * (bold ? 0.92 : 1), size: size)
    page.text(fitted, x: page.left, y: size, size: size, bold: bold, colour: colour)
    page.skip(size * 1.4)
  }

  /// Lines as wide as the page.
  private mutating func paragraph(_ text: String, colour: Colour = .ink) {
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      for wrapped in TextMeasure.wrapped(String(part), to: page.room, size: 13) {
        line(wrapped, colour: colour)
      }
    }
  }

  /// What stands over a chart.
  mutating func title(_ text: String) {
    line(text, bold: true)
    if !text.isEmpty { page.skip(3) }
  }

  mutating func image(_ picture: Picture, width: Double, x: Double) {
    guard picture.width > 0, picture.height > 0,
      picture.rgb.count == 3 * picture.width * picture.height
    else { return line("no picture") }
    let height = width * Double(picture.height) / Double(picture.width)
    page.image(picture, x: x, y: 0, width: width, height: height)
    page.skip(height + 4)
    line(picture.caption)
  }
}
