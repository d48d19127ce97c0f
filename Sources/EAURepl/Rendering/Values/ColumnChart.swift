/// Vertical columns from a zero line: a histogram's counts, or one value a dimension.
struct ColumnChart: Equatable, Sendable {
  /// What stands below the columns.
  enum Axis: Equatable, Sendable {
    /// The columns are 0, 1, 2 …
    case indices
    /// The columns are bins of equal width from `low` to `high`.
    case bins(low: Double, high: Double)
    /// One name a column.
    case names([String])
  }

  var title: String
  /// May be negative. Values that are not finite leave a gap and are counted in the caption.
  var values: [Double]
  var axis: Axis
  /// In text lines, without the axis.
  var height: Int

  init(title: String = "", values: [Double], axis: Axis = .indices, height: Int = 8) {
    self.title = title
    self.values = values
    self.axis = axis
    self.height = height
  }

  /// Counts `samples` in `bins` bins of equal width from the least to the greatest finite value;
  /// each bin holds its lower edge, the last one both.
  static func histogram(
    of samples: [Double], bins: Int = 20, title: String = "", height: Int = 8
  ) -> ColumnChart {
    let finite = samples.filter(\.isFinite)
    let bins = max(bins, 1)
    guard let least = finite.min(), let greatest = finite.max() else {
      return ColumnChart(title: title, values: [], axis: .bins(low: 0, high: 1), height: height)
    }
    // Where all values are equal they fill one bin in the middle of a range around them.
    let (low, high) = Resampling.widened(least, greatest)
    // Halved, so that the width of a range from -1e308 to 1e308 stays finite.
    let halfWidth = high / 2 - low / 2
    var counts = [Double](repeating: 0, count: bins)
    for value in finite {
      let share = (value / 2 - low / 2) / halfWidth
      counts[min(max(Int(share * Double(bins)), 0), bins - 1)] += 1
    }
    return ColumnChart(
      title: title, values: counts, axis: .bins(low: low, high: high), height: height)
  }
}
