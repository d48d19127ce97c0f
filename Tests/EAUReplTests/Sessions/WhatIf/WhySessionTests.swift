import Foundation
import Testing

@testable import EAURepl

/// `why`: its parts add up to what `weights` says, and its features are the model's.
@Suite("why", .enabled(if: EauProcess.isBuilt))
struct WhySessionTests {
  private func number(_ value: JSONValue?) throws -> Double { try #require(value?.double) }

  private func difference(_ change: JSONValue?) throws -> Double {
    try number(change?["now"]) - number(change?["before"])
  }

  /// Effects add up to the change, features and factors to what the modality did to itself.
  private func checkSums(_ why: JSONValue) throws {
    #expect(try number(why["residual"]) < 1e-6)
    for modality in try #require(why["modalities"]?.elements) {
      let effects = try #require(modality["effects"]?.elements)
      let alpha = try effects.reduce(0) { $0 + (try number($1["alpha"])) }
      #expect(abs(alpha - (try difference(modality["alpha"]))) < 1e-6)
      guard modality["score"]?["now"] != nil else { continue }
      let log = try effects.reduce(0) { $0 + (try number($1["logAlpha"])) }
      #expect(abs(log - (try difference(modality["logAlpha"]))) < 1e-6)
      let parts =
        (modality["features"]?.elements ?? [])
        + [modality["rest"], modality["novelty"], modality["consensus"]].compactMap { $0 }
        .filter { $0 != .null }
      let score = try parts.reduce(0) { $0 + (try number($1["score"])) }
      #expect(abs(score - (try difference(modality["score"]))) < 1e-6)
      let own = try #require(effects.first { $0["by"] == modality["name"] })
      for key in ["alpha", "logAlpha"] {
        let sum = try parts.reduce(0) { $0 + (try number($1[key])) }
        #expect(abs(sum - (try number(own[key]))) < 1e-6, "\(key)")
      }
      let groups = modality["groups"]?.elements ?? []
      if !groups.isEmpty {
        let features =
          (modality["features"]?.elements ?? [])
          + [modality["rest"]].compactMap { $0 }.filter { $0 != .null }
        let (a, b) = (
          try groups.reduce(0) { $0 + (try number($1["alpha"])) },
          try features.reduce(0) { $0 + (try number($1["alpha"])) }
        )
        #expect(abs(a - b) < 1e-6, "groups are the same in sums")
      }
    }
  }

  @Test func partsAddUpToWhatWeightsSays() throws {
    let results = try DemoModel.trained().run(
      """
      open demo; sample 5; corrupt image gaussian 6; corrupt text drop 5; weights; why; \
      why image --top 3; drop audio; weights; why; clean; weights; why
      """, in: Workspace())
    for (weights, why) in [(4, 5), (8, 9)] {
      let (weights, why) = (results[weights], results[why])
      #expect(why["against"] == "clean" && why["rule"] == "perDimension")
      try checkSums(why)
      for modality in try #require(weights["modalities"]?.elements) {
        let mine = why.modality(modality["name"]?.string ?? "")
        let now = try number(mine?["alpha"]?["now"]) - number(modality["alpha"])
        let before = try number(mine?["alpha"]?["before"]) - number(modality["alphaClean"])
        #expect(abs(now) < 1e-5 && abs(before) < 1e-5)
      }
    }
    #expect(results[6].modality("image")?["features"]?.elements?.count == 3)
    let image = results[5].modality("image")
    #expect(try number(image?["effects"]?[0]?["alpha"]) < -0.02, "the image moved itself")
    // What was not touched has no features that moved.
    #expect(results[5].modality("audio")?["features"] == [])
    #expect(results[9].modality("audio")?["score"] == .null)
    #expect(results[12]["against"] == "average")
    try checkSums(results[12])
  }

  @Test func featuresAreCalledByTheirNames() throws {
    let results = try DemoModel.trained().run(
      "open demo; sample 5; inspect text --features; why text --against average --top 100",
      in: Workspace())
    let known = Set(
      (results[2]["modalities"]?[0]?["largest"]?.elements ?? []).compactMap { $0["name"]?.string })
    let features = results[3].modality("text")?["features"]?.elements ?? []
    #expect(Set(features.compactMap { $0["name"]?.string }) == known)
    #expect(results[3].modality("text")?["rest"] == .null)
    let sizes = features.compactMap { $0["alpha"]?.double.map(abs) }
    #expect(sizes == sizes.sorted(by: >) && !sizes.isEmpty)
  }

  @Test func whatMakesNoSenseIsExplained() throws {
    let trained = try DemoModel.trained()
    let lines = try EauProcess.run(
      [
        "--json", "--keep-going", "-c", "why", "-c", "restore '\(trained.path)'; open demo; why",
        "-c", "sample 5; why sound; why --against nothing; why image audio; drop image; why image",
        "-c", "train epochs=1 --alpha uniform; why",
      ], in: Workspace()
    ).lines()
    let codes = lines.map { $0["error"]?["code"]?.string ?? "ok" }
    #expect(
      codes == [
        "no-model", "ok", "ok", "no-sample", "ok", "unknown-modality", "unknown-baseline", "usage",
        "ok", "missing-modality", "ok", "no-scores",
      ])
  }

  @Test func atATerminal() throws {
    let trained = try DemoModel.trained()
    let output = try EauProcess.run(
      ["-c", "restore '\(trained.path)'; open demo; sample 5; corrupt image gaussian 8; why"],
      in: Workspace(), environment: ["COLUMNS": "80"])
    let lines = output.stdout.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix("why alpha is what it is") })
    let shown = lines[start...].joined(separator: "\n")
    for word in [
      "by image", "image moved its own alpha by -", "other features", "gradient", "miss",
    ] {
      #expect(shown.contains(word), "\(word)\n\(shown)")
    }
    #expect(lines[start...].allSatisfy { $0.count <= 80 })
  }
}
