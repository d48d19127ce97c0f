import Foundation
import Testing

@testable import EAURepl

/// Raw files that are in no data set, in every combination of the modalities.
@Suite("subsets of modalities", .enabled(if: EauProcess.isBuilt))
struct SubsetTests {
  private static let modalities = ["image", "audio", "text"]
  private static let values = [
    Workspace.fixture("modalities/rgb-alpha-8.png").path,
    Workspace.fixture("modalities/float-44100-stereo.wav").path,
    "a small bird that nobody has seen before",
  ]

  @Test(arguments: 1..<8)
  func weightsAreOverThosePresent(_ subset: Int) throws {
    let chosen = Self.modalities.indices.filter { subset >> $0 & 1 == 1 }
    // The last one first: the order of loading must not matter.
    let loads = chosen.reversed().map { "load \(Self.modalities[$0]) '\(Self.values[$0])'" }
    let results = try DemoModel.trained().run(
      (loads + ["weights", "predict"]).joined(separator: "; "), in: Workspace())
    try #require(results.count == loads.count + 2)
    let weights = results[loads.count]
    let listed = try #require(weights["modalities"]?.elements)
    #expect(listed.map { $0["name"]?.string } == Self.modalities)

    var sum = 0.0
    for (index, modality) in listed.enumerated() {
      let alpha = try #require(modality["alpha"]?.double)
      let isPresent = chosen.contains(index)
      #expect(modality["present"] == .bool(isPresent))
      sum += alpha
      if isPresent {
        #expect(alpha > 0)
        #expect(modality["alphaClean"]?.double == alpha)
        #expect(try #require(modality["sigma"]?.double) > 0)
      } else {
        #expect(alpha == 0)
        #expect(modality["sigma"] == .null && modality["alphaClean"] == .null)
      }
    }
    #expect(abs(sum - 1) < 1e-6)

    let classes = try #require(results[loads.count + 1]["classes"]?.elements)
    let total = classes.compactMap { $0["probability"]?.double }.reduce(0, +)
    #expect(abs(total - 1) < 1e-5)
  }
}
