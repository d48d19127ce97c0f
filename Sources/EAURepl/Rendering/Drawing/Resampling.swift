/// Values gathered into fewer columns.
enum Resampling {
  /// The bounds of `count` neighbouring groups that cover `total` items as evenly as can be.
  static func groups(of total: Int, into count: Int) -> [Range<Int>] {
    (0..<count).map { $0 * total / count..<($0 + 1) * total / count }
  }

  /// Means of the finite values of each group; nil for a group without any.
  static func means(of values: [Double], into count: Int) -> [Double?] {
    groups(of: values.count, into: count).map { group in
      let finite = values[group].lazy.filter(\.isFinite)
      var mean = 0.0
      var number = 0.0
      // A running mean: the sum of values near 1e308 would be infinite, and so would a difference.
      for value in finite {
        number += 1
        mean += value / number - mean / number
      }
      return number > 0 ? mean : nil
    }
  }

  /// The range itself, or one around it where it is a single point; never infinite.
  static func widened(_ low: Double, _ high: Double) -> (low: Double, high: Double) {
    if low < high { return (low, high) }
    let margin = low == 0 ? 0.5 : abs(low) / 2
    let limit = Double.greatestFiniteMagnitude
    return (max(low - margin, -limit), min(low + margin, limit))
  }

  /// "each column is the mean of 5–6 values"
  static func note(_ total: Int, into count: Int, dash: String) -> String {
    let (low, high) = (total / count, (total + count - 1) / count)
    let number = low == high ? "\(low)" : "\(low)\(dash)\(high)"
    return "each column is the mean of \(number) values"
  }
}
