import Foundation
import Testing

@testable import EAURepl

/// What is written, where to, and what happens when it cannot be.
@Suite("writing", .enabled(if: EauProcess.isBuilt))
struct WritingTests {
  private let bytes = Array("new".utf8)

  @Test func linksAreFollowedAndPermissionsKept() throws {
    let workspace = try Workspace()
    try workspace.write("old", to: "target.csv")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: workspace.path("target.csv"))
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("link.csv"), withDestinationPath: "target.csv")
    try AtomicFile.write(bytes, to: workspace.path("link.csv"))
    #expect(try workspace.text("target.csv") == "new")
    let attributes = try FileManager.default.attributesOfItem(atPath: workspace.path("target.csv"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: workspace.path("link.csv"))
    #expect(link == "target.csv")
  }

  /// A pipe is written into; a device is still one afterwards.
  @Test func whatIsNoFileIsNotReplaced() throws {
    let workspace = try Workspace()
    let pipe = workspace.path("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try AtomicFile.write(bytes, to: pipe)
    var found = [UInt8](repeating: 0, count: 8)
    #expect(read(reader, &found, 8) == 3)
    let error = #expect(throws: CommandError.self) {
      try AtomicFile.write(bytes, to: "/dev/full")
    }
    #expect(error?.message.contains("no space left") == true)
    #expect(error?.hint.contains("make room") == true)
    var status = stat()
    #expect(stat("/dev/full", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
    #expect(throws: CommandError.self) { try AtomicFile.write(bytes, to: workspace.folder.path) }
  }

  @Test(arguments: ["table", "jsonl", "csv"])
  func anAnswerThatCannotBeWrittenFails(_ mode: String) throws {
    let program = try #require(PseudoTerminal.program)
    let run = try EauProcess.run(
      "/bin/sh", ["-c", "'\(program)' --output \(mode) -c 'help; help open' > /dev/full"],
      in: Workspace())
    #expect(run.status == 1)
    #expect(run.stderr.contains("cannot write the answer to stdout: no space left"))
    #expect(run.stderr.split(separator: "\n").count == 2, "the rest is not tried")
  }

  /// Data for programs are not cut at a page's edge.
  @Test func anotherFormOfTheLastResultIsWhole() throws {
    let output = try EauProcess.run(
      [
        "-c",
        "restore '\(try DemoModel.trained().path)'; load text bird; weights; last --as jsonl",
      ], in: Workspace())
    let line = try #require(output.stdout.split(separator: "\n").last)
    #expect(line.utf8.count > 200)
    #expect(try JSONValue.parse(String(line))["result"]?["rule"] == "perDimension")
  }

  /// One prompt sleeps while another comes and goes; neither loses the other's lines.
  @Test func twoPromptsShareAHistory() throws {
    let workspace = try Workspace()
    let program = try #require(PseudoTerminal.program)
    let start: JSONValue = ["line": .string("'\(program)' --no-rc")]
    let (shell, prompt): (JSONValue, JSONValue) = (["expect": "shell> "], ["expect": "eau> "])
    let result = try PseudoTerminal.run(
      ["/bin/bash", "--norc", "--noprofile", "-i"],
      environment: [
        "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "shell> ", "EAU_AUTOSAVE": "off",
        "EAU_HISTORY": .string(workspace.path("history")), "HOME": .string(workspace.folder.path),
      ], timeout: 60,
      steps: [
        shell, start, prompt, ["line": "help drop"], ["expect": "usage"], prompt,
        ["key": "ctrl-z"], shell, start, prompt, ["line": "help clean"], ["expect": "usage"],
        prompt,
        ["key": "ctrl-d"], shell, ["line": "fg"], ["expect": "eau"], ["line": "help mode"],
        ["expect": "usage"], prompt, ["key": "ctrl-d"], shell, ["line": "exit"], ["exit": 0],
      ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    let lines = try workspace.text("history").split(separator: "\n").dropFirst()
    #expect(Array(lines) == ["help\\040drop", "help\\040clean", "help\\040mode"])
  }
}
