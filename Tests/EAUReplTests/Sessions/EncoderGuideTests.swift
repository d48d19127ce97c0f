import EncoderChecks
import Foundation
import Testing

@testable import EAURepl

/// docs/encoders/writing-an-encoder.md, followed to the letter: each section in a folder of its own.
@Suite("the guide to writing encoders", .enabled(if: EauProcess.isBuilt))
struct EncoderGuideTests {
  private static let text =
    (try? String(
      contentsOf: DocumentationTests.root.appending(path: "docs/encoders/writing-an-encoder.md"),
      encoding: .utf8)) ?? ""

  static let sections = text.components(separatedBy: "\n## In ").dropFirst().map {
    $0.components(separatedBy: "\n## ")[0]
  }

  @Test(arguments: sections) func section(_ section: String) throws {
    let workspace = try Workspace()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: workspace.folder.path)
    let blocks = section.components(separatedBy: "\n```").enumerated()
      .filter { $0.offset % 2 == 1 }.map(\.element)
    var (printed, ran) = ("", 0)
    for block in blocks {
      let head = String(block.prefix { $0 != "\n" })
      let content = String(block.dropFirst(head.count + 1))
      switch head {
      case "sh": printed = try shell(content, in: workspace)
      case "output": #expect(printed == content + "\n")
      case "console":
        try session(content, in: workspace)
        ran += 1
      default:
        let path = try #require(head.split(separator: " ").last).description
        // What it replaces must have been written by `plugin new`.
        try #require(FileManager.default.fileExists(atPath: workspace.path(path)), "\(path)")
        try workspace.write(content + "\n", to: path)
      }
    }
    #expect(ran == 1)
  }

  private func shell(_ commands: String, in workspace: Workspace) throws -> String {
    let folder = URL(filePath: try #require(PseudoTerminal.program)).deletingLastPathComponent()
      .path
    var environment = SwiftBuilds.environment
    environment["PATH"] = "\(folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    let run = try EauProcess.run(
      "/usr/bin/env", ["sh", "-ec", "umask 022\n\(commands)"], in: workspace,
      environment: environment)
    try #require(run.status == 0, "\(run.stdout) \(run.stderr)")
    return run.stdout
  }

  private func session(_ block: String, in workspace: Workspace) throws {
    let lines = block.components(separatedBy: "\n")
    let commands = lines.filter { $0.hasPrefix("eau> ") }.map { String($0.dropFirst(5)) }
    let run = try EauProcess.run(["-c", commands.joined(separator: "\n")], in: workspace)
    #expect(run.status == 0, "\(run.stderr)")
    let expected = lines.filter { !$0.hasPrefix("eau> ") }
    let difference = AnswerComparison(tolerance: 0.1).difference(
      expected, run.stdout.components(separatedBy: "\n"))
    #expect(difference == nil, "\(run.stdout)")
    #expect(run.stdout.contains("alpha"), "the model weighs the new modality")
  }

  @Test func allThreeLanguagesAreThere() {
    #expect(Self.sections.map { String($0.prefix { $0 != "\n" }) } == ["Python", "C", "Swift"])
  }

  @Test func everyCheckIsExplainedInItsOwnWords() {
    for check in EncoderCheck.allCases {
      #expect(Self.text.contains("| `\(check.rawValue)` | \(check.explanation) |"))
    }
  }
}
