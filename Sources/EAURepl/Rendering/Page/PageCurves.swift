import Foundation

extension PageRenderer {
  mutating func draw(_ chart: CurveChart) {
    title(chart.title)
    let xs = chart.x.filter(\.isFinite)
    let values = chart.series.flatMap(\.values).filter { chart.level($0) != nil }
    guard let first = xs.min(), let last = xs.max(), let least = values.min(),
      let greatest = values.max()
    else { return line("no values") }
    PageLegend(entries: chart.series.indices.map { entry(chart, $0) }).draw(&page)
    let frame = PlotFrame(
      x: Axis(first, last, wanted: 10, rounded: false),
      y: Axis(
        chart.range?.lowerBound ?? least, chart.range?.upperBound ?? greatest,
        scale: chart.scale),
      height: 220, yTitle: chart.yLabel, on: page)
    frame.drawBehind(&page)
    for index in chart.series.indices { draw(chart, index, in: frame) }
    frame.drawAxes(&page, xTitle: chart.xLabel, yTitle: chart.yLabel)
  }

  private mutating func draw(_ chart: CurveChart, _ index: Int, in frame: PlotFrame) {
    let look = chart.look(index)
    var run: [Page.Point] = []
    var points: [Page.Point] = []
    for (x, value) in zip(chart.x, chart.series[index].values) {
      if let place = frame.place(x, value) {
        run.append(place)
        points.append(place)
      } else {
        stroke(run, chart, index)
        run = []
      }
    }
    stroke(run, chart, index)
    var free = frame.area.x + 20 + Double(index) * 31
    for point in points {
      // Where only the curve matters, few signs tell it from the others.
      if chart.signs == .spread {
        guard point.x >= free else { continue }
        free = point.x + 130
      }
      PointSign.of(look).draw(&page, at: point, radius: 4, colour: .paper(look))
    }
  }

  private mutating func stroke(_ run: [Page.Point], _ chart: CurveChart, _ index: Int) {
    guard run.count > 1 else { return }
    page.polyline(run, pen(chart, index))
  }

  private func pen(_ chart: CurveChart, _ index: Int) -> Page.Pen {
    Page.Pen(
      colour: .paper(chart.look(index)), width: 2,
      dashes: chart.series[index].isDashed ? [6, 4] : [])
  }

  private func entry(_ chart: CurveChart, _ index: Int) -> PageLegend.Entry {
    let (pen, look) = (pen(chart, index), chart.look(index))
    return PageLegend.Entry(name: chart.series[index].name) { page, centre in
      let half = PageLegend.signWidth / 2
      page.polyline([.init(centre.x - half, centre.y), .init(centre.x + half, centre.y)], pen)
      PointSign.of(look).draw(&page, at: centre, radius: 4, colour: .paper(look))
    }
  }
}
