import Foundation
import Testing

@testable import EAURepl

/// `benchmark` on the generated data set: its table, its files, and how it goes on.
@Suite("benchmark", .enabled(if: EauProcess.isBuilt))
struct BenchmarkSessionTests {
  private static let methods = ["calibrated", "late"]
  private static let protocols = ["clean", "image:gaussian", "audio:noise", "text:drop"]
  private static let log = "xdg-cache/eau/benchmarks/demo.jsonl"
  private static let row = [
    "method", "protocol", "mean", "std", "n", "nll", "brier", "ece", "aurc", "weightRatio",
    "spearman", "spearmanRealised",
  ]

  /// The first run, its result and what it left in its folder.
  private struct First: Sendable {
    let result: JSONValue
    let log: String
    let files: [String: String]
  }

  private static let first = Result { () throws -> First in
    let workspace = try Workspace()
    let result = try run("--out table", in: workspace)
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(filePath: workspace.path(name))), as: UTF8.self)
    }
    var files: [String: String] = [:]
    for name in ["table.csv", "table.json", "table.md"] { files[name] = try text(name) }
    return First(result: result, log: try text(log), files: files)
  }

  private static func run(_ options: String = "", in workspace: Workspace) throws -> JSONValue {
    let output = try EauProcess.run(
      [
        "--json", "-c",
        "benchmark demo --seeds 1 --methods \(methods.joined(separator: ",")) epochs=2 \(options)",
      ], in: workspace)
    #expect(output.status == 0, "\(output.stdout.suffix(400)) \(output.stderr)")
    return try #require(try output.results().first)
  }

  /// A folder in which an earlier run has left this log.
  private func workspace(log: String) throws -> Workspace {
    let workspace = try Workspace()
    try FileManager.default.createDirectory(
      atPath: workspace.path("xdg-cache/eau/benchmarks"), withIntermediateDirectories: true)
    try workspace.write(log, to: Self.log)
    return workspace
  }

  private func log(_ workspace: Workspace) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: workspace.path(Self.log))), as: UTF8.self)
  }

  @Test func theTableAsData() throws {
    let result = try Self.first.get().result
    #expect(result.keys == ["protocolSet", "seeds", "split", "rows", "seconds"])
    #expect(result["protocolSet"] == "demo" && result["seeds"] == 1 && result["split"] == "test")
    let rows = try #require(result["rows"]?.elements)
    let expected = Self.methods.flatMap { method in Self.protocols.map { "\(method) \($0)" } }
    #expect(
      rows.map { "\($0["method"]?.string ?? "") \($0["protocol"]?.string ?? "")" } == expected)
    for row in rows {
      #expect(row.keys == Self.row)
      #expect((0...100).contains(try #require(row["mean"]?.double)))
      // One seed has no deviation.
      #expect(row["std"]?.double == 0 && row["n"] == 1)
      let sweeps = row["method"] == "calibrated" && row["protocol"] != "clean"
      #expect((row["spearman"]?.double != nil) == sweeps)
    }
  }

  @Test func theTableAsFiles() throws {
    let first = try Self.first.get()
    let json = try JSONValue.parse(
      try #require(first.files["table.json"]).trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(json == first.result)
    let csv = try #require(first.files["table.csv"]).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(csv.first == Self.row)
    let rows = try #require(first.result["rows"]?.elements)
    try #require(csv.count == rows.count + 1)
    for (fields, row) in zip(csv.dropFirst(), rows) {
      try #require(fields.count == Self.row.count)
      #expect(fields[0] == row["method"]?.string && fields[1] == row["protocol"]?.string)
      for (field, name) in zip(fields, Self.row).dropFirst(2) {
        #expect(Double(field) == row[name]?.double, "\(name)")
      }
    }
    let markdown = try #require(first.files["table.md"]).split(separator: "\n")
    #expect(markdown.first == "| method | clean | image:gaussian | audio:noise | text:drop | ECE |")
    #expect(markdown.contains { $0.hasPrefix("| late | ") && $0.contains(" ±0.0 |") })
  }

  @Test func anInterruptedRunGoesOn() throws {
    let first = try Self.first.get()
    #expect(first.log.split(separator: "\n").count == 8)
    let complete = try workspace(log: first.log)
    #expect(try Self.run(in: complete)["rows"] == first.result["rows"])
    #expect(try log(complete) == first.log, "nothing is measured twice")

    // The last line is half written.
    let lines = first.log.split(separator: "\n")
    let half = try #require(lines.last).prefix(60)
    let cut = try workspace(log: (lines.dropLast() + [half]).joined(separator: "\n"))
    #expect(try Self.run(in: cut)["rows"] == first.result["rows"])
    // The training it belongs to is repeated, and every line of that can be read again.
    let repaired = try log(cut)
    #expect(repaired.split(separator: "\n") == lines.dropLast() + [half] + lines.suffix(4))
    #expect(try Self.run(in: cut)["rows"] == first.result["rows"])
    #expect(try log(cut) == repaired)
  }

  @Test func freshMeasuresAnew() throws {
    let first = try Self.first.get()
    let spoiled = first.log.replacing(/"accuracy":[0-9.]+/, with: "\"accuracy\":12.5")
    let workspace = try workspace(log: spoiled)
    let resumed = try #require(try Self.run(in: workspace)["rows"]?.elements)
    #expect(resumed.allSatisfy { $0["mean"]?.double == 12.5 }, "taken from the log")
    #expect(try Self.run("--fresh", in: workspace)["rows"] == first.result["rows"])
    #expect(try log(workspace) == first.log)
  }

  @Test(arguments: [
    ("nope", "unknown-benchmark"), ("", "usage"), ("demo handwritten", "usage"),
    ("demo --methods nope", "unknown-method"),
    ("demo --methods late,without-x", "unknown-modality"),
    ("demo --sweep image", "usage"), ("demo --sweep x:gaussian", "unknown-modality"),
    ("demo --withhold image:nope", "unknown-corruption"), ("demo nope=1", "bad-parameter"),
  ])
  func mistakesAreExplainedBeforeAnythingIsTrained(_ words: String, _ code: String) throws {
    let workspace = try Workspace()
    let output = try EauProcess.run(["--json", "-c", "benchmark \(words)"], in: workspace)
    #expect(output.status == 1)
    let error = try #require(try output.lines().first?["error"])
    #expect(error["code"]?.string == code, "\(error.text())")
    #expect(error["hint"]?.string?.isEmpty == false)
    #expect(!FileManager.default.fileExists(atPath: workspace.path(Self.log)))
  }
}
