import EncoderChecks
import Foundation
import ModalityKit
import Testing

@testable import TimeSeries

@Suite struct TimeSeriesEncoderTests {
  private func encoder(
    _ change: (inout TimeSeriesConfiguration) -> Void = { _ in }
  ) throws -> TimeSeriesEncoder {
    var configuration = TimeSeriesConfiguration()
    change(&configuration)
    return try TimeSeriesEncoder(configuration: configuration)
  }

  private func features(
    _ encoder: TimeSeriesEncoder, _ series: Series, _ state: TimeSeriesState
  ) throws -> [String: Float] {
    var row = FeatureRow()
    try encoder.encode(series, state, into: &row)
    let names = encoder.schema(state).names
    try #require(row.values.count == names.count)
    return Dictionary(zip(names, row.values)) { first, _ in first }
  }

  private static func tone(
    _ steps: Int, period: Double, size: Double = 1, phase: Double = 0
  ) -> [Double] {
    (0..<steps).map { size * sin(2 * .pi * Double($0) / period + phase) }
  }

  @Test func channelsHaveTheirFeaturesAndPairsTheirCorrelation() throws {
    let encoder = try encoder { $0.bands = 2 }
    let wave = Self.tone(512, period: 32)
    let series = Series(
      channels: ["x", "y"], values: [wave, wave.map { 5 - 2 * $0 }], rate: 64)
    let state = try encoder.fit([series])
    let names = encoder.schema(state).names
    #expect(names.count == 2 * (13 + 2 + 3) + 1 && Set(names).count == names.count)
    #expect(names.first == "x:mean" && names.last == "corr:x,y")
    let found = try features(encoder, series, state)
    #expect(abs(try #require(found["y:mean"]) - 5) < 1e-5)
    #expect(abs(try #require(found["y:std"]) - Float(2.0.squareRoot())) < 1e-5)
    #expect(found["x:dominant-frequency"] == 2)
    #expect(abs(try #require(found["corr:x,y"]) + 1) < 1e-6)
    // Nearly all of the power, which is the training variance, lies below 16 Hz.
    #expect(abs(try #require(found["x:band1"])) < 0.05)
    #expect(try #require(found["x:band2"]) < -6)
  }

  @Test func theRateIsThatOfTheTimeColumnElseTheOption() throws {
    let encoder = try encoder { $0.rate = 100 }
    let wave = Self.tone(256, period: 8)
    let series = [nil, 50.0].map { Series(channels: ["c1"], values: [wave], rate: $0) }
    let state = try encoder.fit(series)
    #expect(try features(encoder, series[0], state)["c1:dominant-frequency"] == 12.5)
    #expect(try features(encoder, series[1], state)["c1:dominant-frequency"] == 6.25)
  }

  @Test func channelsAreMatchedByName() throws {
    let encoder = try encoder()
    let (a, b) = (Self.tone(64, period: 8), Self.tone(64, period: 16))
    let state = try encoder.fit([Series(channels: ["a", "b"], values: [a, b])])
    let swapped = Series(channels: ["b", "z", "a"], values: [b, a, a])
    let usual = Series(channels: ["a", "b"], values: [a, b])
    #expect(try features(encoder, swapped, state) == features(encoder, usual, state))
    #expect(encoder.warnings(swapped, state) == ["not in the training series and ignored: z"])
    let half = Series(channels: ["a"], values: [a])
    let found = try features(encoder, half, state)
    #expect(found["b:mean"] == 0 && found["b:max"] == 0 && found["corr:a,b"] == 0)
    #expect(found["b:band1"] == -9)
    #expect(encoder.warnings(half, state) == ["absent, counted as 0: b"])
    #expect(encoder.warnings(usual, state).isEmpty)
  }

  @Test func seriesWithoutVariationOrOfOneStepAreFinite() throws {
    let encoder = try encoder()
    let flat = Series(channels: ["a"], values: [[Double](repeating: 0.1, count: 300)])
    let short = Series(channels: ["a"], values: [[1e100]])
    let state = try encoder.fit([flat, short])
    #expect(state.channels.first?.power == 1)
    for series in [flat, short] {
      let found = try features(encoder, series, state)
      #expect(found.values.allSatisfy { $0.isFinite })
      #expect(found["a:std"] == 0 && found["a:skewness"] == 0 && found["a:slope"] == 0)
    }
    #expect(try features(encoder, short, state)["a:max"] == 1e30)
  }

  @Test func atMostSixteenChannelsAreCorrelated() throws {
    let encoder = try encoder()
    let names = (0..<20).map { "k\($0)" }
    let series = Series(
      channels: names, values: names.indices.map { Self.tone(32, period: Double($0 + 3)) })
    let schema = encoder.schema(try encoder.fit([series]))
    #expect(schema.names.count { $0.hasPrefix("corr:") } == 120)
  }

  @Test func aStateFromAFileIsChecked() throws {
    for json in [
      #"{"channels":[]}"#, #"{"channels":[{"name":"","power":1}]}"#,
      #"{"channels":[{"name":"a","power":0}]}"#,
      #"{"channels":[{"name":"a","power":1},{"name":"a","power":1}]}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(TimeSeriesState.self, from: Data(json.utf8))
      }
    }
  }

  @Test func previews() throws {
    let encoder = try encoder { $0.rate = 10 }
    let one = encoder.preview(Series(channels: ["a"], values: [[0, 2, -4]]))
    #expect(one.caption == "1 channel, 3 steps: 0.3 s at 10 Hz")
    guard case .wave(let samples, let rate) = one.content else {
      Issue.record("expected a wave")
      return
    }
    #expect(samples == [0, 0.5, -1] && rate == 10)
    let several = encoder.preview(
      Series(
        channels: ["a", "b"], values: [Self.tone(1000, period: 9), Self.tone(1000, period: 90)],
        notes: ["odd"]))
    guard case .grid(let grid) = several.content else {
      Issue.record("expected a grid")
      return
    }
    #expect(grid.rows == 2 && grid.columns == 240 && several.warnings == ["odd"])
  }

  @Test func itKeepsEveryPromise() {
    let samples = (0..<4).map { sample in
      let rows = (0..<90).map { step in
        let x = sin(Double(step) / Double(2 + sample)) + 0.1 * cos(Double(step * step))
        return
          "\(Double(step) / 50),\(x),\(x * x - Double(sample)),\(step == 7 ? "" : "\(step % 9)")"
      }
      return RawInput.text("time,ax,ay,az\n" + rows.joined(separator: "\n"))
    }
    let type = EncoderType(TimeSeriesEncoder.self)
    #expect(EncoderInspection(type, samples: samples).findings() == [])
    let options = [("window", "32"), ("bands", "3"), ("rate", "50")]
      .map { (name: $0.0, value: $0.1) }
    #expect(EncoderInspection(type, samples: samples, options: options).findings() == [])
    let numbers = (0..<3).map { sample in
      RawInput.numbers((0..<60).map { sin(Double($0 * (sample + 1)) / 7) })
    }
    #expect(EncoderInspection(type, samples: numbers).findings() == [])
  }
}
