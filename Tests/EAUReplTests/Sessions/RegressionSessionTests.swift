import Foundation
import Testing

@testable import EAURepl

/// Whole sessions on a number instead of classes.
@Suite("regression sessions", .enabled(if: EauProcess.isBuilt))
struct RegressionSessionTests {
  private static let script = """
    open demo --regression
    train epochs=12
    samples --limit 2 --split test
    sample bell-003
    weights
    inspect
    predict
    corrupt image gaussian 8
    clean
    sweep audio noise
    evaluate
    evaluate --split validation --corrupt image:gaussian:8
    save bells.safetensors
    restore bells.safetensors
    predict --passes 64

    """

  private static let first = Result {
    try EauProcess.run(["--json"], input: script, in: Workspace())
  }

  private func results(_ command: String) throws -> [JSONValue] {
    try Self.first.get().lines().filter { $0["command"]?.string == command }
      .compactMap { $0["result"] }
  }

  private func result(_ command: String) throws -> JSONValue {
    try #require(try results(command).first, "\(command) has no result")
  }

  @Test func everyCommandAnswers() throws {
    let output = try Self.first.get()
    #expect(output.status == 0, "\(output.stdout.suffix(400))")
    #expect(output.stderr == "")
    #expect(try output.lines().allSatisfy { $0["ok"] == true })
    #expect(try output.lines().count == 15)
  }

