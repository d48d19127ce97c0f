import Foundation
import Testing

@testable import EAURepl

/// Every kind of `plot` on a small model: the JSON holds what is drawn, and agrees with the commands
/// that say the same in numbers.
@Suite("kinds of plot", .enabled(if: EauProcess.isBuilt))
struct PlotKindsTests {
  private func results(_ commands: String) throws -> [JSONValue] {
    try DemoModel.trained().run(commands, in: Workspace())
  }

  @Test func whatIsSaidOfASplitAgreesWithEvaluate() throws {
    let answers = try results(
      "open demo; evaluate --no-baselines; plot confusion; plot reliability; plot risk")
    let (evaluated, confusion, reliability, risk) = (answers[1], answers[2], answers[3], answers[4])
    let n = try #require(evaluated["n"]?.integer)
    #expect(reliability["ece"] == evaluated["ece"])
    #expect(risk["aurc"] == evaluated["aurc"])
    #expect(confusion["accuracy"] == evaluated["accuracy"])

    let counts = try #require(confusion["counts"]?.elements).map { $0.finiteNumbers ?? [] }
    #expect(counts.joined().reduce(0, +) == Double(n))
    #expect(counts.count == confusion["classes"]?.elements?.count)
    let diagonal = counts.indices.reduce(0.0) { $0 + counts[$1][$1] }
    #expect(diagonal == confusion["correct"]?.double)

    let bins = try #require(reliability["bins"]?.elements)
    #expect(bins.count == 15 && bins.reduce(0) { $0 + ($1["count"]?.integer ?? 0) } == n)
    let gap = bins.reduce(0.0) { sum, bin in
      guard let accuracy = bin["accuracy"]?.double, let mean = bin["confidence"]?.double else {
        return sum
      }
      return sum + (bin["count"]?.double ?? 0) * abs(accuracy - mean)
    }
    #expect(abs(gap / Double(n) - (evaluated["ece"]?.double ?? -1)) < 1e-9)

    let curve = try #require(risk["risk"]?.finiteNumbers)
    #expect(curve.count == n)
    #expect(abs(curve.reduce(0, +) / Double(n) - (evaluated["aurc"]?.double ?? -1)) < 1e-12)
    #expect(abs(1 - (curve.last ?? 0) - (evaluated["accuracy"]?.double ?? -1)) < 1e-12)
    let best = try #require(risk["bestRisk"]?.finiteNumbers)
    #expect(zip(best, curve).allSatisfy { $0 <= $1 + 1e-12 })
  }

