import Foundation
import ModalityKit
import Testing

@testable import TimeSeries

/// What numpy and scipy say of a few series; Tests/Fixtures/series/make_series.py asks them.
@Suite struct GoldenSeriesTests {
  struct Fixture: Decodable {
    struct Case: Decodable {
      struct Expected: Decodable {
        let statistics: [Double]
        let density: [Double]
        let bands: [Double]
        let dominantFrequency: Double
        let centroid: Double
        let entropy: Double
      }
      let name: String
      let rate: Double
      let window: Int
      let bands: Int
      let values: [Double]
      let expected: Expected
    }
    struct Correlation: Decodable {
      let first: [Double]
      let second: [Double]
      let r: Double
    }
    let cases: [Case]
    let correlation: Correlation
  }

  private static func fixture() throws -> Fixture {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/series/series.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  private func expectClose(
    _ found: [Double], _ expected: [Double], _ what: String, within tolerance: Double = 1e-10
  ) {
    #expect(found.count == expected.count, "\(what)")
    for (place, (a, b)) in zip(found, expected).enumerated() {
      #expect(abs(a - b) <= tolerance * max(1, abs(b)), "\(what) \(place): \(a), expected \(b)")
    }
  }

  @Test func statistics() throws {
    for item in try Self.fixture().cases {
      expectClose(
        ChannelStatistics(item.values, rate: item.rate).all, item.expected.statistics, item.name)
    }
  }

  @Test func spectra() throws {
    for item in try Self.fixture().cases {
      let spectrum = WelchSpectrum(item.values, rate: item.rate, window: item.window)
      let expected = item.expected
      expectClose(spectrum.density, expected.density, "\(item.name) density")
      expectClose(spectrum.bands(item.bands), expected.bands, "\(item.name) bands")
      expectClose(
        [spectrum.dominantFrequency, spectrum.centroid, spectrum.entropy],
        [expected.dominantFrequency, expected.centroid, expected.entropy], item.name)
    }
  }

  @Test func correlation() throws {
    let pair = try Self.fixture().correlation
    expectClose([ChannelStatistics.correlation(pair.first, pair.second)], [pair.r], "r")
  }

  /// The fast transform against its definition.
  @Test(arguments: [8, 16, 64, 512]) func transform(size: Int) {
    let values = (0..<size).map { sin(Double($0 * $0)) + 0.3 * Double($0 % 5) }
    var transform = RealFFT(size: size)
    var powers = [Double](repeating: 0, count: size / 2 + 1)
    transform.addPowers(of: values, to: &powers)
    let slow = (0...size / 2).map { k in
      let (x, y) = values.enumerated().reduce((0.0, 0.0)) { sum, pair in
        let angle = 2 * .pi * Double(pair.offset * k % size) / Double(size)
        return (sum.0 + pair.element * cos(angle), sum.1 - pair.element * sin(angle))
      }
      return x * x + y * y
    }
    expectClose(powers, slow, "size \(size)", within: 1e-9)
  }
}
