import Foundation
import Testing

@testable import EAURepl

/// Where the digits are, seen from outside the tests' own home.
enum Handwritten {
  static let folder: String? = {
    let own = ProcessInfo.processInfo.environment
    let data = own["XDG_DATA_HOME"] ?? own["HOME"].map { "\($0)/.local/share" }
    let folder = own["EAU_HANDWRITTEN"] ?? data.map { "\($0)/eau/handwritten" }
    return folder.flatMap {
      FileManager.default.fileExists(atPath: "\($0)/mfeat-mor.csv") ? $0 : nil
    }
  }()
}

/// The field's standard set, from the files to the weights.
///
/// Other processors round differently, so the bounds leave room around what was measured.
@Suite(
  "handwritten",
  .enabled(
    if: EauProcess.isBuilt && Handwritten.folder != nil, "`make handwritten` fetches the digits"))
struct HandwrittenSessionTests {
  @Test func sixViewsAreFusedAndTrustLeavesTheSpoiledOne() throws {
    let workspace = try Workspace()
    let output = try EauProcess.run(
      ["--json"],
      input: """
        open handwritten
        train
        evaluate
        sweep mor gaussian
        sweep pix dropout
        sample digit-1999
        corrupt fac gaussian 8
        save digits.safetensors
        restore digits.safetensors
        weights

        """, in: workspace,
      environment: ["EAU_HANDWRITTEN": try #require(Handwritten.folder)])
    let results = try output.results()
    try #require(results.count == 10)

    let opened = try #require(results[0]["modalities"]?.elements)
    #expect(opened.map { $0["name"]?.string } == ["pix", "fou", "fac", "zer", "kar", "mor"])
    #expect(opened.map { $0["features"]?.integer } == [240, 76, 216, 47, 64, 6])
    #expect(opened.allSatisfy { $0["encoder"] == "vector" })
    #expect(results[0]["splits"] == ["train": 1400, "validation": 200, "test": 400])
    #expect(try #require(results[2]["accuracy"]?.double) >= 0.96)
    for sweep in results[3...4] {
      let name = try #require(sweep["modality"]?.string)
      let alpha = try #require(sweep["alpha"]?[name]?.finiteNumbers)
      try #require(alpha.count == 11)
      #expect(alpha[10] < 0.35 * alpha[0], "\(name)")
      // The mean rises, for lost numbers not at every step: a row of which half is lost is farther
      // from the training rows than one that is all mean.
      let sigma = try #require(sweep["sigma"]?[name]?.finiteNumbers)
      #expect(zip(sigma, sigma.dropFirst()).allSatisfy { 0.97 * $0 < $1 }, "\(name): \(sigma)")
      #expect(try #require(sweep["spearman"]?.double) > 0.7, "\(name)")
    }
    let spoiled = try #require(results[6].modality("fac"))
    #expect(
      try #require(spoiled["alpha"]?.double) < 0.5 * #require(spoiled["alphaClean"]?.double))
    // A restored model reads the same numbers; the sample is clean again.
    let restored = try #require(results[9].modality("fac")?["alpha"]?.double)
    #expect(abs(restored - (spoiled["alphaClean"]?.double ?? 0)) < 1e-6)
  }
}

@Suite("handwritten, missing", .enabled(if: EauProcess.isBuilt))
struct HandwrittenMissingTests {
  @Test func theHintSaysHowToFetchThem() throws {
    let output = try EauProcess.run(["--json", "-c", "open handwritten"], in: Workspace())
    #expect(output.status != 0)
    let error = try #require(try output.lines().first?["error"])
    #expect(error["code"] == "handwritten-missing")
    #expect(error["hint"]?.string?.contains("`make handwritten` fetches it") == true)
  }
}
