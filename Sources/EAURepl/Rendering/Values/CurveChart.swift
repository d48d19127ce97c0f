/// Several named curves over the same x values.
struct CurveChart: Equatable, Sendable {
  struct Series: Equatable, Sendable {
    var name: String
    /// Parallel to the chart's `x`; a value that is not finite breaks the curve.
    var values: [Double]

    init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
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
}