  @Test func openNamesTheTarget() throws {
    let open = try result("open")
    #expect(
      open.keys == [
        "name", "samples", "target", "splits", "modalities", "reusedRows", "notes", "seconds",
      ])
    #expect(open["target"] == "size" && open["samples"] == 600)
  }

  @Test func trainGivesErrors() throws {
    let train = try result("train")
    #expect(
      train.keys == [
        "preset", "seed", "epochs", "stopped", "seconds", "losses", "trainMAE", "validationMAE",
      ])
    // Guessing the mean is off by 25.
    for split in ["trainMAE", "validationMAE"] {
      #expect((0...15).contains(try #require(train[split]?.double)), "\(split)")
    }
    #expect(train["losses"]?["unimodal"]?.double ?? 0 > 0)
    #expect(train["losses"]?["calibration"]?.double != nil)
  }

  @Test func samplesHaveValues() throws {
    let listed = try #require(try result("samples")["samples"]?.elements)
    #expect(listed.count == 2)
    for sample in listed {
      #expect(sample.keys == ["number", "id", "value", "split"])
      #expect((0...100).contains(try #require(sample["value"]?.double)))
    }
    let sample = try result("sample")
    #expect(sample.keys == ["title", "number", "value", "modalities"])
    #expect(sample["title"] == "#3 bell-003")
  }

  @Test func weightsFollowTheDamage() throws {
    let weights = try result("weights")
    let clean = try #require(weights.modality("image")?["alpha"]?.double)
    let spoiled = try #require(try result("corrupt").modality("image")?["alpha"]?.double)
    #expect(spoiled < clean)
    #expect(try results("clean") == [weights])
    let inspected = try #require(try result("inspect")["modalities"]?.elements)
    #expect(inspected.map { $0["name"]?.string } == ["image", "audio", "text"])
  }

  @Test func predictions() throws {
    let predictions = try results("predict")
    try #require(predictions.count == 2)
    let predict = predictions[0]
    #expect(predict.keys == ["value", "deviation", "interval80", "aleatoric", "epistemic"])
    let value = try #require(predict["value"]?.double)
    let deviation = try #require(predict["deviation"]?.double)
    let interval = try #require(predict["interval80"]?.finiteNumbers)
    try #require(interval.count == 2)
    #expect(interval[0] < value && value < interval[1])
    // −ln 0.2/√2 deviations to either side.
    #expect(abs((interval[1] - interval[0]) / deviation - 2 * 1.138_049) < 1e-4)
    let parts = try ["aleatoric", "epistemic"].map { try #require(predict[$0]?.double) }
    #expect(parts[0] > 0 && parts[1] > 0)
    #expect(abs(parts[0] + parts[1] - deviation * deviation) < 1e-6 * deviation * deviation)
    // The restored model, with as many passes as by default, says the same.
    #expect(predictions[1] == predict)
  }

  @Test func sweepGivesErrors() throws {
    let sweep = try result("sweep")
    #expect(
      sweep.keys == [
        "modality", "kind", "severities", "alpha", "sigma", "mae", "area", "spearman",
        "spearmanRealised",
      ])
    let errors = try #require(sweep["mae"]?.finiteNumbers)
    #expect(errors.count == 11)
    #expect(errors.first == (try result("evaluate"))["mae"]?.double)
  }

  @Test func evaluateGivesIntervals() throws {
    let evaluations = try results("evaluate")
    try #require(evaluations.count == 2)
    for evaluation in evaluations {
      #expect(
        evaluation.keys == [
          "split", "n", "corruptions", "mae", "rmse", "correlation", "r2", "coverage", "width",
          "nll", "errorSpearman", "unimodal",
        ])
      #expect(evaluation["coverage"]?.keys == ["50", "80", "95"])
      #expect(evaluation["width"]?.keys == ["50", "80", "95"])
      #expect(evaluation["unimodal"]?.keys == ["image", "audio", "text"])
      let mae = try #require(evaluation["mae"]?.double)
      let rmse = try #require(evaluation["rmse"]?.double)
      #expect(mae > 0 && mae <= rmse)
    }
    let test = evaluations[0]
    #expect(test["split"] == "test" && test["n"] == 180)
    #expect(try #require(test["correlation"]?.double) > 0.9)
    let coverage = ["50", "80", "95"].compactMap { test["coverage"]?[$0]?.double }
    #expect(coverage == coverage.sorted())
    for (found, wanted) in zip(coverage, [0.5, 0.8, 0.95]) { #expect(abs(found - wanted) < 0.15) }
    #expect(evaluations[1]["split"] == "validation" && evaluations[1]["n"] == 60)
  }

  @Test func restoreNamesTheTarget() throws {
    let restore = try result("restore")
    #expect(restore.keys == ["file", "preset", "dataset", "target", "modalities"])
    #expect(restore["target"] == "size")
  }

  @Test func theSameRunGivesTheSameBytes() throws {
    let again = try EauProcess.run(
      ["--json", "--threads", "1"], input: Self.script, in: Workspace())
    #expect(
      try again.lines().map { $0.withoutSeconds.text() }
        == Self.first.get().lines().map { $0.withoutSeconds.text() })
  }

  @Test func manifestsAndRefusals() throws {
    let workspace = try Workspace()
    let rows = (0..<80).map { "s\($0),\($0 % 8),\(["zero", "one", "two", "three"][$0 % 4]) word" }
    try workspace.write("id,label,text\n" + rows.joined(separator: "\n"), to: "numbers.csv")
    try workspace.write("id,label,text\n1,2,x\n2,many,y\n", to: "words.csv")
    let output = try EauProcess.run(
      ["--json", "--keep-going"],
      input: """
        open words.csv --regression
        open stamps --regression
        open numbers.csv --regression
        samples 3
        train loss=squared epochs=2
        evaluate
        open demo
        train loss=absolute

        """, in: workspace)
    let lines = try output.lines()
    try #require(lines.count == 8)
    func code(_ index: Int) -> String? { lines[index]["error"]?["code"]?.string }
    #expect(code(0) == "not-a-number")
    #expect(
      lines[0]["error"]?["message"]?.string?.contains("line 3, column \"label\"") == true)
    #expect(code(1) == "usage")
    #expect(lines[2]["result"]?["target"] == "label")
    #expect(code(3) == "needs-classes")
    #expect(lines[4]["ok"] == true)
    #expect(lines[5]["result"]?["mae"]?.double ?? .infinity < 8)
    #expect(lines[6]["result"]?["classes"]?.elements?.count == 10)
    #expect(code(7) == "needs-regression")
  }

  /// A model of classes and a data set of numbers do not mix, whatever their modalities.
  @Test func tasksDoNotMix() throws {
    let restore = "restore '\(try DemoModel.trained().path)'"
    let output = try EauProcess.run(
      ["--json", "--keep-going"],
      input: "\(restore); open demo --regression; weights; \(restore); evaluate\n",
      in: Workspace())
    let codes = try output.lines().map { $0["error"]?["code"]?.string ?? "ok" }
    #expect(codes == ["ok", "ok", "no-model", "ok", "no-dataset"])
  }

  @Test func aPersonReadsTheNumber() throws {
    let output = try EauProcess.run(
      ["-c", "open demo --regression; train epochs=3; sample 1; predict; evaluate"],
      in: Workspace())
    #expect(output.status == 0)
    #expect(output.stdout.contains("600 samples, the number size"))
    #expect(output.stdout.contains("mean absolute error: train "))
    #expect(output.stdout.contains(#/#1 bell-001  size \d+/#))
    #expect(output.stdout.contains(#/size \d+\.\d\d ± \d+\.\d\d/#))
    #expect(output.stdout.contains(#/80 % interval \d+\.\d\d to \d+/#))
    #expect(output.stdout.contains(#/off by \d+\.\d\d: the true size is \d+.*(in|out)side/#))
    #expect(output.stdout.contains(#/80\.0 % +\d+\.\d %/#))
  }
}
