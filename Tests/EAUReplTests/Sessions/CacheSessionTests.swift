import Foundation
import Testing

@testable import EAURepl

/// Features kept from session to session.
@Suite("sessions with a cache", .enabled(if: EauProcess.isBuilt))
struct CacheSessionTests {
  /// Pictures and sounds that differ in a few bytes, so that every sample is encoded.
  private static func manifest(_ workspace: Workspace, samples: Int) throws {
    let sound = Array(
      try Data(contentsOf: Workspace.fixture("modalities/int16-16000.wav")))
    var rows = ["id,label,audio,text"]
    for index in 0..<samples {
      var bytes = sound
      for offset in 0..<4 { bytes[200 + offset] = UInt8(index >> (2 * offset) & 0xFF) }
      try workspace.write(bytes, to: "\(index).wav")
      rows.append("s\(index),\(index % 2 == 0 ? "high" : "low"),\(index).wav,sound number \(index)")
    }
    try workspace.write(rows.joined(separator: "\n") + "\n", to: "sounds.csv")
  }

  private static func features(
    _ workspace: Workspace, _ options: [String] = []
  ) throws
    -> (reused: Int?, inspected: JSONValue)
  {
    let results = try EauProcess.run(
      ["--json"] + options + [
        "-c", "open sounds.csv; train epochs=1; sample 7; inspect --features --top 50",
      ], in: workspace
    ).results()
    try #require(results.count == 4)
    return (results[0]["reusedRows"]?.integer, results[3])
  }

  @Test func theSecondSessionComputesNothingAgain() throws {
    let workspace = try Workspace()
    try Self.manifest(workspace, samples: 20)
    let none = try Self.features(workspace, ["--no-cache"])
    let cold = try Self.features(workspace)
    let warm = try Self.features(workspace)
    #expect(none.reused == 0 && cold.reused == 0 && warm.reused == 20)
    #expect(none.inspected.text() == cold.inspected.text())
    #expect(none.inspected.text() == warm.inspected.text())
  }

  /// Killed at any moment, again and again: the next session goes on from what was kept, and its
  /// features are right.
  @Test func aKilledSessionLosesNothingAndLeavesNothingWrong() throws {
    let workspace = try Workspace()
    try Self.manifest(workspace, samples: 700)
    let program = try #require(PseudoTerminal.program)
    for milliseconds in [40, 90, 150, 220, 300, 400] {
      _ = try EauProcess.run(
        "/usr/bin/timeout",
        [
          "--signal=KILL", "0.\(String(milliseconds + 1000).dropFirst())", program, "-c",
          "open sounds.csv",
        ], in: workspace)
    }
    let after = try Self.features(workspace)
    let none = try Self.features(workspace, ["--no-cache"])
    #expect(after.inspected.text() == none.inspected.text())
    #expect(try Self.features(workspace).reused == 700)
  }

  @Test func theCommandShowsAndClears() throws {
    let workspace = try Workspace()
    try Self.manifest(workspace, samples: 20)
    let run = try EauProcess.run(
      ["--json", "-c", "open sounds.csv; use audio mfcc bands=30; cache; cache clear; cache info"],
      in: workspace
    ).results()
    let shelves = try #require(run[2]["shelves"]?.elements)
    #expect(shelves.count == 2)
    #expect(shelves.allSatisfy { $0["encoder"] == "mfcc" })
    #expect(
      Set(shelves.compactMap { $0["configuration"]?["bands"]?.integer }) == [30, 40])
    #expect(run[3]["freed"]?.integer ?? 0 > 20 * 347 * 4)
    #expect(run[4]["bytes"] == 0 && run[4]["shelves"]?.elements?.isEmpty == true)
    let text = try EauProcess.run(
      ["-c", "open sounds.csv; use audio mfcc bands=30; cache"], in: workspace
    ).stdout
    #expect(text.contains("bands=30") && text.contains("defaults"))
  }

  @Test func wrongUseAndNoCacheAreClear() throws {
    let workspace = try Workspace()
    let wrong = try EauProcess.run(["-c", "cache claer"], in: workspace)
    #expect(wrong.status == 1 && wrong.stderr.contains("clear"))
    let none = try EauProcess.run(["--no-cache", "-c", "cache"], in: workspace)
    #expect(none.status == 1 && none.stderr.contains("--no-cache"))
  }

  /// A folder that cannot be written costs a note, nothing else.
  @Test func aCacheThatCannotBeUsedIsSaidAndDoneWithout() throws {
    let workspace = try Workspace()
    try Self.manifest(workspace, samples: 20)
    try workspace.write("a file", to: "xdg-cache")
    let run = try EauProcess.run(["-c", "open sounds.csv"], in: workspace)
    #expect(run.status == 0)
    #expect(run.stdout.contains("the feature cache cannot be used"))
  }
}
