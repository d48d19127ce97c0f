import Foundation
import SeededRandom
import Testing

@testable import EAURepl

/// Manifests of time series, read by the time-series plugin.
@Suite("sessions with time series", .enabled(if: BuiltPlugin.timeSeries != nil))
struct SeriesSessionTests {
  /// Forty swings, slow or fast, of two channels in a file each.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try BuiltPlugin.copy(BuiltPlugin.timeSeries, to: "series.so", in: workspace)
    var generator = SeededGenerator(seed: 2)
    var manifest = ["id,label,series"]
    for index in 0..<40 {
      let speed = index % 2 == 0 ? 0.2 : 0.7
      let rows = (0..<120).map { step in
        let swing = sin(speed * Double(step) + Double(index)) + 0.2 * generator.normal()
        return String(format: "%.2f,%.4f,%.4f", Double(step) / 50, swing, generator.normal())
      }
      try workspace.write(
        "time,ax,noise\n" + rows.joined(separator: "\n"), to: "swing\(index).csv")
      manifest.append("s\(index),\(index % 2 == 0 ? "slow" : "fast"),swing\(index).csv")
    }
    try workspace.write(manifest.joined(separator: "\n"), to: "swings.csv")
    return workspace
  }

  @Test func filesAreReadTrainedAndSpoiled() throws {
    let results = try EauProcess.run(
      [
        "--json", "-c",
        """
        plugin load ./series.so
        open swings.csv
        train epochs=60
        evaluate
        sample s1
        corrupt series jitter 5
        inspect series --features
        load series '0 1 0 -1 0 1 0 -1 0 1 0 -1'
        use series time-series window=64 bands=4
        """,
      ], in: workspace()
    ).results()
    try #require(results.count == 9)
    // 13 statistics, 8 bands and 3 more of each channel, and a correlation.
    #expect(results[1]["modalities"]?[0]?["features"]?.integer == 49)
    #expect(results[1]["modalities"]?[0]?["encoder"] == "time-series")
    #expect(try #require(results[3]["accuracy"]?.double) >= 0.9)
    #expect(results[5].modality("series")?["corruption"]?["kind"] == "jitter")
    #expect(results[8]["configuration"]?["window"] == "64")
  }

  @Test func theConformanceKitFindsNothing() throws {
    let check = try EauProcess.run(
      ["--json", "-c", "plugin check ./series.so swing0.csv swing1.csv swing2.csv swing3.csv"],
      in: workspace()
    ).results()
    #expect(check.first?["findings"]?.elements?.isEmpty == true, "\(check.map { $0.text() })")
  }
}
