/// One horizontal bar a row, optionally from a value before to the value now.
struct BarChart: Equatable, Sendable {
  struct Row: Equatable, Sendable {
    var label: String
    /// Bars begin at 0; a negative or missing (NaN) value has none.
    var value: Double
    var before: Double?
    /// Shown behind the numbers.
    var detail: String

    init(_ label: String, _ value: Double, before: Double? = nil, detail: String = "") {
      self.label = label
      self.value = value
      self.before = before
      self.detail = detail
    }
  }

  /// What a full bar stands for.
  enum Scale: Equatable, Sendable {
    /// 1: weights, probabilities.
    case unit
    /// The greatest value of the chart.
    case automatic
    case upTo(Double)
  }

  var title: String
  var rows: [Row]
  var scale: Scale
  /// Digits after the point.
  var decimals: Int

  init(title: String = "", rows: [Row], scale: Scale = .unit, decimals: Int = 2) {
    self.title = title
    self.rows = rows
    self.scale = scale
    self.decimals = decimals
  }
}
