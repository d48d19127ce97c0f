import Foundation

extension PageRenderer {
  /// Columns from a zero line, between axes.
  mutating func draw(_ chart: ColumnChart) {
    title(chart.title)
    let finite = chart.values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else { return line("no values") }
    let count = Double(chart.values.count)
    let (low, high): (Double, Double) =
      if case .bins(let low, let high) = chart.axis { (low, high) } else { (-0.5, count - 0.5) }
    let isNamed = if case .names = chart.axis { true } else { false }
    let frame = PlotFrame(
      x: Axis(low, high, wanted: isNamed ? 0 : 8, rounded: false),
      y: Axis(min(least, 0), max(greatest, 0), wanted: 4), height: 110, yTitle: "", on: page)
    frame.drawBehind(&page)
    let step = frame.area.width / count
    let zero = frame.y.share(0) ?? 0
    for (index, value) in chart.values.enumerated() {
      guard let up = frame.y.share(value) else { continue }
      let (top, bottom) = (max(up, zero), min(up, zero))
      page.rectangle(
        x: frame.area.x + (Double(index) + 0.08) * step,
        y: frame.area.y + (1 - top) * frame.area.height, width: max(step * 0.84, 0.4),
        height: max((top - bottom) * frame.area.height, 0.5), fill: .blue)
    }
    frame.drawAxes(&page, xTitle: xTitle(chart), yTitle: "")
  }

  private func xTitle(_ chart: ColumnChart) -> String {
    switch chart.axis {
    case .indices: ""
    case .bins(let low, let high):
      "\(chart.values.count) bins of width "
        + NumberText.short((high - low) / Double(chart.values.count))
    case .names(let names): names.joined(separator: " · ")
    }
  }

  /// One row of shades, and what the lightest and the darkest stand for.
  mutating func draw(_ strip: HeatStrip) {
    let finite = strip.values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      return line("\(strip.label): no values")
    }
    let (low, high) = (strip.range?.lowerBound ?? least, strip.range?.upperBound ?? greatest)
    let legend = "\(NumberText.short(low)) … \(NumberText.short(high))"
    let (labels, numbers) = (150.0, 110.0)
    let width = page.room - labels - numbers
    let step = width / Double(strip.values.count)
    page.text(
      TextMeasure.fitted(strip.label, to: labels - 8, size: 12), x: page.left + labels - 8, y: 14,
      size: 12, anchor: .end)
    for (index, value) in strip.values.enumerated() where value.isFinite {
      let share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
      page.rectangle(
        x: page.left + labels + Double(index) * step, y: 2, width: step + 0.3, height: 16,
        fill: .heat(share))
    }
    page.text(legend, x: page.left + labels + width + 8, y: 14, size: 11, colour: .faded)
    page.skip(20)
  }
}
