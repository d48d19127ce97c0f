/// A chart's rectangle on the page, with axes, grid lines, ticks and titles.
struct PlotFrame {
  let x: Axis
  let y: Axis
  /// On the page, from the current place.
  let area: Page.Frame

  static let tickSize = 11.0

  /// - Parameters:
  ///   - height: of the rectangle inside the axes.
  ///   - width: of the same; nil: what the page has.
  init(x: Axis, y: Axis, height: Double, width: Double? = nil, yTitle: String, on page: Page) {
    let labels = y.labels.map { TextMeasure.width($0, size: Self.tickSize) }.max() ?? 0
    let margin = labels + 12 + (yTitle.isEmpty ? 0 : 18)
    (self.x, self.y) = (x, y)
    area = Page.Frame(
      x: page.left + margin, y: 6, width: min(width ?? .infinity, page.room - margin - 10),
      height: height)
  }

  /// nil where a value has no place on its axis.
  func place(_ x: Double, _ y: Double) -> Page.Point? {
    guard let across = self.x.share(x), let up = self.y.share(y) else { return nil }
    return Page.Point(area.x + across * area.width, area.y + (1 - up) * area.height)
  }

  /// Grid lines first, so that curves lie over them.
  func drawBehind(_ page: inout Page) {
    for tick in y.ticks {
      guard let up = y.share(tick) else { continue }
      let height = area.y + (1 - up) * area.height
      page.line(.init(area.x, height), .init(area.x + area.width, height), colour: .faint)
    }
    for tick in x.ticks {
      guard let across = x.share(tick) else { continue }
      let place = area.x + across * area.width
      page.line(.init(place, area.y), .init(place, area.y + area.height), colour: .faint)
    }
  }

  /// The axes' lines, ticks and titles; moves the page on to below them.
  func drawAxes(_ page: inout Page, xTitle: String, yTitle: String) {
    let (bottom, right) = (area.y + area.height, area.x + area.width)
    page.line(.init(area.x, area.y), .init(area.x, bottom), colour: .faded)
    page.line(.init(area.x, bottom), .init(right, bottom), colour: .faded)
    for (tick, label) in zip(y.ticks, y.labels) {
      let height = area.y + (1 - (y.share(tick) ?? 0)) * area.height
      page.line(.init(area.x - 4, height), .init(area.x, height), colour: .faded)
      page.text(
        label, x: area.x - 7, y: height + 4, size: Self.tickSize, anchor: .end, colour: .faded)
    }
    var free = -Double.infinity
    for (tick, label) in zip(x.ticks, x.labels) {
      let place = area.x + (x.share(tick) ?? 0) * area.width
      page.line(.init(place, bottom), .init(place, bottom + 4), colour: .faded)
      // A label that would touch its neighbour is left out; its tick stays.
      let half = TextMeasure.width(label, size: Self.tickSize) / 2
      guard place - half > free else { continue }
      free = place + half + 4
      page.text(
        label, x: place, y: bottom + 16, size: Self.tickSize, anchor: .middle, colour: .faded)
    }
    page.text(
      yTitle, x: page.left + 11, y: area.y + area.height / 2, size: 12, anchor: .middle,
      colour: .faded, turn: -90)
    page.text(
      xTitle, x: area.x + area.width / 2, y: bottom + 33, size: 12, anchor: .middle,
      colour: .faded)
    page.skip(bottom + (xTitle.isEmpty ? 22 : 40))
  }
}
