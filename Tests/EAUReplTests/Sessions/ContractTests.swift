import Foundation
import Testing

@testable import EAURepl

/// What programs rely on: the members of every result, their order, and their laws.
@Suite("JSON contract", .enabled(if: EauProcess.isBuilt))
struct ContractTests {
  private static let script = """
    open demo
    encoders
    use text bag-of-words weighting=counts
    train epochs=2
    samples bird --limit 3
    sample 5
    inspect
    weights
    predict
    corrupt image gaussian 5
    corrupt image gaussian 0
    drop audio
    clean audio
    corrupt text drop 6
    clean
    sweep image gaussian
    evaluate
    evaluate --corrupt image:gaussian:8
    evaluate --no-baselines
    load text "a small bird"
    help
    help open
    save model.safetensors
    restore model.safetensors
    quit

    """

  private static func runScript(threads: Int) throws -> EauProcess.Output {
    try EauProcess.run(
      ["--json", "--threads", "\(threads)"], input: script, in: Workspace())
  }

  private static let first = Result { try runScript(threads: 1) }

  /// The results of a command, in order.
  private func results(_ command: String) throws -> [JSONValue] {
    try Self.first.get().lines().filter { $0["command"]?.string == command }
      .compactMap { $0["result"] }
  }

  private func result(_ command: String) throws -> JSONValue {
    try #require(try results(command).first, "\(command) has no result")
  }

  @Test func oneObjectACommandAndNothingElse() throws {
    let output = try Self.first.get()
    #expect(output.status == 0)
    #expect(output.stderr == "")
    let lines = try output.lines()
    let verbs = Self.script.split(separator: "\n").map { $0.split(separator: " ")[0] }
    #expect(lines.map { $0["command"]?.string } == verbs.map(String.init))
    for line in lines {
      #expect(line.keys == ["command", "ok", "result"])
      #expect(line["ok"] == true)
    }
  }

