import Foundation

/// One axis of a chart on paper: from values to shares of its length, with ticks at round numbers.
struct Axis: Equatable, Sendable {
  enum Scale: Equatable, Sendable { case linear, logarithmic }

  let low: Double
  let high: Double
  let scale: Scale
  /// Ascending, within the axis.
  let ticks: [Double]

  /// - Parameters:
  ///   - low, high: finite; for a logarithmic axis above 0.
  ///   - wanted: about how many ticks there is room for; 0 for none.
  ///   - rounded: whether the ends move outwards to ticks.
  init(_ low: Double, _ high: Double, scale: Scale = .linear, wanted: Int = 6, rounded: Bool = true)
  {
    let (low, high) = Resampling.widened(low, high)
    self.scale = scale
    if scale == .logarithmic && low > 0 {
      let ends = (log10(low).rounded(.down), log10(high).rounded(.up))
      self.low = rounded ? pow(10, ends.0) : low
      self.high = rounded ? pow(10, ends.1) : high
      let decades = stride(from: ends.0, through: ends.1, by: 1)
      let steps: [Double] = ends.1 - ends.0 <= 2 ? [1, 2, 5] : [1]
      let (first, last) = (self.low * 0.999, self.high * 1.001)
      ticks = decades.flatMap { decade in steps.map { $0 * pow(10, decade) } }
        .filter { $0 >= first && $0 <= last }
      return
    }
    let step = Self.roundStep((high / 2 - low / 2) / Double(max(wanted, 1)) * 2)
    let (first, last) =
      rounded
      ? ((low / step).rounded(.down), (high / step).rounded(.up))
      : ((low / step - 1e-9).rounded(.up), (high / step + 1e-9).rounded(.down))
    self.low = rounded ? first * step : low
    self.high = rounded ? last * step : high
    ticks =
      wanted == 0
      ? []
      : last - first > 1000
        ? [low, high] : stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// The nearest of 1, 2, 5 times a power of ten: by ratio, not by difference.
  static func roundStep(_ step: Double) -> Double {
    guard step > 0, step.isFinite else { return 1 }
    let power = pow(10, log10(step).rounded(.down))
    let ratio = step / power
    // The geometric means of neighbours are the borders.
    let mantissa: Double = ratio < 1.414 ? 1 : ratio < 3.162 ? 2 : ratio < 7.071 ? 5 : 10
    return mantissa * power
  }

  /// 0 at `low`, 1 at `high`; nil for what has no place: not finite, or not positive on a
  /// logarithmic axis. Values beyond the ends stand at them.
  func share(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if scale == .logarithmic {
      guard value > 0 else { return nil }
      return min(max(log(value / low) / log(high / low), 0), 1)
    }
    return min(max((value / 2 - low / 2) / (high / 2 - low / 2), 0), 1)
  }

  /// The ticks in as many digits as tell them apart.
  var labels: [String] {
    guard scale == .linear, ticks.count > 1 else { return ticks.map(NumberText.short) }
    let greatest = ticks.map(abs).max() ?? 0
    guard greatest < 1e6, greatest >= 1e-4 else { return ticks.map(NumberText.short) }
    let decimals = max(0, -Int(floor(log10(ticks[1] - ticks[0]) + 1e-9)))
    return ticks.map { NumberText.fixed($0, decimals) }
  }
}
