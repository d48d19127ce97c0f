import Foundation
import Testing

@testable import EAURepl

/// The examples of README.md and of the guides are what the program prints: `replay --check` runs the
/// console blocks of each document, each in a session of its own.
///
/// Numbers may differ by a tenth (other processors round otherwise, and training amplifies it). A block
/// that begins with `csv NAME` is a file of that name. Plugins are the ones that were built with the
/// tests.
@Suite(.enabled(if: PseudoTerminal.program != nil))
struct DocumentationTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL

  static let documents =
    ["README.md", "docs/prompt.md", "docs/pictures.md", "docs/what-if.md"]
    + ["vector", "tabular", "time-series"].map { "docs/encoders/\($0).md" }

  @Test(arguments: documents) func examples(_ document: String) throws {
    let workspace = try Workspace()
    let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
    for block in text.components(separatedBy: "```csv ").dropFirst() {
      let content = block.components(separatedBy: "\n```")[0]
      let name = content.prefix { $0 != "\n" }
      try workspace.write(String(content.dropFirst(name.count + 1)), to: String(name))
    }
    try workspace.write(text, to: "document.md")
    let run = try EauProcess.run(
      ["--json", "-c", "replay document.md --check --tolerance 0.1"], in: workspace)
    let answer = try #require(try run.lines().first)
    #expect(answer["ok"] == true, "\(answer.indented())")
    #expect(answer["result"]?["commands"]?.integer ?? 0 >= 1)
  }
}