  @Test func open() throws {
    let open = try result("open")
    #expect(
      open.keys == [
        "name", "samples", "classes", "splits", "modalities", "reusedRows", "notes", "seconds",
      ])
    #expect(open["splits"]?.keys == ["train", "validation", "test"])
    let counts = try #require(open["splits"]?.members).compactMap { $0.1.integer }
    #expect(counts.reduce(0, +) == open["samples"]?.integer)
    for modality in try #require(open["modalities"]?.elements) {
      #expect(modality.keys == ["name", "encoder", "features", "samples"])
    }
  }

  @Test func encoders() throws {
    let encoders = try #require(try result("encoders")["encoders"]?.elements)
    #expect(
      Set(encoders.compactMap { $0["modality"]?.string }) == ["image", "audio", "text", "vector"])
    for encoder in encoders {
      #expect(
        encoder.keys == [
          "identifier", "version", "modality", "summary", "accepts", "parameters", "corruptions",
        ])
      for parameter in try #require(encoder["parameters"]?.elements) {
        #expect(parameter.keys == ["name", "expects", "default", "unit", "summary"])
      }
      for corruption in try #require(encoder["corruptions"]?.elements) {
        #expect(corruption.keys == ["name", "summary"])
      }
    }
  }

  @Test func use() throws {
    let use = try result("use")
    #expect(use.keys == ["modality", "encoder", "configuration"])
    #expect(use["configuration"]?["weighting"] == "counts")
  }

  @Test func train() throws {
    let train = try result("train")
    #expect(
      train.keys == [
        "preset", "seed", "epochs", "stopped", "seconds", "losses", "trainAccuracy",
        "validationAccuracy",
      ])
    #expect(
      train["losses"]?.keys == [
        "total", "task", "bottleneckKL", "pair", "prior", "ura", "calibration", "unimodal",
      ])
    #expect(train["epochs"] == 2 && train["seed"] == 1 && train["stopped"] == false)
    #expect(train["preset"] == "calibrated")
  }

  @Test func samples() throws {
    let samples = try result("samples")
    #expect(samples.keys == ["count", "samples"])
    let listed = try #require(samples["samples"]?.elements)
    #expect(listed.count == 3)
    for sample in listed {
      #expect(sample.keys == ["number", "id", "label", "split"])
      #expect(sample["label"] == "bird")
    }
  }

  @Test(arguments: ["sample", "load"])
  func currentSample(_ command: String) throws {
    let sample = try result(command)
    #expect(sample.keys == ["title", "number", "label", "modalities"])
    let modalities = try #require(sample["modalities"]?.elements)
    #expect(modalities.count == (command == "sample" ? 3 : 1))
    for modality in modalities {
      #expect(modality.keys == ["name", "source", "encoder", "caption", "words", "warnings"])
    }
  }

  @Test func inspect() throws {
    let modalities = try #require(try result("inspect")["modalities"]?.elements)
    #expect(modalities.count == 3)
    for modality in modalities {
      #expect(
        modality.keys == ["name", "encoder", "features", "dimensions", "mu", "variance"])
      #expect(modality["mu"]?.finiteNumbers?.count == modality["dimensions"]?.integer)
      #expect(modality["variance"]?.finiteNumbers?.allSatisfy { $0 > 0 } == true)
    }
  }

  @Test(arguments: ["weights", "corrupt", "clean", "drop"])
  func weights(_ command: String) throws {
    for result in try results(command) {
      #expect(result.keys == ["modalities", "rule"])
      let modalities = try #require(result["modalities"]?.elements)
      #expect(modalities.map { $0["name"]?.string } == ["image", "audio", "text"])
      for modality in modalities {
        #expect(
          modality.keys == [
            "name", "present", "alpha", "alphaClean", "sigma", "sigmaClean", "corruption",
          ])
        if let corruption = modality["corruption"], corruption != .null {
          #expect(corruption.keys == ["kind", "severity", "realised"])
        }
      }
      for name in ["alpha", "alphaClean"] {
        let sum = modalities.compactMap { $0[name]?.double }.reduce(0, +)
        #expect(abs(sum - 1) < 1e-6, "\(command) \(name)")
      }
    }
  }

  @Test func severityZeroAndCleanAreTheSampleAsItWas() throws {
    let clean = try result("weights")
    let corruptions = try results("corrupt")
    try #require(corruptions.count == 3)
    #expect(corruptions[0] != clean)
    #expect(corruptions[0].modality("image")?["corruption"]?["severity"]?.double == 5)
    #expect(corruptions[1] == clean, "severity 0")
    let dropped = try result("drop").modality("audio")
    #expect(dropped?["present"] == false && dropped?["alpha"]?.double == 0)
    #expect(dropped?["sigma"] == .null)
    #expect(try results("clean") == [clean, clean])
  }

  @Test func predict() throws {
    let predict = try result("predict")
    #expect(predict.keys == ["classes", "aleatoric", "epistemic", "label", "right"])
    let classes = try #require(predict["classes"]?.elements)
    for one in classes { #expect(one.keys == ["label", "probability"]) }
    let probabilities = classes.compactMap { $0["probability"]?.double }
    #expect(probabilities.count == 10)
    #expect(probabilities == probabilities.sorted(by: >))
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
    // Nats: between certainty and a uniform guess over ten classes.
    for part in ["aleatoric", "epistemic"] {
      #expect((0...log(10.0)).contains(try #require(predict[part]?.double)), "\(part)")
    }
  }

  @Test func sweep() throws {
    let sweep = try result("sweep")
    #expect(
      sweep.keys == [
        "modality", "kind", "severities", "alpha", "sigma", "accuracy", "area", "spearman",
        "spearmanRealised",
      ])
    #expect(sweep["severities"]?.finiteNumbers == (0...10).map(Double.init))
    for name in ["alpha", "sigma"] {
      #expect(sweep[name]?.keys == ["image", "audio", "text"])
      for (_, values) in sweep[name]?.members ?? [] {
        #expect(values.finiteNumbers?.count == 11)
      }
    }
    #expect(sweep["accuracy"]?.finiteNumbers?.count == 11)
    for i in 0...10 {
      let sum = (sweep["alpha"]?.members ?? []).compactMap { $0.1[i]?.double }.reduce(0, +)
      #expect(abs(sum - 1) < 1e-6, "severity \(i)")
    }
    // The clean end is what `evaluate` says.
    #expect(sweep["accuracy"]?[0]?.double == (try result("evaluate"))["accuracy"]?.double)
    #expect((-1...1).contains(try #require(sweep["spearman"]?.double)))
    // Trapezoids of width 1, over a range of 10.
    let accuracy = try #require(sweep["accuracy"]?.finiteNumbers)
    let area = (accuracy.reduce(0, +) - (accuracy[0] + accuracy[10]) / 2) / 10
    #expect(abs(try #require(sweep["area"]?["accuracy"]?.double) - area) < 1e-9)
    #expect(sweep["area"]?.keys == ["sigma", "alpha", "accuracy"])
  }

  @Test func evaluate() throws {
    let evaluations = try results("evaluate")
    try #require(evaluations.count == 3)
    for evaluation in evaluations {
      #expect(
        evaluation.keys == [
          "split", "n", "corruptions", "accuracy", "nll", "brier", "ece", "aurc", "macroF1",
          "unimodal", "baselines", "noiseCorrelation",
        ])
      #expect(evaluation["unimodal"]?.keys == ["image", "audio", "text"])
      #expect(evaluation["noiseCorrelation"]?.keys == ["image", "audio", "text"])
      for (name, correlation) in evaluation["noiseCorrelation"]?.members ?? [] {
        #expect((-1...1).contains(try #require(correlation.double)), "\(name)")
      }
      for (name, accuracy) in evaluation["baselines"]?.members ?? [] {
        #expect((0...1).contains(try #require(accuracy.double)), "\(name)")
      }
      #expect(evaluation["split"] == "test" && evaluation["n"] == 180)
      #expect((0...1).contains(try #require(evaluation["accuracy"]?.double)))
    }
    #expect(evaluations[0]["corruptions"] == [])
    #expect(evaluations[1]["corruptions"] == ["image:gaussian:8"])
    for evaluation in evaluations.dropLast() {
      #expect(
        evaluation["baselines"]?.keys == ["concatenation", "uniform", "late", "qmf", "tmc"])
    }
    #expect(evaluations[0]["baselines"] != evaluations[1]["baselines"], "judged as spoiled")
    #expect(evaluations[2]["baselines"] == [:])
    #expect(evaluations[2]["accuracy"] == evaluations[0]["accuracy"])
    // The same noise as in the sweep.
    #expect(
      evaluations[1]["accuracy"]?.double == (try result("sweep"))["accuracy"]?[8]?.double)
  }

  @Test func helpSaveRestoreAndQuit() throws {
    let help = try results("help")
    try #require(help.count == 2)
    #expect(help[0].keys == ["commands"])
    let commands = try #require(help[0]["commands"]?.elements)
    for command in commands {
      #expect(
        command.keys == [
          "name", "aliases", "usage", "summary", "parameters", "details", "examples", "seeAlso",
        ])
    }
    #expect(commands.contains(help[1]), "help COMMAND says the same as the overview")
    #expect(help[1]["name"] == "open")
    #expect(try result("save").keys == ["file", "bytes"])
    #expect(
      try result("restore").keys == ["file", "preset", "dataset", "classes", "modalities"])
    #expect(try result("quit") == [:])
  }

  /// Also with another number of threads: results must not depend on it.
  @Test(arguments: [1, 2])
  func theSameRunGivesTheSameBytes(_ threads: Int) throws {
    let again = try Self.runScript(threads: threads).lines().map { $0.withoutSeconds.text() }
    #expect(try Self.first.get().lines().map { $0.withoutSeconds.text() } == again)
  }

  @Test func theSeedChoosesTheCorruption() throws {
    let trained = try DemoModel.trained()
    let picture = Workspace.fixture("modalities/rgb-alpha-8.png").path
    func corrupt(_ options: [String], _ own: String = "") throws -> JSONValue? {
      try trained.run(
        "load image '\(picture)'; corrupt image gaussian 5 \(own)", options: options,
        in: Workspace()
      ).last
    }
    let one = try corrupt([])
    #expect(try corrupt(["--seed", "1"]) == one)
    let two = try corrupt(["--seed", "2"])
    #expect(two != one)
    #expect(try corrupt([], "--seed 2") == two)
  }
}
