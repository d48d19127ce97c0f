import Foundation

/// Several named curves over the same x values.
struct CurveChart: Equatable, Sendable {
  struct Series: Equatable, Sendable {
    var name: String
    /// Parallel to the chart's `x`; a value that is not finite breaks the curve.
    var values: [Double]
    /// Whose colour and sign it has; nil: those of its own place among the series.
    var kin: Int?
    var isDashed: Bool

    init(_ name: String, _ values: [Double], kin: Int? = nil, isDashed: Bool = false) {
      self.name = name
      self.values = values
      self.kin = kin
      self.isDashed = isDashed
    }
  }

  enum Signs: Equatable, Sendable {
    /// One at each value.
    case atPoints
    /// A few along each curve: the values are many, and only the curve matters.
    case spread
  }

  var title: String
  var xLabel: String
  var yLabel: String
  /// Ascending.
  var x: [Double]
  var series: [Series]
  /// nil: from the least to the greatest value.
  var range: ClosedRange<Double>?
  /// In text lines, without the axis.
  var height: Int
  var signs = Signs.atPoints
  /// Logarithmic: values that are not above 0 break the curve.
  var scale = Axis.Scale.linear

  init(
    title: String = "", xLabel: String = "", yLabel: String = "", x: [Double], series: [Series],
    range: ClosedRange<Double>? = nil, height: Int = 12
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.x = x
    self.series = series
    self.range = range
    self.height = height
  }

  /// Where a value stands: itself, or its decimal logarithm; nil for what cannot be drawn.
  func level(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if scale == .linear { return value }
    return value > 0 ? log10(value) : nil
  }

  /// The value that stands at a level.
  func value(atLevel level: Double) -> Double { scale == .linear ? level : pow(10, level) }

  /// The colour and sign of a series, as a number from 0.
  func look(_ index: Int) -> Int { series[index].kin ?? index }
}
