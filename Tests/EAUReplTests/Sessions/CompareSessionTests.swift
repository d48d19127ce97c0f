import Foundation
import Testing

@testable import EAURepl

/// `compare`: models on one split, and samples under one model.
@Suite("compare", .enabled(if: EauProcess.isBuilt))
struct CompareSessionTests {
  private static let measures = ["accuracy", "macroF1", "nll", "brier", "ece", "aurc"]

  @Test func modelsSideBySide() throws {
    let trained = try DemoModel.trained()
    let workspace = try Workspace()
    let output = try EauProcess.run(
      [
        "--json", "-c", "open demo; train --epochs 2; evaluate --no-baselines", "-c",
        "compare current '\(trained.path)'; compare current '\(trained.path)' --split validation",
        "-c", "restore '\(trained.path)'; evaluate --no-baselines; weights",
      ], in: workspace)
    let results = try output.lines().compactMap { $0["result"] }
    try #require(results.count >= 7, "\(output.stdout.suffix(400))")
    let compared = results[3]
    #expect(compared.keys == ["split", "models"])
    #expect(compared["split"] == "test" && results[4]["split"] == "validation")
    let models = try #require(compared["models"]?.elements)
    #expect(models.map { $0["name"]?.string } == ["current", trained.path])
    // Each scores what `evaluate` says of it alone.
    for (model, evaluation) in zip(models, [results[2], results[6]]) {
      #expect(model.keys == ["name"] + Self.measures + ["unimodal"])
      for name in Self.measures + ["unimodal"] {
        #expect(model[name] == evaluation[name], "\(name)")
      }
    }
    #expect(models[0]["nll"] != models[1]["nll"])
    #expect(results[4]["models"] != compared["models"])
  }

  /// Baselines belong to the data they were trained on, also where its name is the same.
  @Test func baselinesFollowTheData() throws {
    let trained = try DemoModel.trained()
    let workspace = try Workspace()
    let results = try EauProcess.run(
      [
        "--json", "-c", "open demo; restore '\(trained.path)'; evaluate", "-c",
        "open demo --split-seed 2; evaluate",
      ], in: workspace
    ).lines().compactMap { $0["result"] }
    let fresh = try EauProcess.run(
      ["--json", "-c", "restore '\(trained.path)'; open demo --split-seed 2; evaluate"],
      in: workspace
    ).lines().compactMap { $0["result"] }
    try #require(results.count == 5 && fresh.count == 3)
    #expect(results[4]["baselines"] == fresh[2]["baselines"])
    #expect(results[4]["baselines"] != results[2]["baselines"])
  }

  @Test func samplesSideBySide() throws {
    let results = try DemoModel.trained().run(
      "open demo; compare 1 2; sample 1; weights; predict", in: Workspace())
    try #require(results.count == 5)
    let samples = try #require(results[1]["samples"]?.elements)
    #expect(samples.map { $0["number"]?.integer } == [1, 2])
    for sample in samples {
      #expect(sample.keys == ["number", "id", "label", "predicted", "probability", "modalities"])
      for modality in try #require(sample["modalities"]?.elements) {
        #expect(modality.keys == ["name", "present", "alpha", "sigma"])
      }
    }
    #expect(samples[0]["id"] != samples[1]["id"])
    let weights = try #require(results[3]["modalities"]?.elements)
    let compared = try #require(samples[0]["modalities"]?.elements)
    #expect(compared.map { $0["name"] } == weights.map { $0["name"] })
    for (mine, other) in zip(compared, weights) {
      for name in ["alpha", "sigma"] {
        let (a, b) = (try #require(mine[name]?.double), try #require(other[name]?.double))
        #expect(abs(a - b) < 1e-5 * max(1, abs(b)), "\(name)")
      }
    }
    let best = try #require(results[4]["classes"]?[0])
    #expect(samples[0]["predicted"] == best["label"])
    let probability = try #require(samples[0]["probability"]?.double)
    #expect(abs(probability - (try #require(best["probability"]?.double))) < 1e-5)
  }

  @Test func whatIsNeitherAModelNorASampleIsExplained() throws {
    let trained = try DemoModel.trained()
    let workspace = try Workspace()
    try workspace.write("no model", to: "notes.txt")
    let output = try EauProcess.run(
      [
        "--json", "--keep-going", "-c", "compare current", "-c", "restore '\(trained.path)'", "-c",
        "open demo", "-c", "compare current nope; compare 1 nope; compare current notes.txt",
        "-c", "compare; compare 1 2 --split nope",
      ], in: workspace)
    #expect(output.status == 1)
    let lines = try output.lines()
    try #require(lines.count == 8, "\(output.stdout)")
    #expect(lines.map { $0["ok"]?.bool } == [false, true, true, false, false, false, false, false])
    #expect(lines[0]["error"]?["code"] == "no-dataset")
    for line in lines[3...4] {
      let error = try #require(line["error"])
      #expect(error["code"] == "file-missing", "\(line.text())")
      #expect(
        error["message"]?.string?.hasPrefix("\"nope\" is neither a sample nor a model: ") == true)
    }
    #expect(lines[5]["error"]?["code"] == "bad-model-file")
    #expect(lines[6]["error"]?["code"] == "usage")
  }
}
