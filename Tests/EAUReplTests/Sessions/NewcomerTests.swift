import Foundation
import Testing

@testable import EAURepl

/// What newcomers stumbled over.
@Suite("newcomers", .enabled(if: EauProcess.isBuilt))
struct NewcomerTests {
  private func hint(_ command: String, _ files: [String: String]) throws -> String {
    let workspace = try Workspace()
    for name in files.keys.sorted() { try workspace.write(files[name] ?? "", to: name) }
    let output = try EauProcess.run(["--json", "-c", command], in: workspace)
    let error = try #require(try output.lines().first?["error"], "\(output.stdout)")
    return
      "\(error["code"]?.string ?? ""): \(error["message"]?.string ?? "") \(error["hint"]?.string ?? "")"
  }

  @Test(arguments: [
    ("open a.csv label=specis", "did you mean species?"),
    ("open a.csv label=species id=tagg", "did you mean tag?"),
    ("open a.csv label=species size=beek", "did you mean beak?"),
    ("open a.csv", "label=COLUMN"),
    ("open a.csv label=weather", "found columns: tag, species, beak"),
  ])
  func missingColumnsAreExplained(command: String, words: String) throws {
    let text = "tag,species,beak\n1,owl,3\n2,tit,4\n3,owl,5\n"
    let found = try hint(command, ["a.csv": text])
    #expect(found.hasPrefix("missing-column: ") && found.contains(words), "\(found)")
    #expect(found.contains("found columns: tag, ") && found.contains("beak"))
  }

  @Test func anotherNameIsProposed() throws {
    let found = try hint("open a.csv", ["a.csv": "id,lable,text\n1,a,x\n2,b,y\n"])
    #expect(found.contains("did you mean lable? `label=lable` says so"), "\(found)")
  }

  @Test(arguments: [";", "\t"]) func otherSeparatorsAreRead(_ separator: String) throws {
    let workspace = try Workspace()
    let rows = (0..<8).map { "\($0),\($0 % 2 == 0 ? "even" : "odd"),word\($0)" }
    let text = (["id,label,text"] + rows).joined(separator: "\n")
    try workspace.write(text.replacing(",", with: separator), to: "m.csv")
    let results = try EauProcess.run(["--json", "-c", "open m.csv"], in: workspace).results()
    #expect(results[0]["samples"] == 8)
  }

  /// Chosen while a data set without text is open, used by the next one that has it.
  @Test func encodersCanBeChosenAhead() throws {
    let workspace = try Workspace()
    try workspace.write(
      "id,label,pair\n" + (0..<8).map { "\($0),\($0 % 2),\($0) 1" }.joined(separator: "\n"),
      to: "m.csv")
    let lines = try EauProcess.run(
      [
        "--json", "--keep-going", "-c", "open m.csv; train epochs=1; use text hashed-words", "-c",
        "weights; use txt hashed-words; sample 1; weights; open demo",
      ], in: workspace
    ).lines()
    #expect(lines[2]["ok"] == true, "\(lines[2].text())")
    #expect(lines[4]["error"]?["code"] == "unknown-modality")
    #expect(lines[6]["ok"] == true, "the model stays")
    let text = lines[7]["result"]?["modalities"]?.elements?.first { $0["name"] == "text" }
    #expect(text?["encoder"] == "hashed-words")
  }
}
