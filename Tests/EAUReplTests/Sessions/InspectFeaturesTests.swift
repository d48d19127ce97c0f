import Foundation
import Testing

@testable import EAURepl

/// `inspect --features`: the features by name, those that stand out first.
@Suite("inspect --features", .enabled(if: EauProcess.isBuilt))
struct InspectFeaturesTests {
  @Test func theLargestComeFirst() throws {
    let results = try DemoModel.trained().run(
      "load text 'a bell rings'; inspect text --features; inspect text --features --top 2;"
        + "open demo; sample 5; inspect --features --top 956", in: Workspace())
    try #require(results.count == 6)
    let text = try #require(results[1]["modalities"]?[0])
    let largest = try #require(text["largest"]?.elements)
    let names = largest.compactMap { $0["name"]?.string }
    #expect(names.contains("word:bell") && names.contains("length:words"), "\(names)")
    #expect(largest.count <= 5, "zeros of a sparse row are left out")
    #expect(results[2]["modalities"]?[0]?["largest"]?.elements == Array(largest.prefix(2)))
    let sizes = largest.compactMap { $0["scaled"]?.double.map(abs) }
    #expect(sizes == sizes.sorted(by: >))
    let all = try #require(results[5]["modalities"]?.elements)
    #expect(all.map { $0["name"]?.string } == ["image", "audio", "text"])
    for modality in all.prefix(2) {
      let features = try #require(modality["features"]?.integer)
      let names = (modality["largest"]?.elements ?? []).compactMap { $0["name"]?.string }
      #expect(Set(names).count == min(features, 956), "each feature once")
    }
  }

  @Test func wrongUseIsExplained() throws {
    let trained = try DemoModel.trained()
    let output = try EauProcess.run(
      [
        "--keep-going", "-c", "restore '\(trained.path)'", "-c", "load text 'a bell'", "-c",
        "inspect --top 3; inspect --features --top 0; inspect image --features",
      ], in: try Workspace())
    #expect(output.stderr.contains("--top goes with --features"))
    #expect(output.stderr.contains("the current sample has no image"))
    #expect(output.stderr.contains("top"))
  }
}
