import Foundation
import ModalityKit

/// Channels measured over time.
///
/// Row, channel by channel: `ChannelStatistics`; log₁₀(P / P₀ + 10⁻⁹) of the power P in each band of
/// `WelchSpectrum`, P₀ being the channel's largest variance in training; dominant frequency, centroid
/// (both in Hz) and entropy of that spectrum. Then Pearson's r of each pair among the first 16
/// channels. Channels are matched by name; an absent one counts as 0 at every step.
public struct TimeSeriesEncoder: ModalityEncoder {
  public static let descriptor = EncoderDescriptor(
    identifier: "time-series", version: 1, modality: "series",
    summary: "statistics and spectrum of each channel of a time series, and their correlations",
    accepts: "numbers, or a CSV or TSV of one row a time step and one column a channel",
    parameters: TimeSeriesConfiguration.parameters, traits: [.numeric])

  public static var defaultConfiguration: TimeSeriesConfiguration { TimeSeriesConfiguration() }

  public static var corruptions: [Corruption<Series>] { SeriesCorruptions.all }

  static let correlatedChannels = 16
  private static let leastPower = 1e-9

  public let configuration: TimeSeriesConfiguration

  public init(configuration: TimeSeriesConfiguration) throws(EncoderError) {
    try TimeSeriesConfiguration.parameters.check(
      configuration, of: Self.descriptor.identifier)
    self.configuration = configuration
  }

  public func decode(_ raw: RawInput) throws(EncoderError) -> Series {
    try SeriesReader.series(from: raw)
  }

  public func fit(_ signals: some Sequence<Series>) throws(EncoderError) -> TimeSeriesState {
    var names: [String] = []
    var powers: [Double] = []
    for series in signals {
      for (name, values) in zip(series.channels, series.values) {
        let deviation = ChannelStatistics.moments(
          values, from: values.min() ?? 0, to: values.max() ?? 0
        ).deviation
        let power = deviation * deviation
        if let index = names.firstIndex(of: name) {
          powers[index] = max(powers[index], power)
        } else {
          names.append(name)
          powers.append(power)
        }
      }
      guard names.count <= SeriesReader.channelLimit else {
        throw EncoderError(
          .tooLarge,
          "the training series have more than \(SeriesReader.channelLimit) channels in all",
          hint: "give all series the same channels")
      }
    }
    guard !names.isEmpty else {
      throw EncoderError(
        .nothingToFit, "time-series needs at least one training series, found none",
        hint: "check that the training split has series")
    }
    return TimeSeriesState(
      channels: zip(names, powers).map { name, power in
        TimeSeriesState.Channel(name: name, power: power > 0 ? power : 1)
      })
  }

  public func schema(_ state: TimeSeriesState) -> FeatureSchema {
    let bands = (1...configuration.bands).map { "band\($0)" }
    let own =
      ChannelStatistics.names + bands
      + ["dominant-frequency", "spectral-centroid", "spectral-entropy"]
    let names = state.channels.map { $0.name.replacing("\n", with: " ") }
    var taken: Set<String> = []
    let all =
      names.flatMap { name in own.map { "\(name):\($0)" } }
      + Self.pairs(names.count).map { "corr:\(names[$0.0]),\(names[$0.1])" }
    return FeatureSchema(
      names: all.map { name in
        var name = name
        while !taken.insert(name).inserted { name += "'" }
        return name
      })
  }

  /// Of the first channels, each with each later one.
  private static func pairs(_ channels: Int) -> [(Int, Int)] {
    let count = min(channels, correlatedChannels)
    return (0..<count).flatMap { first in (first + 1..<count).map { (first, $0) } }
  }

  func rate(of series: Series) -> Double { series.rate ?? configuration.rate }

  public func encode(
    _ signal: Series, _ state: TimeSeriesState, into row: inout FeatureRow
  ) throws(EncoderError) {
    row.startDense(capacity: state.channels.count * (ChannelStatistics.names.count + 20))
    let silence = [Double](repeating: 0, count: max(1, signal.steps))
    let channels = state.channels.map { channel in
      signal.channels.firstIndex(of: channel.name).map { signal.values[$0] } ?? silence
    }
    let rate = rate(of: signal)
    for (channel, values) in zip(state.channels, channels) {
      for value in ChannelStatistics(values, rate: rate).all {
        row.append(NumberRanges.feature(value))
      }
      let spectrum = WelchSpectrum(values, rate: rate, window: configuration.window.length)
      for power in spectrum.bands(configuration.bands) {
        row.append(NumberRanges.feature(log10(power / channel.power + Self.leastPower)))
      }
      for value in [spectrum.dominantFrequency, spectrum.centroid, spectrum.entropy] {
        row.append(NumberRanges.feature(value))
      }
    }
    for (first, second) in Self.pairs(channels.count) {
      row.append(Float(ChannelStatistics.correlation(channels[first], channels[second])))
    }
  }

  public func memory(of signal: Series) -> Int {
    MemoryLayout<Series>.size
      + signal.channels.count * (64 + signal.steps * MemoryLayout<Double>.stride)
  }
}
