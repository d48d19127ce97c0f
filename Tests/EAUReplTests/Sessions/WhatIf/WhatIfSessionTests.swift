import Foundation
import Testing

@testable import EAURepl

/// `whatif`: both readings are what the commands themselves would give, and nothing stays.
@Suite("whatif", .enabled(if: EauProcess.isBuilt))
struct WhatIfSessionTests {
  private func close(_ a: JSONValue?, _ b: JSONValue?, _ tolerance: Double = 1e-9) -> Bool {
    if a == b { return true }
    guard let a = a?.double, let b = b?.double else { return false }
    return abs(a - b) <= tolerance
  }

  /// alpha and sigma of `weights`, classes and doubt of `predict`.
  private func expect(_ moment: JSONValue?, is weights: JSONValue, _ prediction: JSONValue) throws {
    let moment = try #require(moment)
    let modalities = try #require(weights["modalities"]?.elements)
    #expect(moment["modalities"]?.elements?.count == modalities.count)
    for modality in modalities {
      let mine = try #require(moment.modality(modality["name"]?.string ?? ""))
      for key in ["present", "alpha", "sigma", "corruption"] {
        #expect(mine[key] == modality[key], "\(key)")
      }
    }
    for key in ["classes", "aleatoric", "epistemic"] {
      if let classes = prediction[key]?.elements {
        for (a, b) in zip(moment[key]?.elements ?? [], classes) {
          #expect(a["label"] == b["label"] && close(a["probability"], b["probability"], 1e-6))
        }
      } else {
        #expect(close(moment[key], prediction[key]), "\(key)")
      }
    }
  }

  @Test(arguments: [
    "corrupt image gaussian 6 and drop audio", "corrupt text drop 8 --seed 4", "clean",
    "clean and corrupt audio noise 9", "sample 9",
    "load text \"a dog and a car\" and corrupt text typo 4",
  ])
  func saysWhatTheCommandsWouldDo(_ changes: String) throws {
    let workspace = try Workspace()
    let start = "open demo; sample 5; corrupt image blur 3"
    let commands = changes.replacing(" and ", with: "; ").replacing(
      "a dog; a car", with: "a dog and a car")
    let results = try DemoModel.trained().run(
      "\(start); weights; predict; whatif \(changes); weights; predict; \(commands); weights; predict",
      in: workspace)
    let (weights, prediction, answer) = (results[3], results[4], results[5])
    #expect(answer.keys == ["changes", "summary", "now", "then"])
    try expect(answer["now"], is: weights, prediction)
    #expect(results[6] == weights && results[7] == prediction, "nothing was changed")
    try expect(answer["then"], is: results[results.count - 2], results[results.count - 1])
    let typed = changes.replacing(" and ", with: "|").replacing(
      "a dog|a car", with: "a dog and a car")
    #expect(answer["changes"]?.elements?.count == typed.split(separator: "|").count)
  }

