import Foundation
import ModalityKit
import SeededRandom

/// Ways to spoil a time series, measured in each channel's own standard deviation; a constant
/// channel's is taken to be 1.
enum SeriesCorruptions {
  static let all: [Corruption<Series>] = [
    Corruption("gaussian", "normal noise, its deviation severity/5 times the channel's own") {
      series, severity, generator in gaussian(series, severity, &generator)
    },
    Corruption(
      "dropout", "each twentieth of the time is lost with probability severity/10 and held",
      spoil: dropout),
    Corruption(
      "drift", "an offset and a slope of normal size, deviation severity/5 of the channel's own"
    ) { series, severity, generator in drift(series, severity, &generator) },
    Corruption("clip", "4.5 % times severity of the values are cut off at either side") {
      series, severity, _ in clip(series, severity)
    },
    Corruption("channel-loss", "each channel is 0 with probability severity/10") {
      series, severity, generator in lose(series, severity, &generator)
    },
    Corruption("jitter", "time runs faster here and slower there") { series, severity, generator in
      jitter(series, severity, &generator)
    },
  ]

  private static func unit(_ values: [Double]) -> Double {
    let deviation = ChannelStatistics.moments(
      values, from: values.min() ?? 0, to: values.max() ?? 0
    ).deviation
    return deviation > 0 ? deviation : 1
  }

  private static func gaussian(
    _ series: Series, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<Series> {
    let values = series.values.map { channel in
      let size = severity / 5 * unit(channel)
      return channel.map { $0 + size * generator.normal() }
    }
    return changed(series, values) { "noise of \($0) deviations" }
  }

  private static func drift(
    _ series: Series, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<Series> {
    let values = series.values.map { channel in
      let size = severity / 5 * unit(channel)
      let (offset, slope) = (size * generator.normal(), size * generator.normal())
      let last = Double(max(1, channel.count - 1))
      return channel.enumerated().map { step, value in
        value + offset + slope * Double(step) / last
      }
    }
    return changed(series, values) { "drift of \($0) deviations" }
  }

  /// The realised amount: the root mean square change, in deviations.
  private static func changed(
    _ series: Series, _ values: [[Double]], _ text: (String) -> String
  ) -> Corrupted<Series> {
    var squares = 0.0
    for (old, new) in zip(series.values, values) {
      let unit = unit(old)
      squares += zip(old, new).reduce(0) { sum, pair in
        let change = (pair.1 - pair.0) / unit
        return sum + change * change
      }
    }
    let amount = (squares / Double(max(1, values.count * series.steps))).squareRoot()
    return Corrupted(
      signal: series.with(values),
      realised: RealisedCorruption(amount: amount, text: text(String(format: "%.2f", amount))))
  }

  @Sendable private static func dropout(
    _ series: Series, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<Series> {
    let steps = series.steps
    let parts = min(20, steps)
    var values = series.values
    var lost = 0
    for part in 0..<parts where generator.uniform() < severity / 10 {
      let range = part * steps / parts..<(part + 1) * steps / parts
      lost += range.count
      for channel in values.indices {
        // The first part holds its own first value.
        let held = values[channel][max(0, range.lowerBound - 1)]
        for step in range { values[channel][step] = held }
      }
    }
    guard lost > 0 else { return Corrupted(signal: series, realised: .none) }
    return Corrupted(
      signal: series.with(values),
      realised: RealisedCorruption(
        amount: Double(lost) / Double(steps), text: "\(lost) of \(steps) steps lost"))
  }

  private static func clip(_ series: Series, _ severity: Double) -> Corrupted<Series> {
    var clipped = 0
    let values = series.values.map { channel in
      let sorted = channel.sorted()
      let low = ChannelStatistics.percentile(sorted, 0.045 * severity)
      let high = ChannelStatistics.percentile(sorted, 1 - 0.045 * severity)
      return channel.map { value in
        let limited = min(max(value, low), high)
        if limited != value { clipped += 1 }
        return limited
      }
    }
    guard clipped > 0 else { return Corrupted(signal: series, realised: .none) }
    let total = series.channels.count * series.steps
    return Corrupted(
      signal: series.with(values),
      realised: RealisedCorruption(
        amount: Double(clipped) / Double(total), text: "\(clipped) of \(total) values cut off"))
  }

  private static func lose(
    _ series: Series, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<Series> {
    var lost = 0
    let values = series.values.map { channel in
      guard generator.uniform() < severity / 10 else { return channel }
      lost += 1
      return [Double](repeating: 0, count: channel.count)
    }
    guard lost > 0 else { return Corrupted(signal: series, realised: .none) }
    let total = series.channels.count
    return Corrupted(
      signal: series.with(values),
      realised: RealisedCorruption(
        amount: Double(lost) / Double(total), text: "\(lost) of \(total) channels lost"))
  }

  /// Step i is read at p_i = (n − 1) V_i / V_(n−1) with V_i = Σ_(j<i) exp(0.2 severity g(j / n)) and
  /// g(u) = Σ_k (a_k sin 2πku + b_k cos 2πku) / k for k = 1, 2, 3, a and b standard normal: time is
  /// warped smoothly and never runs back.
  private static func jitter(
    _ series: Series, _ severity: Double, _ generator: inout SeededGenerator
  ) -> Corrupted<Series> {
    let steps = series.steps
    let waves = (1...3).map { wave in
      let (a, b) = (generator.normal(), generator.normal())
      return { (share: Double) in
        let angle = 2 * .pi * Double(wave) * share
        return (a * sin(angle) + b * cos(angle)) / Double(wave)
      }
    }
    guard steps > 2 else { return Corrupted(signal: series, realised: .none) }
    var places = [0.0]
    for step in 0..<steps - 1 {
      let share = Double(step) / Double(steps)
      let speed = exp(0.2 * severity * waves.reduce(0) { $0 + $1(share) })
      places.append(places[step] + speed)
    }
    let scale = Double(steps - 1) / places[steps - 1]
    var moved = 0.0
    for step in places.indices {
      places[step] = min(places[step] * scale, Double(steps - 1))
      moved += abs(places[step] - Double(step)) / Double(steps)
    }
    let values = series.values.map { channel in
      places.map { place in
        let below = min(Int(place), steps - 2)
        let share = place - Double(below)
        return channel[below] * (1 - share) + channel[below + 1] * share
      }
    }
    return Corrupted(
      signal: series.with(values),
      realised: RealisedCorruption(
        amount: moved / Double(steps),
        text: String(format: "moved by %.1f of %d steps on average", moved, steps)))
  }
}