  @Test func theSweepIsThatOfTheCommand() throws {
    let answers = try results(
      "open demo; sweep image gaussian --split validation; "
        + "plot sweep image gaussian --split validation")
    for key in answers[1].keys { #expect(answers[1][key] == answers[2][key], "\(key)") }
    #expect(answers[2]["split"] == "validation")
  }

  @Test func theWeightsAreThoseOfTheCommand() throws {
    let answers = try results(
      "open demo; sample 5; corrupt image gaussian 6; weights; plot weights")
    #expect(answers[4]["modalities"] == answers[3]["modalities"])
  }

  @Test func gaussiansAreThoseOfInspect() throws {
    let answers = try results(
      "open demo; sample 5; inspect image; corrupt image gaussian 6; inspect image; "
        + "plot gaussians image; plot gaussians image --dimensions 0,7; plot gaussians audio")
    let (clean, now) = (answers[2].modality("image"), answers[4].modality("image"))
    let drawn = try #require(answers[5].modality("image"))
    #expect(drawn["mu"] == now?["mu"] && drawn["variance"] == now?["variance"])
    #expect(drawn["muClean"] == clean?["mu"] && drawn["varianceClean"] == clean?["variance"])

    let variance = try #require(drawn["variance"]?.finiteNumbers)
    let x = try #require(drawn["x"]?.finiteNumbers)
    let shown = try #require(drawn["shown"]?.elements)
    let reasons = shown.compactMap { $0["reason"]?.string }
    #expect(reasons.contains { $0.contains("most certain") })
    #expect(reasons.contains { $0.contains("moved most") })
    for curve in shown {
      let dimension = try #require(curve["dimension"]?.integer)
      let sigma = try #require(curve["now"]?["sigma"]?.double)
      #expect(abs(sigma * sigma - variance[dimension]) < 1e-5 * variance[dimension])
      #expect(curve["before"]?["sigma"]?.double != nil)
      // A density: its area by the trapezoidal rule is 1, but for what lies beyond 3.5 sigma.
      let density = try #require(curve["now"]?["density"]?.finiteNumbers)
      let area = x.indices.dropFirst().reduce(0.0) {
        $0 + (x[$1] - x[$1 - 1]) * (density[$1] + density[$1 - 1]) / 2
      }
      #expect(abs(area - 1) < 0.01, "\(dimension)")
    }
    let least = shown.first { $0["reason"]?.string?.contains("most certain") == true }
    #expect(least?["dimension"]?.integer == variance.indices.min { variance[$0] < variance[$1] })
    let asked = answers[6].modality("image")?["shown"]?.elements ?? []
    #expect(asked.compactMap { $0["dimension"]?.integer } == [0, 7])
    let histogram = drawn["histogram"]?["counts"]?.finiteNumbers ?? []
    #expect(histogram.reduce(0, +) == Double(variance.count))
    // What was not spoiled has no before.
    let audio = try #require(answers[7].modality("audio"))
    #expect(audio["muClean"] == .null)
    #expect(audio["shown"]?[0]?["before"] == .null)
  }

  @Test func theLatentPlaneHoldsTheSplitAndTheSample() throws {
    let answers = try results(
      """
      open demo; samples --split test; sample 5; inspect image; corrupt image gaussian 8; \
      plot latent image; plot latent --split train
      """)
    let plot = answers[5]
    let image = try #require(plot.modality("image"))
    let points = try #require(image["points"]?.elements)
    #expect(points.count == plot["n"]?.integer)
    let groups = try #require(plot["groups"]?.elements).count
    #expect(points.allSatisfy { (0..<groups).contains($0["group"]?.integer ?? -1) })
    let explained = try #require(image["explained"]?.finiteNumbers)
    #expect(explained.count == 2 && explained[0] >= explained[1] && explained[0] <= 1)
    // A class's mean lies in the middle of its points: projections are linear.
    for mean in image["means"]?.elements ?? [] {
      let own = points.filter { $0["group"] == mean["group"] }
      let x = own.compactMap { $0["x"]?.double }.reduce(0, +) / Double(own.count)
      #expect(abs(x - (mean["x"]?.double ?? .nan)) < 1e-9)
      #expect((mean["major"]?.double ?? 0) >= (mean["minor"]?.double ?? 1))
    }
    #expect(image["means"]?.elements?.count == groups)
    let current = try #require(image["current"]?.elements)
    #expect(current.map { $0["before"]?.bool } == [true, false])
    #expect(current[0]["x"] != current[1]["x"])
    #expect(answers[6]["modalities"]?.elements?.count == 3)
  }

  @Test func lossesAreKeptEpochByEpoch() throws {
    let run = try EauProcess.run(
      ["--json", "-c", "open demo; train epochs=3; plot losses; plot losses losses.svg"],
      in: Workspace())
    let answers = try run.results()
    let losses = try #require(answers[2]["losses"])
    #expect(answers[2]["epochs"] == [1, 2, 3])
    for (name, values) in losses.members ?? [] {
      #expect(values.finiteNumbers?.count == 3, "\(name)")
      #expect(values[2] == answers[1]["losses"]?[name], "\(name)")
    }
    #expect(losses.keys.contains("total") && losses.keys.contains("calibration"))
    #expect(answers[3]["losses"] == losses && answers[3]["file"] == "losses.svg")
  }

  @Test func theLastResultIsDrawnWhateverItWas() throws {
    let workspace = try Workspace()
    let answers = try DemoModel.trained().run(
      "open demo; sample 5; predict; plot last predicted.svg", in: workspace)
    #expect(answers[3]["of"] == "predict" && answers[3]["result"] == answers[2])
    let svg = try String(
      contentsOf: workspace.folder.appending(path: "predicted.svg"), encoding: .utf8)
    #expect(svg.contains("probability") && svg.contains("aleatoric"))
  }

  @Test func everyKindDrawsBothFormats() throws {
    let workspace = try Workspace()
    let kinds = [
      "features image", "gaussians", "weights", "latent", "sweep text drop", "confusion",
      "reliability", "risk",
    ]
    let commands = kinds.enumerated().flatMap { index, kind in
      ["plot \(kind) \(index).svg", "plot \(kind) \(index).png"]
    }
    _ = try DemoModel.trained().run(
      "open demo; sample 5; corrupt image gaussian 4; " + commands.joined(separator: "; "),
      in: workspace)
    for index in kinds.indices {
      let svg = try Data(contentsOf: workspace.folder.appending(path: "\(index).svg"))
      #expect(String(decoding: svg.prefix(4), as: UTF8.self) == "<svg")
      let png = try Data(contentsOf: workspace.folder.appending(path: "\(index).png"))
      #expect(Array(png.prefix(4)) == [0x89, 0x50, 0x4E, 0x47] && png.count > 5000)
    }
  }

  @Test func completionKnowsWhatEachKindTakes() throws {
    let completer = Completer(session: Session(seed: 1))
    func candidates(_ line: String) -> [String] {
      completer.complete(line, cursor: line.utf8.count).candidates
    }
    #expect(Set(candidates("plot ")).isSuperset(of: Plots.all.map { $0.name }))
    #expect(candidates("plot la") == ["latent", "last"])
    #expect(candidates("plot sweep image ga").contains("gaussian"))
    #expect(candidates("plot gaussians au").contains("audio"))
    #expect(candidates("plot latent --sp") == ["--split"])
    #expect(candidates("plot weights --sp").isEmpty)
    #expect(candidates("plot risk --split tes") == ["test"])
  }

  @Test func wrongUseIsExplained() throws {
    let trained = try DemoModel.trained()
    let commands = [
      "plot losses", "plot confusion", "open demo", "plot", "plot moon", "plot latent image audio",
      "plot latent taste", "plot sweep image", "plot sweep image moths", "plot risk --top 3",
      "plot gaussians --dimensions a", "sample 5", "plot gaussians --dimensions 9999",
      "plot weights picture.gif", "plot weights --inline", "plot weights a.svg b.svg",
    ]
    let run = try EauProcess.run(
      ["--keep-going", "-c", "restore '\(trained.path)'"] + commands.flatMap { ["-c", $0] },
      in: Workspace())
    #expect(run.status == 1)
    for words in [
      "nothing was trained in this session", "no data set is open", "expected what to draw",
      "unknown plot", "found 2 words and 0 files", "unknown modality", "found 1 words",
      "unknown corruption", "it has no --top", "expected 1 to 6 numbers", "has no dimension 9999",
      ".svg or .png", "does not say that it shows images", "found 0 words and 2 files",
    ] { #expect(run.stderr.contains(words), "\(words): \(run.stderr)") }
    // Each error brings its hint.
    #expect(
      run.stderr.components(separatedBy: "error:").count
        == run.stderr.components(separatedBy: "  hint:").count)
  }
}
