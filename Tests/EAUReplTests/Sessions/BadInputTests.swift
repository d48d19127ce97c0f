import Foundation
import Testing

@testable import EAURepl

/// A bad input costs one command with one line of error and one of hint; the session goes on.
@Suite("bad input", .enabled(if: EauProcess.isBuilt))
struct BadInputTests {
  /// Follows each bad command: a session that goes on answers it.
  private static let probe = "help quit"

  private static let script: [String] =
    BadInput.untrained.flatMap { [$0.statement, probe] }
    + ["open demo", "train epochs=1", "sample 1"]
    + BadInput.trained.flatMap { [$0.statement, probe] }

  /// The number of a bad command's line, from 1.
  private static func line(_ bad: BadInput) -> Int {
    (script.firstIndex(of: bad.statement) ?? -1) + 1
  }

  private static func makeFiles() throws -> Workspace {
    let workspace = try Workspace()
    try FileManager.default.createDirectory(
      at: workspace.folder.appending(path: "folder"), withIntermediateDirectories: false)
    #expect(mkfifo(workspace.path("pipe"), 0o600) == 0)
    try workspace.write([], to: "empty.png")
    try workspace.write([], to: "zero.wav")
    try workspace.write("This is no picture.\n", to: "text.png")
    try workspace.copy(fixture: "modalities/rgb-8.png", to: "cut.png", limit: 120)
    try workspace.copy(fixture: "modalities/rgb-8.png", to: "stump.png", limit: 20)
    try workspace.copy(fixture: "modalities/tone-22050.ogg", to: "cut.ogg", limit: 2500)
    try workspace.copy(fixture: "modalities/no-samples.wav", to: "no-samples.wav")
    try workspace.write(PNGBytes.header(width: 500_000, height: 500_000), to: "huge.png")
    try workspace.write("id,image\na,p.png\n", to: "no-label.csv")
    try workspace.copy(fixture: "modalities/rgb-8.png", to: "p.png")
    try workspace.write(
      "id,label,image,text\na,x,p.png,words\nb,y,p.png\n", to: "ragged.csv")
    try workspace.write("id,label,image\na,x,gone.png\nb,y,p.png\n", to: "gone.csv")
    try workspace.write(
      (0..<2000).map { UInt8(truncatingIfNeeded: $0 * 37) }, to: "garbage.safetensors")
    return workspace
  }

  private static func runScript(_ options: [String]) throws -> EauProcess.Output {
    try EauProcess.run(
      options + ["--keep-going"], input: script.joined(separator: "\n") + "\n", in: makeFiles())
  }

  private static let json = Result { try runScript(["--json"]) }
  private static let text = Result { try runScript([]) }

  @Test(arguments: BadInput.untrained + BadInput.trained)
  func isOneExplainedErrorInJSON(_ bad: BadInput) throws {
    let line = Self.line(bad)
    let answers = try Self.json.get().lines()
    let answer = try #require(line >= 1 && line < answers.count ? answers[line - 1] : nil)
    let error = try #require(answer["error"], "\(answer.text())")
    #expect(answer.keys == ["command", "ok", "error"])
    #expect(error.keys == ["code", "message", "hint", "line"])
    #expect(answer["command"]?.string == bad.command)
    #expect(answer["ok"] == false)
    #expect(error["code"]?.string == bad.code)
    #expect(error["line"]?.integer == line)
    for (text, start) in [(error["message"], bad.message), (error["hint"], bad.hint)] {
      let text = try #require(text?.string)
      #expect(text.hasPrefix(start), "\(text)")
      #expect(!text.isEmpty && !text.contains("\n"))
    }
    #expect(answers[line]["ok"] == true, "the session goes on: \(answers[line].text())")
  }

  @Test(arguments: BadInput.untrained + BadInput.trained)
  func isOneLineAndAHintAsText(_ bad: BadInput) throws {
    let lines = try Self.text.get().stderr.split(separator: "\n")
    let start = "stdin:\(Self.line(bad)): error: \(bad.message)"
    let position = try #require(lines.firstIndex { $0.hasPrefix(start) }, "\(start)")
    let hint = lines.index(after: position)
    try #require(hint < lines.endIndex)
    #expect(lines[hint].hasPrefix("  hint: \(bad.hint)"), "\(lines[hint])")
  }

  @Test func messagesAreAllThereIsOnStandardError() throws {
    let output = try Self.text.get()
    #expect(output.status == 1)
    let bad = BadInput.untrained.count + BadInput.trained.count
    #expect(output.stderr.split(separator: "\n").count == 2 * bad, "\(output.stderr)")
    #expect(!output.stderr.contains("\u{1B}"))
    #expect(!output.stdout.contains("error"))
    let probes = output.stdout.components(separatedBy: "usage: quit").count - 1
    #expect(probes == bad)
  }

  @Test func everyLineGetsOneAnswer() throws {
    let output = try Self.json.get()
    #expect(output.status == 1)
    #expect(output.stderr == "")
    #expect(try output.lines().count == Self.script.count)
  }

  @Test func aCutModelFileIsRefused() throws {
    let workspace = try Workspace()
    let bytes = try Data(contentsOf: URL(filePath: DemoModel.trained().path))
    for length in [0, 7, 8, 100, bytes.count / 2, bytes.count - 1] {
      try workspace.write(Array(bytes.prefix(length)), to: "cut-\(length).safetensors")
      let output = try EauProcess.run(
        ["--json", "--keep-going", "-c", "restore cut-\(length).safetensors; weights"],
        in: workspace)
      let lines = try output.lines()
      #expect(output.status == 1)
      #expect(lines.count == 2)
      #expect(lines.first?["error"]?["code"] == "bad-model-file", "\(output.stdout)")
      #expect(lines.last?["error"]?["code"] == "no-model", "nothing of it is kept")
    }
  }

  /// The check value of CRC-32/ISO-HDLC; a wrong one would make the huge header merely damaged.
  @Test func checksumOfTheMadePictures() {
    #expect(PNGBytes.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
  }
}
