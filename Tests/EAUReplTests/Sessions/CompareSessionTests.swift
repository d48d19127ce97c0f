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
    #expect(compared.keys == ["split", "models", "sample"] && compared["sample"] == .null)
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
        #expect(modality.keys == ["name", "present", "alpha", "sigma", "caption"])
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

  /// The current sample as it is now; distances as `nearest` gives them.
  @Test func theCurrentSampleIsOneOfThem() throws {
    let results = try DemoModel.trained().run(
      """
      open demo; sample 1; corrupt image gaussian 7; drop audio; weights; predict; \
      compare current 1 2; clean; nearest 1000; nearest 1000 --split validation; nearest 1000 --split test; compare current 2
      """, in: Workspace())
    let samples = try #require(results[6]["samples"]?.elements)
    #expect(samples.map { $0["number"] } == [.null, 1, 2])
    #expect(samples[0]["predicted"] == results[5]["classes"]?[0]?["label"])
    for (mine, other) in zip(
      samples[0]["modalities"]?.elements ?? [], results[4]["modalities"]?.elements ?? [])
    {
      #expect(mine["alpha"] == other["alpha"] && mine["present"] == other["present"])
    }
    #expect(
      samples[0].modality("image")?["caption"]?.string?.hasPrefix("image (gaussian 7): ") == true)
    let distances = try #require(results[6]["distances"]?.elements)
    #expect(distances.count == 2 && distances[0].modality("audio")?["w2"] == .null)
    // The picture alone was spoiled.
    #expect((distances[0].modality("image")?["w2"]?.double ?? 0) > 0.05)
    #expect((distances[0].modality("text")?["w2"]?.double ?? 1) < 1e-5)
    let all = results[8...10].flatMap { $0["neighbours"]?.elements ?? [] }
    let second = all.first { $0["number"] == 2 }
    let said = try #require(results[11]["distances"]?[0]?["total"]?.double)
    if let second { #expect(abs((second["distance"]?.double ?? .nan) - said) < 1e-4) }
  }

  @Test func modelsOnTheCurrentSample() throws {
    let trained = try DemoModel.trained()
    let results = try EauProcess.run(
      [
        "--json", "-c",
        "open demo; train paper --epochs 1; sample 5; corrupt image gaussian 6 --seed 7",
        "-c", "compare current '\(trained.path)'; weights; predict", "-c",
        "restore '\(trained.path)'; sample 5; corrupt image gaussian 6 --seed 7; weights; predict",
      ], in: Workspace()
    ).results()
    let moments = try #require(results[4]["sample"]?.elements)
    #expect(moments.map { $0["name"]?.string } == ["current", trained.path])
    for (moment, places) in zip(moments, [(5, 6), (10, 11)]) {
      for modality in results[places.0]["modalities"]?.elements ?? [] {
        let mine = moment.modality(modality["name"]?.string ?? "")
        #expect(mine?["alpha"] == modality["alpha"] && mine?["sigma"] == modality["sigma"])
        #expect(mine?["corruption"] == modality["corruption"])
      }
      #expect(moment["aleatoric"] == results[places.1]["aleatoric"])
      #expect(moment["classes"]?[0]?["label"] == results[places.1]["classes"]?[0]?["label"])
    }
  }

  @Test func numbersAreComparedToo() throws {
    let workspace = try Workspace()
    let results = try EauProcess.run(
      [
        "--json", "-c",
        "open demo --regression; train epochs=2; save a.safetensors; train epochs=1 --seed 3",
        "-c", "evaluate; sample 4; predict; compare current a.safetensors; compare 4 9",
      ], in: workspace
    ).results()
    let (evaluation, prediction) = (results[4], results[6])
    let models = try #require(results[7]["models"]?.elements)
    for key in ["mae", "rmse", "correlation", "r2", "nll", "unimodal"] {
      #expect(models[0][key] == evaluation[key], "\(key)")
    }
    #expect(models[0]["mae"] != models[1]["mae"])
    #expect(results[7]["sample"]?[0]?["value"] == prediction["value"])
    let samples = try #require(results[8]["samples"]?.elements)
    #expect(samples[0]["predicted"] == prediction["value"])
    #expect(samples[0]["value"]?.double != nil && samples[0]["label"] == nil)
  }

  @Test func atATerminal() throws {
    let trained = try DemoModel.trained()
    let output = try EauProcess.run(
      [
        "-c",
        "restore '\(trained.path)'; open demo; sample 5; compare current 1; compare current current",
      ],
      in: Workspace(), environment: ["COLUMNS": "80"])
    #expect(output.status == 0, "\(output.stderr)")
    for word in [
      "W2 of all they share", "image alpha change", "from current", "the current sample",
    ] {
      #expect(output.stdout.contains(word), "\(word)")
    }
    #expect(output.stdout.components(separatedBy: "\n").allSatisfy { $0.count <= 80 })
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
