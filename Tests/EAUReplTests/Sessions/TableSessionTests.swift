import Foundation
import SeededRandom
import Testing

@testable import EAURepl

/// Manifests that hold tables, read by the tabular plugin.
@Suite("sessions with tables", .enabled(if: BuiltPlugin.tabular != nil))
struct TableSessionTests {
  /// Sixty birds of two species that differ in their beaks and in where they live.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try BuiltPlugin.copy(BuiltPlugin.tabular, to: "tabular.so", in: workspace)
    var generator = SeededGenerator(seed: 9)
    var lines = ["species,beak_length,beak_depth,place,seen"]
    for index in 0..<60 {
      let isFinch = index % 2 == 0
      let length = (isFinch ? 11 : 15) + generator.normal()
      let depth = index % 7 == 0 ? "" : String(format: "%.2f", 9 + generator.normal())
      let place = (generator.uniform() < 0.8) == isFinch ? "Santa Cruz" : "\"Genovesa, south\""
      let day = 1 + generator.index(below: 28)
      lines.append(
        "\(isFinch ? "finch" : "dove"),\(String(format: "%.2f", length)),\(depth),\(place),"
          + "2024-0\(isFinch ? 3 : 6)-\(day < 10 ? "0" : "")\(day)")
    }
    try workspace.write(lines.joined(separator: "\n"), to: "birds.csv")
    return workspace
  }

  private func run(_ commands: String, in workspace: Workspace) throws -> EauProcess.Output {
    try EauProcess.run(["--json", "--keep-going", "-c", commands], in: workspace)
  }

  @Test func columnsBecomeModalitiesThatAreTrainedSpoiledAndRestored() throws {
    let workspace = try workspace()
    let results = try run(
      """
      plugin load ./tabular.so
      open birds.csv label=species beak=beak_* life=place,seen
      train epochs=60
      evaluate
      sample row-0002
      corrupt beak dropout 10
      load life '{"place":"Santa Cruz","seen":"2024-03-15"}'
      weights
      sweep beak gaussian
      save birds.safetensors
      restore birds.safetensors
      """, in: workspace
    ).results()
    try #require(results.count == 11)
    let opened = try #require(results[1]["modalities"]?.elements)
    #expect(opened.map { $0["name"]?.string } == ["beak", "life"])
    #expect(opened.allSatisfy { $0["encoder"] == "tabular" })
    // Two numbers, one of them with a flag; two places, a date of five features.
    #expect(opened.map { $0["features"]?.integer } == [3, 7])
    #expect(try #require(results[3]["accuracy"]?.double) >= 0.9)
    #expect(results[5].modality("beak")?["corruption"]?["kind"] == "dropout")
    #expect(results[7].modality("life")?["present"] == true)
    #expect(results[7].modality("beak")?["present"] == false)
    #expect(results[8]["alpha"]?["beak"]?.finiteNumbers?.count == 11)
  }

  @Test func aLabelAloneMakesOneTable() throws {
    let results = try run(
      "plugin load ./tabular.so; open birds.csv label=species; sample row-0001; use table tabular missing=off",
      in: workspace()
    ).results()
    try #require(results.count == 4)
    let opened = try #require(results[1]["modalities"]?.elements)
    #expect(opened.map { $0["name"]?.string } == ["table"])
    #expect(opened.map { $0["features"]?.integer } == [10])
    #expect(results[3]["configuration"]?["missing"] == false)
  }

  @Test func withoutThePluginTheHintNamesIt() throws {
    let lines = try run(
      "open birds.csv label=species; open birds.csv label=species beak=beak_*; plugin list",
      in: workspace()
    ).lines()
    try #require(lines.count == 3)
    for (line, modality) in zip(lines, ["table", "beak"]) {
      #expect(line["error"]?["code"] == "no-encoder")
      #expect(line["error"]?["message"]?.string?.contains("\"\(modality)\"") == true)
      #expect(line["error"]?["hint"]?.string?.contains("plugin load") == true)
    }
    #expect(lines[2]["ok"] == true, "the session goes on")
  }

  @Test(arguments: [
    ("open demo label=x", "demo does not take label=…"),
    ("open birds.csv label=", "label= expects the name of a column"),
    ("open birds.csv label=species x=beak_*,", "x= expects the name of a column"),
    ("open birds.csv label=species label=place", "label= is given twice"),
    ("open birds.csv label=species x=place x=seen", "x= is given twice"),
    ("open birds.csv label=kind", "expected a column kind"),
    ("open birds.csv label=species x=wing_*", "expected a column wing_* for x"),
  ])
  func whatGoesWrongIsSaid(command: String, words: String) throws {
    let error = try #require(try run(command, in: workspace()).lines().first?["error"])
    #expect(error["message"]?.string?.contains(words) == true, "\(error.text())")
  }

  /// On numbers the plugin is the built-in vector encoder, through every door, also in training.
  @Test func numbersGiveWhatVectorGives() throws {
    let workspace = try workspace()
    var generator = SeededGenerator(seed: 4)
    let lines = (0..<60).map { index -> String in
      let rows = (0..<3).map { view in
        (0..<6).map { _ in
          String(format: "%.3f", Double(index % 3 * view) + generator.normal())
        }.joined(separator: ",")
      }
      return "{\"id\":\"s\(index)\",\"label\":\"\(index % 3)\",\"pix\":[\(rows[0])],"
        + "\"fou\":[\(rows[1])],\"fac\":[\(rows[2])]}"
    }
    try workspace.write(lines.joined(separator: "\n"), to: "views.jsonl")
    func outcome(_ encoder: String) throws -> [JSONValue] {
      let results = try run(
        """
        plugin load ./tabular.so
        use pix,fou,fac \(encoder)
        open views.jsonl
        train epochs=10
        evaluate
        sweep fac gaussian
        sweep pix dropout
        sweep fou shuffle
        """, in: workspace
      ).results()
      try #require(results.count == 8)
      #expect(results[1]["modality"] == "pix,fou,fac")
      #expect(
        results[2]["modalities"]?.elements?.allSatisfy { $0["encoder"]?.string == encoder } == true)
      return results.dropFirst(3).map(\.withoutSeconds)
    }
    #expect(try outcome("tabular") == outcome("vector"))
  }

  /// Which corruptions there are is checked before the methods: `gaussian` is tabular's.
  @Test func benchmarksTakeTheChosenEncoder() throws {
    let lines = try run(
      """
      plugin load ./tabular.so
      benchmark demo --sweep text:gaussian --methods none
      use text tabular
      benchmark demo --sweep text:gaussian --methods none
      """, in: workspace()
    ).lines()
    try #require(lines.count == 4)
    #expect(lines[1]["error"]?["code"] == "unknown-corruption")
    #expect(lines[3]["error"]?["code"] == "unknown-method")
  }

  @Test func useRefusesAnUnknownOneOfSeveral() throws {
    let lines = try run(
      "plugin load ./tabular.so; open birds.csv label=species beak=beak_* rest=*;"
        + "use beak,nest tabular scaling=none; use beak,rest tabular scaling=standard",
      in: workspace()
    ).lines()
    try #require(lines.count == 4)
    #expect(lines[2]["error"]?["code"] == "unknown-modality")
    #expect(lines[3]["result"]?["modality"] == "beak,rest")
    #expect(lines[3]["result"]?["configuration"]?["scaling"] == "standard")
  }

  @Test func theConformanceKitFindsNothing() throws {
    let wide = (0..<3).map { row in
      "'{" + (0..<9).map { "\"c\($0)\":\(($0 * 5 + row * 3) % 11)" }.joined(separator: ",") + "}'"
    }
    let workspace = try workspace()
    for (index, text) in wide.enumerated() {
      try workspace.write(String(text.dropFirst().dropLast()), to: "row\(index).json")
    }
    let check = try run(
      "plugin check ./tabular.so row0.json row1.json row2.json", in: workspace
    ).results()
    #expect(check.first?["findings"]?.elements?.isEmpty == true, "\(check.map { $0.text() })")
  }
}
