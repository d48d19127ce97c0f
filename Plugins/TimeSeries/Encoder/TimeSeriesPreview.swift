import Foundation
import ModalityKit

/// What a person sees of a series, and what is odd about it.
extension TimeSeriesEncoder {
  private static let widest = 240
  private static let highest = 48

  public func preview(_ signal: Series) -> Preview {
    let rate = rate(of: signal)
    let seconds = Double(signal.steps) / rate
    let duration = String(format: "%.4g s at %.4g Hz", seconds, rate)
    let channels = signal.channels.count
    let steps = signal.steps == 1 ? "1 step" : "\(signal.steps) steps"
    let caption = "\(channels == 1 ? "1 channel" : "\(channels) channels"), \(steps): \(duration)"
    guard channels > 1 else {
      let values = signal.values.first ?? []
      let largest = values.reduce(0) { max($0, abs($1)) }
      return Preview(
        .wave(
          samples: values.map { Float(largest > 0 ? $0 / largest : 0) }, sampleRate: rate),
        caption: caption, warnings: signal.notes)
    }
    return Preview(
      .grid(grid(signal, seconds)), caption: caption, warnings: signal.notes)
  }

  /// One line a channel, in its own standard deviations about its mean.
  private func grid(_ signal: Series, _ seconds: Double) -> Preview.Grid {
    let rows = min(signal.channels.count, Self.highest)
    let columns = max(1, min(signal.steps, Self.widest))
    let values = signal.values.prefix(rows).flatMap { channel -> [Double] in
      let (mean, deviation) = ChannelStatistics.moments(
        channel, from: channel.min() ?? 0, to: channel.max() ?? 0)
      return (0..<columns).map { column in
        let part = channel[
          column * channel.count / columns..<(column + 1) * channel.count / columns]
        let level = part.reduce(0) { $0 + ($1 - mean) / Double(part.count) }
        return deviation > 0 ? level / deviation : 0
      }
    }
    return Preview.Grid(
      rows: rows, columns: columns, values: values,
      vertical: (signal.channels.first ?? "", signal.channels.prefix(rows).last ?? ""),
      horizontal: ("0 s", String(format: "%.4g s", seconds)), unit: "deviations")
  }

  public func warnings(_ signal: Series, _ state: TimeSeriesState) -> [String] {
    let known = Set(state.channels.map(\.name))
    let unknown = signal.channels.filter { !known.contains($0) }
    let given = Set(signal.channels)
    let absent = state.channels.map(\.name).filter { !given.contains($0) }
    return [
      ("not in the training series and ignored: ", unknown), ("absent, counted as 0: ", absent),
    ].filter { !$0.1.isEmpty }.map { $0.0 + $0.1.joined(separator: ", ") }
  }
}
