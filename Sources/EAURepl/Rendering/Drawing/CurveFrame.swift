/// The rectangle curves are drawn in, and the way from values to cells.
struct CurveFrame {
  let columns: Int
  let rows: Int
  let labelRoom: Int
  private let unicode: Bool
  private let chart: CurveChart
  /// Levels of the chart, as `high` is.
  private let low: Double
  private let high: Double
  private let xLow: Double
  private let xHigh: Double

  /// nil when the chart has no finite point.
  init?(_ chart: CurveChart, sheet: Sheet) {
    let xs = chart.x.filter(\.isFinite)
    let ys = chart.series.flatMap { series in
      zip(chart.x, series.values).filter(\.0.isFinite).compactMap { chart.level($0.1) }
    }
    guard let firstX = xs.min(), let lastX = xs.max(), let least = ys.min(),
      let greatest = ys.max()
    else { return nil }
    (xLow, xHigh) = Resampling.widened(firstX, lastX)
    let (low, high) = Resampling.widened(
      chart.range.flatMap { chart.level($0.lowerBound) } ?? least,
      chart.range.flatMap { chart.level($0.upperBound) } ?? greatest)
    self.chart = chart
    (self.low, self.high) = (low, high)
    rows = max(chart.height, 2)
    unicode = sheet.style.unicode
    let middle = low / 2 + high / 2
    labelRoom =
      [low, middle, high].map { displayWidth(NumberText.short(chart.value(atLevel: $0))) }.max()
      ?? 1
    // On a wide page a margin remains.
    columns = max(min(sheet.width - labelRoom - 2, max(66, sheet.width - 20)), 2)
  }

  /// 0 at `low`, 1 at `high`; halves keep a range of ±1e308 finite.
  private static func share(_ value: Double, _ low: Double, _ high: Double) -> Double {
    min(max((value / 2 - low / 2) / (high / 2 - low / 2), 0), 1)
  }

  /// The canvas that fills the frame.
  func canvas() -> DotCanvas { DotCanvas(columns: columns, rows: rows, unicode: unicode) }

  /// In dots; 0 is the left.
  func across(_ x: Double) -> Int {
    Int((Self.share(x, xLow, xHigh) * Double(columns * (unicode ? 2 : 1) - 1)).rounded())
  }

  /// In dots; 0 is the top. Levels outside a given range are drawn at its edge.
  func down(_ y: Double) -> Int {
    let height = rows * (unicode ? 4 : 1)
    return height - 1 - Int((Self.share(y, low, high) * Double(height - 1)).rounded())
  }

  /// Top, middle and bottom, the middle only where a line lies on it.
  func yLabel(_ row: Int) -> String {
    if row == 0 { return NumberText.short(chart.value(atLevel: high)) }
    if row == rows - 1 { return NumberText.short(chart.value(atLevel: low)) }
    guard rows % 2 == 1, row == rows / 2 else { return "" }
    return NumberText.short(chart.value(atLevel: low / 2 + high / 2))
  }

  /// The x values below their columns, as many as have room; the first and the last always.
  func xTicks(_ values: [Double]) -> String {
    let finite = values.filter(\.isFinite)
    var cells = [Character](repeating: " ", count: columns)
    var taken = [Bool](repeating: false, count: columns)
    func place(_ value: Double) {
      let label = Array(NumberText.short(value))
      guard label.count <= columns else { return }
      let start = min(
        max(across(value) / (unicode ? 2 : 1) - label.count / 2, 0), columns - label.count)
      let around = max(start - 1, 0)..<min(start + label.count + 1, columns)
      guard !taken[around].contains(true) else { return }
      for (offset, character) in label.enumerated() {
        cells[start + offset] = character
        taken[start + offset] = true
      }
    }
    if let first = finite.first { place(first) }
    if let last = finite.last { place(last) }
    for value in finite.dropFirst().dropLast() { place(value) }
    return String(cells)
  }
}
