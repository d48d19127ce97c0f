extension PageRenderer {
  /// Accuracy as whole bars against the diagonal, the gap to the mean confidence in a dashed outline
  /// (which must not make the bar look shorter), and below how many predictions each bin has.
  mutating func draw(_ chart: ReliabilityChart) {
    title(chart.title)
    guard !chart.bins.isEmpty else { return line("no predictions") }
    PageLegend(entries: Self.entries).draw(&page)
    let frame = PlotFrame(
      x: Axis(0, 1, wanted: 10), y: Axis(0, 1, wanted: 5), height: 300, width: 420,
      yTitle: "accuracy", on: page)
    frame.drawBehind(&page)
    let step = frame.area.width / Double(chart.bins.count)
    for bin in chart.bins {
      guard let accuracy = bin.accuracy, let confidence = bin.confidence,
        let top = frame.place(bin.low, accuracy), let promised = frame.place(confidence, confidence)
      else { continue }
      let bottom = frame.area.y + frame.area.height
      page.rectangle(
        x: top.x + 1, y: top.y, width: step - 2, height: bottom - top.y, fill: .blue)
      let isTooSure = confidence > accuracy
      page.rectangle(
        x: top.x + 1, y: min(top.y, promised.y), width: step - 2,
        height: abs(promised.y - top.y), fill: isTooSure ? .orange : .white,
        opacity: isTooSure ? 0.4 : 0.12, pen: Self.gapPen(isTooSure))
      PointSign.ring.draw(&page, at: promised, radius: 4, colour: .ink)
    }
    if let low = frame.place(0, 0), let high = frame.place(1, 1) {
      page.line(low, high, colour: .ink, width: 1.2, dashes: [5, 4])
    }
    frame.drawAxes(&page, xTitle: "confidence (largest probability)", yTitle: "accuracy")
    counts(chart, frame, step: step)
  }

  private mutating func counts(_ chart: ReliabilityChart, _ above: PlotFrame, step: Double) {
    let greatest = chart.bins.map(\.count).max() ?? 0
    let height = 60.0
    page.text(
      "samples", x: page.left + 11, y: 6 + height / 2, size: 12, anchor: .middle, colour: .faded,
      turn: -90)
    for (index, bin) in chart.bins.enumerated() where bin.count > 0 {
      let x = above.area.x + Double(index) * step
      let length = height * Double(bin.count) / Double(max(greatest, 1))
      page.rectangle(
        x: x + 1, y: 16 + height - length, width: step - 2, height: max(length, 0.7), fill: .faded)
      page.text(
        "\(bin.count)", x: x + step / 2, y: 12 + height - length, size: 10, anchor: .middle,
        colour: .faded)
    }
    page.line(
      .init(above.area.x, 16 + height), .init(above.area.x + above.area.width, 16 + height),
      colour: .faded)
    page.skip(24 + height)
  }

  private static func gapPen(_ isTooSure: Bool) -> Page.Pen {
    .init(colour: isTooSure ? .vermillion : .ink, width: 1, dashes: isTooSure ? [3, 2] : [1, 2])
  }

  private static var entries: [PageLegend.Entry] {
    [
      .init(name: "accuracy") { page, centre in
        page.rectangle(
          x: centre.x - 8, y: centre.y - 6, width: 16, height: 12, fill: .blue)
      },
      .init(name: "too sure") { page, centre in
        page.rectangle(
          x: centre.x - 8, y: centre.y - 6, width: 16, height: 12, fill: .orange, opacity: 0.4,
          pen: gapPen(true))
      },
      .init(name: "of it, not sure enough") { page, centre in
        let frame = (x: centre.x - 8, y: centre.y - 6)
        page.rectangle(
          x: frame.x, y: frame.y, width: 16, height: 12, fill: .blue)
        page.rectangle(
          x: frame.x, y: frame.y, width: 16, height: 12, fill: .white, opacity: 0.12,
          pen: gapPen(false))
      },
      .init(name: "mean confidence") { page, centre in
        PointSign.ring.draw(&page, at: centre, radius: 4, colour: .ink)
      },
      .init(name: "calibrated") { page, centre in
        page.line(
          .init(centre.x - 15, centre.y + 5), .init(centre.x + 15, centre.y - 5), colour: .ink,
          width: 1.2, dashes: [5, 4])
      },
    ]
  }
}
