import Foundation
import Testing

@testable import EAURepl

/// `nearest`: a sample of the split is nearest to itself, and distances are those of `inspect`.
@Suite("nearest", .enabled(if: EauProcess.isBuilt))
struct NearestSessionTests {
  @Test func distancesAreThoseOfTheGaussians() throws {
    let results = try DemoModel.trained().run(
      "open demo; sample 5; nearest 4; nearest 2 image --by mu; inspect", in: Workspace())
    let found = results[2]
    #expect(
      found.keys == [
        "by", "modalities", "split", "compared", "predicted", "value", "agreeing", "neighbours",
      ])
    #expect(found["split"] == "train" && found["by"] == "w2")
    let neighbours = try #require(found["neighbours"]?.elements)
    #expect(neighbours.count == 5, "four, and the sample itself, which does not count")
    let distances = neighbours.compactMap { $0["distance"]?.double }
    #expect(distances == distances.sorted())
    let agreeing = neighbours.count { $0["agrees"] == true && $0["itself"] == false }
    #expect(neighbours.allSatisfy { ($0["number"] == 5) == ($0["itself"] == true) })
    #expect(found["agreeing"]?.integer == agreeing)
    #expect(neighbours.allSatisfy { ($0["label"] == found["predicted"]) == ($0["agrees"] == true) })
    // By hand, from what `inspect` says of the two.
    let other = try #require(neighbours[0]["number"]?.integer)
    let inspected = try DemoModel.trained().run(
      "open demo; sample \(other); inspect", in: Workspace())[2]
    var total = 0.0
    for modality in try #require(results[4]["modalities"]?.elements) {
      let name = modality["name"]?.string ?? ""
      let theirs = inspected.modality(name)
      func squared(_ key: String, _ map: (Double) -> Double) throws -> Double {
        let a = try #require(modality[key]?.finiteNumbers)
        let b = try #require(theirs?[key]?.finiteNumbers)
        return zip(a, b).reduce(0) { $0 + pow(map($1.0) - map($1.1), 2) }
      }
      let part = try squared("mu") { $0 } + squared("variance") { $0.squareRoot() }
      let said = try #require(neighbours[0]["modalities"]?[name]?.double)
      #expect(abs(part.squareRoot() - said) < 1e-4)
      total += part
    }
    #expect(abs(total.squareRoot() - distances[0]) < 1e-4)
    #expect(results[3]["modalities"] == ["image"] && results[3]["by"] == "mu")
  }

  @Test func spoiledSamplesMoveAway() throws {
    let results = try DemoModel.trained().run(
      "open demo; sample 1; nearest 1 --split train; nearest 1 --split test; nearest 1 --split validation; corrupt image gaussian 9; nearest 1 image",
      in: Workspace())
    let nearest = results[2...4].compactMap { $0["neighbours"]?[0] }
    let own = nearest.filter { $0["number"] == 1 }
    #expect(own.count == 1, "the sample itself, in its own split")
    #expect((own[0]["distance"]?.double ?? 1) < 1e-3)
    #expect((results[6]["neighbours"]?[0]?["distance"]?.double ?? 0) > 0.1)
  }

  @Test func numbersAndMissingModalities() throws {
    let workspace = try Workspace()
    let results = try EauProcess.run(
      ["--json", "-c", "open demo --regression; train epochs=1; sample 5; drop audio; nearest 3"],
      in: workspace
    ).results()
    let found = results[4]
    #expect(found["value"]?.double != nil && found["predicted"] == .null)
    #expect(found["modalities"]?.elements?.contains("audio") == false)
    #expect(found["neighbours"]?[0]?["value"]?.double != nil)
  }

  @Test(arguments: [
    ("nearest 0", "usage"), ("nearest 5 image text", "usage"),
    ("nearest sound", "unknown-modality"),
    ("nearest --by cosine", "unknown-distance"), ("drop image; nearest image", "missing-modality"),
    ("nearest --split all", "unknown-split"),
  ])
  func whatIsWrongIsSaid(command: String, code: String) throws {
    let trained = try DemoModel.trained()
    let lines = try EauProcess.run(
      ["--json", "-c", "restore '\(trained.path)'; open demo; sample 5; \(command)"],
      in: Workspace()
    ).lines()
    #expect(lines.last?["error"]?["code"]?.string == code, "\(lines.last?.text() ?? "")")
  }

  @Test func atATerminal() throws {
    let trained = try DemoModel.trained()
    let output = try EauProcess.run(
      ["-c", "restore '\(trained.path)'; open demo; sample 5; nearest"], in: Workspace(),
      environment: ["COLUMNS": "80"])
    #expect(output.stdout.contains("W2 distance in image, audio, text"))
    #expect(output.stdout.contains("as is predicted"))
    #expect(output.stdout.components(separatedBy: "\n").allSatisfy { $0.count <= 80 })
  }
}
