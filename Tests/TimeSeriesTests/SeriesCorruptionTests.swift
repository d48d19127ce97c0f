import Foundation
import ModalityKit
import Testing

@testable import TimeSeries

@Suite struct SeriesCorruptionTests {
  private static let series = Series(
    channels: ["a", "b"],
    values: [
      (0..<400).map { 100 + 10 * sin(Double($0) / 5) }, (0..<400).map { cos(Double($0) / 11) },
    ], rate: 20, notes: ["note"])

  private func spoil(
    _ kind: String, _ severity: Double, seed: UInt64 = 3
  ) throws -> Corrupted<Series> {
    let corruption = try #require(
      TimeSeriesEncoder.corruptions.first { $0.descriptor.name == kind })
    return corruption.apply(Self.series, severity: severity, seed: seed)
  }

  private func change(_ result: Corrupted<Series>, _ channel: Int) -> [Double] {
    zip(result.signal.values[channel], Self.series.values[channel]).map { $0 - $1 }
  }

  private func deviation(_ values: [Double]) -> Double {
    ChannelStatistics(values, rate: 1).deviation
  }

  @Test func namesAndShape() throws {
    let names = TimeSeriesEncoder.corruptions.map(\.descriptor.name)
    #expect(names == ["gaussian", "dropout", "drift", "clip", "channel-loss", "jitter"])
    for name in names {
      let none = try spoil(name, 0)
      #expect(none.signal == Self.series && none.realised.amount == 0)
      let result = try spoil(name, 10)
      #expect(result.signal.channels == Self.series.channels && result.signal.steps == 400)
      #expect(result.signal.rate == 20 && result.signal.notes == ["note"])
      #expect(result.signal != Self.series)
      #expect(try result.signal == spoil(name, 10).signal)
    }
  }

  @Test func noiseIsMeasuredInEachChannelsDeviation() throws {
    let result = try spoil("gaussian", 5)
    for channel in 0...1 {
      let ratio = deviation(change(result, channel)) / deviation(Self.series.values[channel])
      // 400 draws: the deviation is known to 3.5 %.
      #expect(abs(ratio - 1) < 0.12)
    }
    #expect(abs(result.realised.amount - 1) < 0.1)
  }

  @Test func lostTimeIsHeld() throws {
    let result = try spoil("dropout", 5)
    let held = (1..<400).filter { result.signal.values[0][$0] == result.signal.values[0][$0 - 1] }
    let lost = try #require(result.realised.text.split(separator: " ").first.flatMap { Int($0) })
    #expect((100...300).contains(lost) && result.realised.amount == Double(lost) / 400)
    #expect(abs(held.count - lost) <= 1)
    #expect(held.allSatisfy { result.signal.values[1][$0] == result.signal.values[1][$0 - 1] })
    let all = try spoil("dropout", 10)
    #expect(Set(all.signal.values[0]) == [Self.series.values[0][0]])
  }

  @Test func driftIsAStraightLine() throws {
    let result = try spoil("drift", 4)
    let line = change(result, 0)
    let step = line[1] - line[0]
    #expect(step != 0)
    #expect(zip(line, line.dropFirst()).allSatisfy { abs($1 - $0 - step) < 1e-9 })
  }

  @Test func clippingCutsBothSides() throws {
    let result = try spoil("clip", 4)
    let sorted = Self.series.values[0].sorted()
    let spoiled = result.signal.values[0]
    #expect(spoiled.min() == ChannelStatistics.percentile(sorted, 0.18))
    #expect(spoiled.max() == ChannelStatistics.percentile(sorted, 0.82))
    #expect(abs(result.realised.amount - 0.36) < 0.02)
  }

  @Test func lostChannelsAreZero() throws {
    let all = try spoil("channel-loss", 10)
    #expect(all.signal.values.allSatisfy { $0.allSatisfy { $0 == 0 } })
    #expect(all.realised.text == "2 of 2 channels lost")
    let lost = try (0..<200).reduce(0.0) { sum, seed in
      sum + (try spoil("channel-loss", 3, seed: UInt64(seed)).realised.amount)
    }
    // Expected 60, deviation 4.6.
    #expect((45...75).contains(lost))
  }

  @Test func warpedTimeNeverRunsBack() throws {
    // A ramp shows where each step came from.
    let ramp = Series(channels: ["t"], values: [(0..<300).map(Double.init)])
    let jitter = try #require(
      TimeSeriesEncoder.corruptions.first { $0.descriptor.name == "jitter" })
    for seed in 0..<20 {
      let warped = jitter.apply(ramp, severity: 6, seed: UInt64(seed))
      let times = warped.signal.values[0]
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(times.first == 0 && abs((times.last ?? 0) - 299) < 1e-9)
      let moved = times.enumerated().reduce(0) { $0 + abs($1.element - Double($1.offset)) } / 300
      #expect(abs(moved / 300 - warped.realised.amount) < 1e-9 && moved > 1)
    }
  }
}
