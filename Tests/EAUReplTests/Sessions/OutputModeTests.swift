import ModalityKit
import Testing

@testable import EAURepl

/// The same answers in every form.
@Suite("output modes", .enabled(if: EauProcess.isBuilt))
struct OutputModeTests {
  private func run(_ mode: String, _ commands: String) throws -> EauProcess.Output {
    try EauProcess.run(
      ["--output", mode, "--keep-going", "-c", commands], in: Workspace())
  }

  @Test func jsonIsTheSameAsJSONLinesButIndented() throws {
    let commands = "open demo\nsamples --limit 3"
    let lines = try run("jsonl", commands).lines()
    let indented = try run("json", commands).stdout
    let objects = indented.components(separatedBy: "\n}\n").dropLast().map { $0 + "\n}" }
    try #require(objects.count == 2)
    #expect(try JSONValue.parse(objects[1]) == lines[1])
    #expect(objects[1].contains("\n  \"result\": {\n"))
  }

  @Test func csvHasATableForEachKindOfThing() throws {
    let output = try run("csv", "open demo\nsamples --limit 2\nnonsense")
    let tables = output.stdout.components(separatedBy: "\n\n")
    #expect(tables.contains { $0.hasPrefix("name,encoder,features,samples\nimage,thumbnail-hog,") })
    #expect(tables.contains { $0.hasPrefix("count\n600") })
    #expect(tables.last?.hasPrefix("number,id,label,split\n1,") == true)
    #expect(output.stderr.contains("error: unknown command"), "failures stay apart from data")
    #expect(!output.stdout.contains("nonsense"))
  }

  @Test func markdownHasTablesAndFencedDrawings() throws {
    let output = try run(
      "markdown", "restore '\(try DemoModel.trained().path)'; open demo; sample 3; weights")
    #expect(output.stdout.contains("\n| modality | encoder | features | samples |\n"))
    #expect(output.stdout.contains("```\nalpha (perDimension)\nimage "))
    #expect(output.stdout.components(separatedBy: "```").count % 2 == 1)
    #expect(!output.stdout.contains("\u{1B}"))
  }

  @Test func theModeChangesWithinASession() throws {
    let output = try run(
      "table", "open demo; mode csv; samples --limit 1; mode json; mode\nmode xml")
    #expect(output.stdout.contains("demo: 600 samples"))
    #expect(output.stdout.contains("number,id,label,split\n"))
    #expect(output.stdout.contains("\"mode\": \"json\""))
    #expect(output.stdout.contains("unknown-mode"), "in a JSON mode failures are data")
  }

  @Test func anUnknownModeIsWrongUsage() throws {
    #expect(try run("xml", "help").status == 2)
  }

  // MARK: Tables of results

  @Test func valuesListsAndObjectsBecomeTables() {
    let tables = ResultTable.tables(
      of: [
        "name": "a", "inner": ["x": 1.5], "list": [1, 2], "other": [3, 4], "short": [5],
        "rows": [["k": "v", "mu": [0.1, 0.2], "var": [1.0, 2.0]], ["k": "w", "extra": true]],
      ] as JSONValue)
    #expect(
      tables == [
        ResultTable(columns: ["name", "inner.x"], rows: [["a", 1.5]]),
        ResultTable(columns: ["index", "list", "other"], rows: [[0, 1, 3], [1, 2, 4]]),
        ResultTable(columns: ["index", "short"], rows: [[0, 5]]),
        ResultTable(
          columns: ["k", "index", "mu", "var", "extra"],
          rows: [
            ["v", 0, 0.1, 1.0, nil], ["v", 1, 0.2, 2.0, nil], ["w", nil, nil, nil, true],
          ]),
      ])
  }

  @Test func nestedObjectsNameTheirOwner() {
    let tables = ResultTable.tables(
      of: [
        "samples": [["id": "s", "parts": [["name": "image"], ["name": "text"]]]]
      ] as JSONValue)
    #expect(
      tables == [
        ResultTable(columns: ["id"], rows: [["s"]]),
        ResultTable(columns: ["parts of id", "name"], rows: [["s", "image"], ["s", "text"]]),
      ])
  }

  /// What CSV writes, the toolkit's own reader reads back.
  @Test func csvQuotesWhatNeedsIt() throws {
    let text = CSVRenderer.render(
      [
        "rows": [["a": "plain", "b": "with, comma"], ["a": "quote \" here", "b": "two\nlines"]]
      ] as JSONValue)
    #expect(
      text == "a,b\nplain,\"with, comma\"\n\"quote \"\" here\",\"two\nlines\"\n")
  }

  @Test(arguments: 0..<200) func anyResultHasTables(_ seed: UInt64) throws {
    var generator = RandomJSON(seed: seed)
    let value = generator.value(depth: 4)
    for table in ResultTable.tables(of: value) {
      #expect(table.rows.allSatisfy { $0.count == table.columns.count })
      #expect(Set(table.columns).count == table.columns.count)
    }
    _ = MarkdownRenderer(style: Transcript.style).render(Report(result: value))
    let indented = try JSONValue.parse(value.indented())
    let compact = try JSONValue.parse(value.text())
    #expect(indented == compact)
  }
}

/// Random JSON, the same from the same seed.
private struct RandomJSON {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func next(_ bound: UInt64) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % bound)
  }

  mutating func value(depth: Int) -> JSONValue {
    switch next(depth > 0 ? 8 : 4) {
    case 0: .null
    case 1: .integer(next(100))
    case 2: .bool(next(2) == 0)
    case 3: .string(["", "a", "index", "b.c", "\u{1B}[2J", "x,y"][next(6)])
    case 4, 5: .array((0..<next(4)).map { _ in value(depth: depth - 1) })
    default:
      .object(
        (0..<next(5)).map { index in
          (["a", "b", "index", "value", "c"][index], value(depth: depth - 1))
        })
    }
  }
}
