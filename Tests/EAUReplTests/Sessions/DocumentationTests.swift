import Foundation
import Testing

@testable import EAURepl

/// The examples of README.md and of the encoders' guides are what the program prints.
///
/// A `console` block is one session: lines after `eau> ` are run, the rest is compared with what
/// comes out. A line `…` stands for any lines. Numbers may differ a little (other processors round
/// otherwise, and training amplifies it); bars are compared by their ends. A block that begins with
/// `csv NAME` is a file of that name. Plugins are the ones that were built with the tests.
@Suite(.enabled(if: PseudoTerminal.program != nil))
struct DocumentationTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardizedFileURL

  static let readmeBlocks = blocks(of: "README.md")
  static let guideBlocks = [
    "encoders/vector", "encoders/tabular", "encoders/time-series", "what-if",
  ].flatMap { blocks(of: "docs/\($0).md") }

  struct Block: Sendable, CustomTestStringConvertible {
    let text: String
    let files: [(name: String, content: String)]
    var testDescription: String { text }
  }

  private static func blocks(of document: String) -> [Block] {
    let text = (try? String(contentsOf: root.appending(path: document), encoding: .utf8)) ?? ""
    func fenced(_ beginning: String) -> [String] {
      text.components(separatedBy: "```\(beginning)").dropFirst().map {
        $0.components(separatedBy: "\n```")[0]
      }
    }
    let files = fenced("csv ").map { block in
      let name = block.prefix { $0 != "\n" }
      return (name: String(name), content: String(block.dropFirst(name.count + 1)))
    }
    return fenced("console\n").map { Block(text: $0, files: files) }
  }

  @Test func documentsHaveExamples() {
    #expect(Self.readmeBlocks.count >= 3)
    #expect(Self.guideBlocks.count >= 4)
  }

  @Test(arguments: readmeBlocks + guideBlocks) func example(_ block: Block) throws {
    let workspace = try Workspace()
    for file in block.files { try workspace.write(file.content, to: file.name) }
    let lines = block.text.components(separatedBy: "\n")
    let commands = lines.filter { $0.hasPrefix("eau> ") }.map { String($0.dropFirst(5)) }
    let expected = lines.filter { !$0.hasPrefix("eau> ") }
    let run = try EauProcess.run(
      [
        "-c", commands.joined(separator: "\n"), "--keep-going",
      ], in: workspace)
    // At a prompt an error has no place before it.
    let found = (run.stdout + run.stderr.replacing(#/-c:\d+: error/#, with: "error"))
      .components(separatedBy: "\n")
    #expect(Self.matches(expected[...], found[...]), "\(found.joined(separator: "\n"))")
  }

  /// Whether the lines are the expected ones up to trailing lines and what `…` stands for.
  static func matches(_ expected: ArraySlice<String>, _ found: ArraySlice<String>) -> Bool {
    guard let first = expected.first else {
      return found.allSatisfy { $0.isEmpty }
    }
    if first == "…" {
      let rest = expected.dropFirst()
      if rest.isEmpty { return true }
      return found.indices.contains { matches(rest, found[$0...]) }
    }
    guard let line = found.first, alike(first, line) else { return false }
    return matches(expected.dropFirst(), found.dropFirst())
  }

  private static func alike(_ expected: String, _ found: String) -> Bool {
    let (a, b) = (words(expected), words(found))
    guard a.count == b.count else { return false }
    return zip(a, b).allSatisfy { left, right in
      if left == right { return true }
      guard let x = Double(left), let y = Double(right) else { return false }
      return abs(x - y) <= 0.1 * max(1, abs(x))
    }
  }

  private static func words(_ line: String) -> [String] {
    line.replacing(#/▕.*▏ /#, with: "▕▏ ").split(whereSeparator: \.isWhitespace)
      .map(String.init)
  }

  @Test func theComparisonCanFail() {
    #expect(Self.matches(["a", "…", "c 1.0"], ["a", "x", "y", "c 1.05", ""]))
    #expect(!Self.matches(["a", "…", "c 1.0"], ["a", "x", "c 1.5"]))
    #expect(!Self.matches(["a"], ["b"]))
    #expect(!Self.matches(["a"], ["a", "b"]))
  }
}
