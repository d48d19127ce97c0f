import Foundation
import Testing

@testable import EAURepl

/// Whether there are stamps to open.
enum Stamps {
  static let areThere =
    EauProcess.isBuilt
    && (ProcessInfo.processInfo.environment["EAU_STAMPS"] != nil
      || FileManager.default.fileExists(atPath: "/usr/share/tuxpaint/stamps"))
}

/// The behaviour the toolkit is about, on real pictures and speech. Runs where the stamps are
/// there: `make stamps` fetches them.
///
/// Other processors round differently, so the bounds leave room around the figures recorded in the
/// documentation.
@Suite("stamps", .enabled(if: Stamps.areThere))
struct StampsSessionTests {
  private static let run = Result {
    try EauProcess.run(
      ["--json"],
      input: """
        open stamps
        train calibrated --seed 1
        sweep image gaussian
        sweep audio noise
        evaluate
        train paper --seed 1
        sweep image gaussian
        sweep audio noise

        """, in: Workspace())
  }

  private func results() throws -> [JSONValue] {
    let results = try Self.run.get().results()
    try #require(results.count == 8)
    return results
  }

  /// alpha of the spoiled modality at severity 10 over that at severity 0.
  private func ratio(_ sweep: JSONValue) throws -> Double {
    let name = try #require(sweep["modality"]?.string)
    let alpha = try #require(sweep["alpha"]?[name]?.finiteNumbers)
    try #require(alpha.count == 11)
    return alpha[10] / alpha[0]
  }

  @Test func theStampsAreRead() throws {
    let open = try results()[0]
    #expect(try #require(open["samples"]?.integer) > 600)
    #expect(try #require(open["classes"]?.elements).count == 11)
  }

  @Test func calibratedFusionIsAccurate() throws {
    #expect(try #require(try results()[4]["accuracy"]?.double) >= 0.64)
  }

  @Test(arguments: [2, 3])
  func trustLeavesTheSpoiledModality(_ index: Int) throws {
    let sweep = try results()[index]
    #expect(try ratio(sweep) <= 0.1)
    #expect(try #require(sweep["spearman"]?.double) >= 0.75)
  }

  /// The published loss alone does not make sigma follow the damage.
  @Test(arguments: [6, 7])
  func paperPresetKeepsItsTrust(_ index: Int) throws {
    #expect(try ratio(try results()[index]) > 0.9)
  }
}
