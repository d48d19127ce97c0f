/// Many values as one line of shades.
struct HeatStrip: Equatable, Sendable {
  var label: String
  var values: [Double]
  /// What the lightest and the darkest shade stand for; nil: the least and the greatest value.
  var range: ClosedRange<Double>?

  init(label: String = "", values: [Double], range: ClosedRange<Double>? = nil) {
    self.label = label
    self.values = values
    self.range = range
  }
}