  @Test func anotherRuleForTheSameModel() throws {
    let results = try DemoModel.trained().run(
      "open demo; sample 5; whatif alpha uniform; whatif alpha precision and drop audio; weights",
      in: Workspace())
    let uniform = results[2]["then"]
    #expect(uniform?["rule"] == "uniform" && results[2]["now"]?["rule"] == "perDimension")
    for modality in uniform?["modalities"]?.elements ?? [] {
      #expect(close(modality["alpha"], .number(1.0 / 3), 1e-6))
      #expect(
        close(modality["sigma"], results[4].modality(modality["name"]?.string ?? "")?["sigma"]))
    }
    #expect(results[3]["then"]?.modality("audio")?["alpha"]?.double == 0)
  }

  @Test func theSentenceTellsWhatHappened() throws {
    let results = try DemoModel.trained().run(
      "open demo; sample 5; whatif drop audio; whatif corrupt image gaussian 0; whatif corrupt image gaussian 10",
      in: Workspace())
    let texts = results.dropFirst(2).map { $0["summary"]?.string ?? "" }
    #expect(texts[0].hasPrefix("audio is left out: its 0."), "\(texts[0])")
    #expect(texts[1].hasPrefix("the weights stay as they are; the prediction stays "))
    #expect(texts[2].contains("image") && texts[2].contains("; the prediction "))
    #expect(texts.allSatisfy { $0.hasSuffix(".") })
  }

  @Test func numbersHaveASentenceToo() throws {
    let workspace = try Workspace()
    let output = try EauProcess.run(
      [
        "--json", "-c", "open demo --regression; train epochs=1; sample 5",
        "-c", "whatif corrupt image gaussian 8; predict; corrupt image gaussian 8; predict",
      ], in: workspace)
    let results = try output.results()
    let answer = results[3]
    for (moment, prediction) in [("now", results[4]), ("then", results[6])] {
      for key in ["value", "deviation", "aleatoric", "epistemic"] {
        #expect(close(answer[moment]?[key], prediction[key], 1e-9), "\(moment) \(key)")
      }
    }
    #expect(answer["summary"]?.string?.contains("size goes from ") == true)
  }

  @Test(arguments: [
    ("whatif", "usage"), ("whatif drop audio and", "usage"), ("whatif and drop audio", "usage"),
    ("whatif train", "unknown-change"), ("whatif drop sound", "unknown-modality"),
    ("whatif corrupt image gausian 3", "unknown-corruption"),
    ("whatif alpha magic", "unknown-rule"), ("whatif alpha", "usage"),
    ("whatif alpha varianceSwap", "rule-refused"), ("whatif alpha consensus", "rule-refused"),
    ("whatif corrupt image gaussian 3 --sed 4", "unknown-option"),
    ("whatif drop audio and drop image and drop text", "nothing-present"),
  ])
  func whatIsWrongIsSaid(command: String, code: String) throws {
    let trained = try DemoModel.trained()
    let lines = try EauProcess.run(
      [
        "--json", "--keep-going", "-c",
        "restore '\(trained.path)'; open demo; sample 5; \(command)",
        "-c", "weights",
      ], in: Workspace()
    ).lines()
    #expect(lines[3]["error"]?["code"]?.string == code, "\(lines[3].text())")
    #expect(lines[4]["ok"] == true)
    let message = lines[3]["error"]?["message"]?.string ?? ""
    if code != "usage", code != "unknown-option" {
      #expect(message.hasPrefix("in `"), "\(message)")
    }
  }

  @Test func withoutASampleOrAModelItSaysSo() throws {
    let lines = try EauProcess.run(
      [
        "--json", "--keep-going", "-c",
        "whatif clean; open demo; whatif clean; sample 1; whatif clean",
      ],
      in: Workspace()
    ).lines()
    #expect(
      lines.compactMap { $0["error"]?["code"]?.string } == ["no-model", "no-model", "no-model"])
  }

  /// TAB offers what the inner command would.
  @Test func completionFollowsTheChanges() {
    let completer = Completer(session: Session(seed: 1))
    func offered(_ line: String) -> [String] {
      completer.complete(line, cursor: line.utf8.count).candidates
    }
    #expect(offered("whatif ") == ["corrupt", "drop", "clean", "load", "sample", "alpha"])
    #expect(offered("whatif drop audio and co") == ["corrupt"])
    #expect(offered("whatif drop audio and alpha pe") == ["perDimension", "perModality"])
    #expect(offered("whatif corrupt image gau") == ["gaussian", "gaussian-rgb"])
    #expect(offered("whatif drop audio an") == ["and"])
    #expect(offered("why --against a") == ["average"])
    #expect(offered("nearest im") == ["image"] && offered("nearest 3 im") == ["image"])
    #expect(offered("export fe") == ["features"])
  }

  @Test func atATerminal() throws {
    let trained = try DemoModel.trained()
    let output = try EauProcess.run(
      [
        "-c", "restore '\(trained.path)'; open demo; sample 5",
        "-c", "whatif corrupt image gaussian 6 and drop audio",
      ], in: Workspace(), environment: ["COLUMNS": "80"])
    let lines = output.stdout.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix("what if: corrupt image gaussian 6") })
    let shown = lines[start...].joined(separator: "\n")
    for word in [
      "alpha now", "sigma now", "change", "missing", "doubt: aleatoric", "nothing was changed",
    ] {
      #expect(shown.contains(word), "\(word)")
    }
    #expect(lines[start...].allSatisfy { $0.count <= 80 })
  }
}
