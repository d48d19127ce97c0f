import Foundation
import Testing

@testable import EAURepl

/// A text can be a sentence or the path of a file.
@Suite("text files", .enabled(if: EauProcess.isBuilt))
struct TextFileTests {
  private func captions(_ values: [String], in workspace: Workspace) throws -> [String] {
    let commands = values.map { "load text '\($0)'" }.joined(separator: "; ")
    return try EauProcess.run(["--json", "-c", commands], in: workspace).results()
      .compactMap { $0["modalities"]?.elements?.last?["caption"]?.string }
  }

  @Test func aPathIsReadAndASentenceIsNot() throws {
    let workspace = try Workspace()
    try workspace.write("one two three four five", to: "tale.txt")
    try workspace.write("one two", to: "rain")
    #expect(
      try captions(
        ["tale.txt", "./tale.txt", "rain", "./rain", "no.txt", "see tale.txt"], in: workspace)
        == ["5 words", "5 words", "1 word", "2 words", "2 words", "3 words"])
  }

  /// As many words as a long novel has, and one that no sentence has.
  @Test func aLongTextIsReadWhole() throws {
    let workspace = try Workspace()
    let line = "The quick brown fox jumps over the lazy dog near the old bell tower.\n"
    try workspace.write(String(repeating: line, count: 50_000) + "zebra", to: "long.txt")
    #expect(
      try captions(["long.txt"], in: workspace) == ["700001 words, the first 10000 of them here"])
    let words = (0..<1000).map { "word\($0)" }.joined(separator: " ")
    try workspace.write(words, to: "many.txt")
    let shown = try EauProcess.run(["-c", "load text many.txt"], in: workspace).stdout
    #expect(shown.contains("word199") && !shown.contains("word200"))
    #expect(shown.contains("800 other words are not shown"))
  }
}
