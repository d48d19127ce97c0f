import Foundation
import Testing

@testable import EAURepl

/// A person at a terminal of 80 columns and 24 lines.
@Suite("session at a terminal", .enabled(if: EauProcess.isBuilt))
struct PseudoTerminalSessionTests {
  private func session(
    _ arguments: [String] = [], environment: [(String, JSONValue)] = [], in workspace: Workspace,
    steps: [JSONValue]
  ) throws -> JSONValue {
    let base: [(String, JSONValue)] = [
      ("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("LC_ALL", nil), ("LC_CTYPE", nil),
      ("NO_COLOR", nil), ("COLORTERM", nil), ("COLUMNS", nil),
      ("HOME", .string(workspace.folder.path)), ("EAU_HISTORY", nil),
      ("XDG_STATE_HOME", .string(workspace.path("state"))),
    ]
    let changed = base.filter { variable in !environment.contains { $0.0 == variable.0 } }
    return try PseudoTerminal.run(
      [try #require(PseudoTerminal.program)] + arguments,
      environment: .object(changed + environment), timeout: 120, steps: steps)
  }

  private static let sentence = "un café très léger 小さな鳥 🎉"
  private static let prompt: JSONValue = ["expect": "eau> "]

  private static func say(_ line: String) -> [JSONValue] { [["line": .string(line)], prompt] }

  /// The text between line breaks and returns, without escape sequences.
  private func lines(_ result: JSONValue) throws -> [String] {
    let raw = try #require(result["raw"]?.string)
    let escape = try Regex("\u{1B}\\[[0-?]*[ -/]*[@-~]")
    // Scalar by scalar: CR LF is one Character.
    return raw.replacing(escape, with: "").unicodeScalars
      .split { $0 == "\n" || $0 == "\r" }.map { String(String.UnicodeScalarView($0)) }
  }

  private func expectWithin(
    _ columns: Int, _ result: JSONValue, without echo: String = "\u{8}"
  ) throws {
    for line in try lines(result) {
      let shown = line.replacing("\u{8}", with: "").replacing(echo, with: "")
      #expect(displayWidth(shown) <= columns, "\(shown)")
    }
  }

  /// It says how many trainings and seconds are left, stops, and goes on with what was measured.
  @Test func aBenchmarkStoppedByControlCGoesOn() throws {
    let workspace = try Workspace()
    let command: JSONValue = [
      "line": "benchmark demo --seeds 2 --methods late,concatenation epochs=2"
    ]
    let result = try session(
      environment: [("XDG_CACHE_HOME", .string(workspace.path("cache")))], in: workspace,
      steps: [
        Self.prompt, command, ["expect": "[12] of 4 trainings, \\d+ s left \\(late, seed [12]\\)"],
        ["key": "ctrl-c"], ["expect": "stopped"], ["expect": "the same command goes on from here"],
        Self.prompt, command, ["expect": "0 of [123] trainings"],
        ["expect": "± standard deviation"],
        ["expect": "concatenation"], Self.prompt,
      ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    try expectWithin(80, result)
  }

  @Test func aTrainingStoppedByControlCLeavesAModel() throws {
    let result = try session(
      in: Workspace(),
      steps: [Self.prompt] + Self.say("open demo")
        + [
          ["line": "train epochs=2000"], ["expect": "epoch \\d+ of 2000"], ["key": "ctrl-c"],
          ["expect": "stopped early"], Self.prompt,
        ] + Self.say("sample 1")
        + [
          ["line": "weights"], ["expect": "alpha"], ["expect": "image"], ["expect": "audio"],
          ["expect": "text"], Self.prompt,
          // A unique beginning is enough for a person.
          ["line": "wei"], ["expect": "alpha"], Self.prompt,
          ["send": "corrupt image gau"], ["key": "tab"], ["expect": "gaussian"], ["line": " 5"],
          ["expect": "image: gaussian 5"], Self.prompt,
          ["line": "quit nothing"], ["expect": "error: quit"], ["expect": "hint"], Self.prompt,
          ["key": "ctrl-d"], ["exit": 0],
        ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    // The terminal's echo of the key is the next test's.
    try expectWithin(80, result, without: "^C")
  }

  /// The echo behind a full progress line must not break it: what wraps cannot be erased.
  @Test func theEchoOfControlCFitsBehindTheProgressLine() throws {
    let result = try session(
      in: Workspace(),
      steps: [Self.prompt] + Self.say("open demo")
        + [
          ["line": "train epochs=2000"], ["expect": "epoch \\d+ of 2000"], ["key": "ctrl-c"],
          ["expect": "stopped early"], Self.prompt, ["key": "ctrl-d"], ["exit": 0],
        ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    try expectWithin(80, result)
  }

  @Test func severalCandidatesAreListed() throws {
    let result = try session(
      in: Workspace(),
      steps: [
        Self.prompt, ["send": "load au"], ["key": "tab"], ["send": "x"], ["key": "ctrl-c"],
        Self.prompt, ["send": "samp"], ["key": "tab"], ["key": "tab"], ["expect": "samples"],
        // Drawn again below the list: this prompt is not that of the next line.
        ["expect": "eau> samp"], ["key": "ctrl-c"], Self.prompt, ["key": "ctrl-d"], ["exit": 0],
      ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    #expect(result["transcript"]?.string?.contains("load audio x") == true)
  }

  /// Everything that draws, on a screen of 80 columns.
  @Test(arguments: ["C.UTF-8", "C"])
  func everyAnswerFitsTheScreen(_ language: String) throws {
    let trained = try DemoModel.trained()
    let picture = Workspace.fixture("modalities/rgb-alpha-8.png").path
    let commands = """
      help; help train; help open; encoders; restore '\(trained.path)'; open demo; samples; \
      sample 1; inspect; inspect image; inspect audio; inspect text; corrupt image gaussian 5; \
      corrupt audio noise 5; corrupt text drop 5; drop text; clean; weights; predict; \
      sweep image gaussian; evaluate; load image '\(picture)'; \
      load text "\(Self.sentence)"; weights; nonsense
      """
    let result = try session(
      ["-c", commands], environment: [("LANG", .string(language))], in: Workspace(),
      steps: [["exit": 1]])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    try expectWithin(80, result)
    if language == "C" {
      let raw = try #require(result["raw"]?.string)
      // A person's own words are shown as they are; all else keeps to what the language has.
      let foreign = raw.unicodeScalars.filter {
        !$0.isASCII && !Self.sentence.unicodeScalars.contains($0)
      }
      #expect(foreign.isEmpty, "\(String(String.UnicodeScalarView(foreign)).prefix(40))")
    }
  }

  @Test func aNarrowScreenIsNoReasonToFail() throws {
    let trained = try DemoModel.trained()
    let result = try PseudoTerminal.run(
      [
        try #require(PseudoTerminal.program), "-c",
        "restore '\(trained.path)'; open demo; sample 1; inspect; weights; predict",
      ],
      environment: ["TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": nil], size: (10, 40),
      timeout: 60, steps: [["exit": 0]])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
  }

  @Test(arguments: [("NO_COLOR", "1"), ("TERM", "dumb")])
  func colourIsLeftOutWhereItIsNotWanted(_ name: String, _ value: String) throws {
    let trained = try DemoModel.trained()
    let commands = "restore '\(trained.path)'; load text bird; inspect; weights"
    let coloured = try session(["-c", commands], in: Workspace(), steps: [["exit": 0]])
    #expect(coloured["raw"]?.string?.contains("\u{1B}[") == true)
    let plain = try session(
      ["-c", commands], environment: [(name, .string(value))], in: Workspace(),
      steps: [["exit": 0]])
    #expect(plain["ok"] == true)
    // Selects a colour: 30…37, 38;5;n, 38;2;r;g;b, 90…97 and the same for the background.
    let colours = try Regex("\u{1B}\\[(?:[0-9;]*;)?(?:[34][0-8]|9[0-7]|10[0-7])[0-9;]*m")
    #expect(plain["raw"]?.string?.contains(colours) == false)
    #expect(coloured["raw"]?.string?.contains(colours) == true)
  }
}
