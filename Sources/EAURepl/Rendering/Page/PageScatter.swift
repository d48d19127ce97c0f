import Foundation

extension PageRenderer {
  mutating func draw(_ chart: ScatterChart) {
    title(chart.title)
    guard var bounds = ScatterBounds(chart) else { return line("no points") }
    PageLegend(entries: chart.groups.indices.map { entry(chart, $0) } + keys(chart)).draw(&page)
    // One unit is as long on both axes: ellipses keep their shape. The margin is what the axis takes.
    let height = bounds.fit(width: page.room - 70, heights: 240...480)
    let frame = PlotFrame(
      x: Axis(bounds.x.lowerBound, bounds.x.upperBound, wanted: 10, rounded: false),
      y: Axis(bounds.y.lowerBound, bounds.y.upperBound, rounded: false),
      height: height, yTitle: chart.yLabel, on: page)
    frame.drawBehind(&page)
    for (index, group) in chart.groups.enumerated() {
      for point in group.points {
        guard let place = frame.place(point.x, point.y) else { continue }
        PointSign.of(index).draw(&page, at: place, radius: 3.2, colour: .paper(index))
      }
    }
    for ellipse in chart.ellipses {
      draw(
        ellipse.ellipse, in: frame,
        Page.Pen(
          colour: .paper(ellipse.group), width: ellipse.isSingle ? 0.8 : 2.2,
          dashes: ellipse.isSingle ? [2, 2] : []))
    }
    var places = LabelPlaces(within: frame.area)
    for mean in chart.ellipses where !mean.isSingle {
      places.reserve(Self.box(mean.ellipse, frame))
    }
    for spot in chart.spots { places.reserve(Self.box(spot.ellipse, frame)) }
    draw(chart.spots, in: frame, &places)
    name(chart, in: frame, &places)
    frame.drawAxes(&page, xTitle: chart.xLabel, yTitle: chart.yLabel)
  }

  /// A large star a spot, its ellipse, its name, and arrows between.
  private mutating func draw(
    _ spots: [ScatterChart.Spot], in frame: PlotFrame, _ places: inout LabelPlaces
  ) {
    for (from, to) in zip(spots, spots.dropFirst()) {
      guard let a = place(from, frame), let b = place(to, frame) else { continue }
      arrow(from: a, to: b)
    }
    for spot in spots {
      draw(
        spot.ellipse, in: frame,
        Page.Pen(colour: .ink, width: 2, dashes: spot.isPast ? [6, 4] : []))
      guard let centre = place(spot, frame) else { continue }
      star(centre, radius: 9, isFilled: !spot.isPast)
      label(spot.name, size: 12, around: spot.ellipse, frame, &places)
    }
  }

  /// Each group's name at its mean: the legend's colours repeat after seven.
  private mutating func name(
    _ chart: ScatterChart, in frame: PlotFrame, _ places: inout LabelPlaces
  ) {
    for mean in chart.ellipses where !mean.isSingle {
      guard chart.groups.indices.contains(mean.group) else { continue }
      label(chart.groups[mean.group].name, size: 10, around: mean.ellipse, frame, &places)
    }
  }

  /// On a veil of white, so that it is read over points.
  private mutating func label(
    _ text: String, size: Double, around ellipse: ScatterChart.Ellipse, _ frame: PlotFrame,
    _ places: inout LabelPlaces
  ) {
    let text = TextMeasure.fitted(text, to: 160, size: size)
    let box = places.place(
      width: TextMeasure.width(text, size: size, bold: true) + 2, height: size + 2,
      around: Self.box(ellipse, frame))
    page.rectangle(
      x: box.x, y: box.y, width: box.width, height: box.height, fill: .white, opacity: 0.6)
    page.text(
      text, x: box.x + box.width / 2, y: box.y + size - 0.5, size: size, bold: true,
      anchor: .middle)
  }

  /// The upright box around an ellipse, not smaller than the sign in its middle.
  private static func box(_ ellipse: ScatterChart.Ellipse, _ frame: PlotFrame) -> Page.Frame {
    let (wide, high) = ellipse.halfSize
    guard let centre = frame.place(ellipse.centre.x, ellipse.centre.y), wide.isFinite,
      high.isFinite
    else { return Page.Frame(x: frame.area.x, y: frame.area.y, width: 0, height: 0) }
    let across = max(wide * frame.area.width / (frame.x.high - frame.x.low), 9)
    let down = max(high * frame.area.height / (frame.y.high - frame.y.low), 9)
    return Page.Frame(
      x: centre.x - across, y: centre.y - down, width: 2 * across, height: 2 * down)
  }

  private func place(_ spot: ScatterChart.Spot, _ frame: PlotFrame) -> Page.Point? {
    frame.place(spot.ellipse.centre.x, spot.ellipse.centre.y)
  }

  private mutating func draw(_ ellipse: ScatterChart.Ellipse, in frame: PlotFrame, _ pen: Page.Pen)
  {
    page.polyline(ellipse.outline(96).compactMap { frame.place($0.x, $0.y) }, pen)
  }

  private mutating func star(_ centre: Page.Point, radius: Double, isFilled: Bool) {
    let corners = (0..<10).map { corner in
      let angle = Double.pi * (Double(corner) / 5 - 0.5)
      let length = corner % 2 == 0 ? radius : radius * 0.45
      return Page.Point(centre.x + length * cos(angle), centre.y + length * sin(angle))
    }
    page.area(
      corners, fill: isFilled ? .ink : .white,
      pen: .init(colour: isFilled ? .white : .ink, width: isFilled ? 1 : 1.5))
  }

  private mutating func arrow(from a: Page.Point, to b: Page.Point) {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 24 else { return }
    let (ux, uy) = (dx / length, dy / length)
    let tip = Page.Point(b.x - 10 * ux, b.y - 10 * uy)
    page.line(
      .init(a.x + 10 * ux, a.y + 10 * uy), .init(tip.x - 6 * ux, tip.y - 6 * uy), colour: .ink,
      width: 1.5)
    page.area(
      [
        tip, .init(tip.x - 9 * ux - 4 * uy, tip.y - 9 * uy + 4 * ux),
        .init(tip.x - 9 * ux + 4 * uy, tip.y - 9 * uy - 4 * ux),
      ], fill: .ink)
  }

  private func entry(_ chart: ScatterChart, _ index: Int) -> PageLegend.Entry {
    PageLegend.Entry(name: chart.groups[index].name) { page, centre in
      PointSign.of(index).draw(
        &page, at: .init(centre.x + 8, centre.y), radius: 4.5, colour: .paper(index))
    }
  }

  /// What the ellipses are.
  private func keys(_ chart: ScatterChart) -> [PageLegend.Entry] {
    let kinds: [(isSingle: Bool, name: String)] = [
      (false, "a class: mean mu, mean sigma²"), (true, "a sample: 1 sigma"),
    ]
    return kinds.filter { kind in chart.ellipses.contains { $0.isSingle == kind.isSingle } }
      .map { kind in
        PageLegend.Entry(name: kind.name) { page, centre in
          page.ellipse(
            centre, across: 13, down: 6,
            pen: .init(
              colour: .faded, width: kind.isSingle ? 0.8 : 2.2,
              dashes: kind.isSingle ? [2, 2] : []))
        }
      }
  }
}
