/// The signs of a chart's series with their names, above the chart: it never lies on a curve.
struct PageLegend {
  struct Entry {
    let name: String
    /// Draws the sign with its middle at a point; its width is `signWidth`.
    let sign: (inout Page, Page.Point) -> Void
  }

  static let signWidth = 30.0
  private static let size = 12.0

  let entries: [Entry]

  func draw(_ page: inout Page) {
    guard !entries.isEmpty else { return }
    var x = page.left
    for entry in entries {
      let name = TextMeasure.fitted(
        printable(entry.name), to: page.room - Self.signWidth - 6, size: Self.size)
      let width = Self.signWidth + 6 + TextMeasure.width(name, size: Self.size)
      if x > page.left && x + width > page.left + page.room {
        x = page.left
        page.skip(19)
      }
      entry.sign(&page, Page.Point(x + Self.signWidth / 2, 8))
      page.text(name, x: x + Self.signWidth + 6, y: 12, size: Self.size)
      x += width + 18
    }
    page.skip(24)
  }
}

/// A series' sign at a point: a shape of its own, so that colour is not needed to tell it.
enum PointSign: Int, CaseIterable, Sendable {
  case disc, triangle, square, diamond, ring, cross, plus, openSquare, openTriangle

  static func of(_ index: Int) -> PointSign { allCases[index % allCases.count] }

  /// - Parameter radius: half its size.
  func draw(_ page: inout Page, at centre: Page.Point, radius r: Double, colour: Colour) {
    let pen = Page.Pen(colour: colour, width: max(1.2, r / 3))
    func corners(_ offsets: [(Double, Double)]) -> [Page.Point] {
      offsets.map { Page.Point(centre.x + $0.0 * r, centre.y + $0.1 * r) }
    }
    let box = corners([(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)])
    let tip = corners([(0, -1.1), (1, 0.8), (-1, 0.8)])
    switch self {
    case .disc: page.ellipse(centre, across: r, down: r, fill: .init(colour: colour))
    case .ring:
      page.ellipse(centre, across: r * 0.9, down: r * 0.9, fill: .init(colour: .white), pen: pen)
    case .triangle: page.area(tip, fill: colour)
    case .openTriangle: page.area(tip, fill: .white, pen: pen)
    case .square: page.area(box, fill: colour)
    case .openSquare: page.area(box, fill: .white, pen: pen)
    case .diamond: page.area(corners([(0, -1.2), (1.1, 0), (0, 1.2), (-1.1, 0)]), fill: colour)
    case .cross:
      page.polyline(corners([(-0.9, -0.9), (0.9, 0.9)]), pen)
      page.polyline(corners([(-0.9, 0.9), (0.9, -0.9)]), pen)
    case .plus:
      page.polyline(corners([(-1.1, 0), (1.1, 0)]), pen)
      page.polyline(corners([(0, -1.1), (0, 1.1)]), pen)
    }
  }
}
