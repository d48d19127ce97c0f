/// What one channel looks like in time. Formulas as in numpy and scipy, names as in tsfresh
/// (https://tsfresh.readthedocs.io) where it has them; n is the number of steps, μ the mean and σ the
/// standard deviation of the population. What is not defined for a constant channel is 0.
struct ChannelStatistics {
  /// μ. tsfresh `mean`.
  let mean: Double
  /// σ = √(Σ (x − μ)² / n). tsfresh `standard_deviation`.
  let deviation: Double
  let minimum: Double
  let maximum: Double
  let median: Double
  /// The distance of the quartiles, `numpy.percentile(x, 75) - numpy.percentile(x, 25)`.
  let quartileDistance: Double
  /// Σ ((x − μ) / σ)³ / n, `scipy.stats.skew`.
  let skewness: Double
  /// Σ ((x − μ) / σ)⁴ / n − 3, `scipy.stats.kurtosis`.
  let kurtosis: Double
  /// √(Σ x² / n). tsfresh `root_mean_square`.
  let rootMeanSquare: Double
  /// Σ |x_(i+1) − x_i| / (n − 1). tsfresh `mean_abs_change`.
  let meanAbsoluteChange: Double
  /// How often x > μ changes from step to step, divided by n − 1. tsfresh `number_crossing_m`.
  let crossingRate: Double
  /// Of the line fitted by least squares, in units a second. tsfresh `linear_trend`.
  let slope: Double
  /// Σ (x_i − μ) (x_(i+1) − μ) / ((n − 1) σ²). tsfresh `autocorrelation` of lag 1.
  let autocorrelation: Double

  static let names = [
    "mean", "std", "min", "max", "median", "iqr", "skewness", "kurtosis", "rms",
    "mean-abs-change", "crossing-rate", "slope", "autocorrelation",
  ]

  /// In the order of `names`.
  var all: [Double] {
    [
      mean, deviation, minimum, maximum, median, quartileDistance, skewness, kurtosis,
      rootMeanSquare, meanAbsoluteChange, crossingRate, slope, autocorrelation,
    ]
  }

  /// - Parameters:
  ///   - values: at least one, finite, at most ±1e100.
  ///   - rate: in Hz.
  init(_ values: [Double], rate: Double) {
    let count = Double(values.count)
    let sorted = values.sorted()
    minimum = sorted.first ?? 0
    maximum = sorted.last ?? 0
    median = Self.percentile(sorted, 0.5)
    quartileDistance = Self.percentile(sorted, 0.75) - Self.percentile(sorted, 0.25)
    let (mean, deviation) = Self.moments(values, from: minimum, to: maximum)
    self.mean = mean
    self.deviation = deviation
    rootMeanSquare = (values.reduce(0) { $0 + $1 * $1 } / count).squareRoot()

    let pairs = zip(values, values.dropFirst())
    let gaps = max(1, count - 1)
    meanAbsoluteChange = pairs.reduce(0) { $0 + abs($1.1 - $1.0) } / gaps
    crossingRate = Double(pairs.count { ($0 > mean) != ($1 > mean) }) / gaps

    guard deviation > 0 else {
      (skewness, kurtosis, slope, autocorrelation) = (0, 0, 0, 0)
      return
    }
    var (cubes, fourths, products, trend) = (0.0, 0.0, 0.0, 0.0)
    var before = 0.0
    for (step, value) in values.enumerated() {
      let z = (value - mean) / deviation
      cubes += z * z * z
      fourths += z * z * z * z
      products += before * z
      trend += (Double(step) - (count - 1) / 2) * z
      before = z
    }
    skewness = cubes / count
    kurtosis = fourths / count - 3
    autocorrelation = products / gaps
    // Σ (i − (n − 1) / 2)² = n (n² − 1) / 12.
    slope = trend * deviation * rate / (count * (count * count - 1) / 12)
  }

  /// Mean and standard deviation of the population; that of equal values is exactly 0.
  static func moments(
    _ values: [Double], from minimum: Double, to maximum: Double
  ) -> (mean: Double, deviation: Double) {
    guard minimum < maximum else { return (minimum, 0) }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / count).squareRoot())
  }

  /// Between neighbours linearly, as `numpy.percentile`.
  static func percentile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return 0 }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  /// Pearson's r; 0 if either is constant.
  static func correlation(_ first: [Double], _ second: [Double]) -> Double {
    func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
      self.moments(values, from: values.min() ?? 0, to: values.max() ?? 0)
    }
    let (a, b) = (moments(first), moments(second))
    guard a.deviation > 0, b.deviation > 0, !first.isEmpty else { return 0 }
    let sum = zip(first, second).reduce(0.0) { sum, pair in
      sum + (pair.0 - a.mean) / a.deviation * ((pair.1 - b.mean) / b.deviation)
    }
    return min(max(sum / Double(first.count), -1), 1)
  }
}
