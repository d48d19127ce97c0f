import Foundation
import Testing

@testable import EAURepl

/// `outside`: sigma of raw inputs from elsewhere.
@Suite("outside", .enabled(if: EauProcess.isBuilt))
struct OutsideSessionTests {
  @Test func generatedInputsRaiseSigma() throws {
    let results = try DemoModel.trained().run("open demo; outside; outside audio", in: Workspace())
    try #require(results.count == 3)
    let modalities = try #require(results[1]["modalities"]?.elements)
    #expect(modalities.map { $0["name"]?.string } == ["image", "audio", "text"])
    for modality in modalities {
      #expect(
        modality.keys == ["name", "auroc", "aboveMost", "sigmaInside", "sigmaOutside"])
      #expect(modality["sigmaInside"]?.elements?.count == 180)
      #expect(modality["sigmaOutside"]?.elements?.count == 100)
    }
    // Three epochs are few for what sigma learns; novelty is there at once, for dense rows.
    for modality in modalities.prefix(2) {
      #expect(try #require(modality["auroc"]?.double) > 0.9, "\(modality["name"] ?? "")")
    }
    #expect(results[2]["modalities"]?.elements == [modalities[1]])
  }

  @Test func ownFilesAreCompared() throws {
    let workspace = try Workspace()
    try workspace.write("no picture", to: "notes.txt")
    let trained = try DemoModel.trained()
    let output = try EauProcess.run(
      [
        "--keep-going", "-c", "restore '\(trained.path)'", "-c", "open demo", "-c",
        "outside text 'zorble wug fendle' 'a bell rings'", "-c", "outside image notes.txt", "-c",
        "outside smell; outside image nowhere.png; outside image=1",
      ], in: workspace)
    #expect(output.status == 1)
    #expect(output.stdout.contains("zorble wug fendle"))
    #expect(output.stdout.contains("AUROC"))
    for part in ["notes.txt", "smell", "nowhere.png", "image=…"] {
      #expect(output.stderr.contains(part), "\(part): \(output.stderr)")
    }
  }

  @Test func aModelIsNeeded() throws {
    let output = try EauProcess.run(
      ["--json", "-c", "open demo", "-c", "outside"], in: Workspace())
    #expect(output.status == 1)
    #expect(try output.lines().last?["error"]?["code"] == "no-model")
  }
}
