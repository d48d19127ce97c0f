import Foundation
import Testing

@testable import EAURepl

/// `plot` at terminals that show images, that do not, and that say nothing at all.
@Suite("plots at a terminal", .enabled(if: EauProcess.isBuilt))
struct TerminalImageTests {
  private static let kitty = (ImageFormat.question, "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;c")
  private static let sixel = (ImageFormat.question, "\u{1B}[?62;4;22c")
  private static let plain = (ImageFormat.question, "\u{1B}[?62;22c")

  private func session(
    _ answers: [(String, String)], environment: [(String, JSONValue)] = [], _ lines: [String],
    expecting: String
  ) throws -> String {
    let trained = try DemoModel.trained()
    let workspace = try Workspace()
    let base: [(String, JSONValue)] = [
      ("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("LC_ALL", nil), ("TMUX", nil),
      ("STY", nil), ("COLUMNS", nil), ("EAU_IMAGES", nil), ("NO_COLOR", nil),
      ("HOME", .string(workspace.folder.path)), ("EAU_HISTORY", ""),
    ]
    let prompt: JSONValue = ["expect": "eau> "]
    let open = "restore '\(trained.path)'; load text bell"
    let steps =
      [prompt, ["line": .string(open)], ["expect": "bell"], prompt]
      + lines.flatMap { line -> [JSONValue] in
        [["line": .string(line)], ["expect_raw": .string(expecting)], prompt]
      } + [["pause": 0.4], ["key": "ctrl-d"], ["exit": 0]]
    let result = try PseudoTerminal.run(
      [try #require(PseudoTerminal.program)],
      environment: .object(
        base.filter { known in !environment.contains { $0.0 == known.0 } } + environment),
      answers: answers, steps: steps)
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    return try #require(result["raw"]?.string)
  }

  private static func count(_ text: String, in raw: String) -> Int {
    raw.components(separatedBy: text).count - 1
  }

  @Test func kittyGetsAPNGAndIsAskedOnce() throws {
    let raw = try session(
      [Self.kitty], ["plot weights", "plot gaussians"], expecting: "a=T,f=100,q=2,c=80")
    #expect(Self.count(ImageFormat.question, in: raw) == 1)
    #expect(Self.count("\u{1B}_Ga=T", in: raw) == 2)
    #expect(!raw.contains("i=31;OK"), "the answer is neither echoed nor typed")
  }

  @Test func aSixelTerminalGetsSixels() throws {
    let raw = try session([Self.sixel], ["plot weights"], expecting: "\u{1B}P0;1;0q")
    #expect(!raw.contains("62;4"))
  }

  @Test func otherTerminalsGetText() throws {
    for answers in [[Self.plain], []] {
      let raw = try session(answers, ["plot weights", "plot weights"], expecting: "alpha")
      #expect(!raw.contains("\u{1B}P0") && !raw.contains("\u{1B}_Ga=T"))
      #expect(Self.count(ImageFormat.question, in: raw) == 1)
    }
  }

  /// An answer that comes when the prompt is back is swallowed, not typed.
  @Test func aLateAnswerIsNotTyped() throws {
    let trained = try DemoModel.trained()
    let workspace = try Workspace()
    let result = try PseudoTerminal.run(
      [try #require(PseudoTerminal.program)],
      environment: [
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "TMUX": nil, "STY": nil, "EAU_IMAGES": nil,
        "HOME": .string(workspace.folder.path), "EAU_HISTORY": "",
      ],
      steps: [
        ["expect": "eau> "], ["line": .string("restore '\(trained.path)'; load text bell")],
        ["expect": "eau> "], ["line": "plot weights"], ["expect": "alpha"], ["expect": "eau> "],
        ["send": "wei"], ["send": .string(Self.kitty.1)], ["line": "ghts"],
        ["expect": "alpha"], ["expect": "eau> "], ["key": "ctrl-d"], ["exit": 0],
      ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    #expect(result["transcript"]?.string?.contains("error") == false)
  }

  @Test func theEnvironmentOverrules() throws {
    let off = try session(
      [Self.kitty], environment: [("EAU_IMAGES", "off")], ["plot weights"], expecting: "alpha")
    #expect(!off.contains(ImageFormat.question))
    let chosen = try session(
      [], environment: [("EAU_IMAGES", "sixel")], ["plot weights"], expecting: "\u{1B}P0;1;0q")
    #expect(!chosen.contains(ImageFormat.question))
    let inside = try session(
      [Self.kitty], environment: [("TMUX", "/tmp/tmux-0/default,1,0")], ["plot weights"],
      expecting: "alpha")
    #expect(!inside.contains(ImageFormat.question))
  }

  @Test func pipesGetTextAndNoQuestion() throws {
    let trained = try DemoModel.trained()
    let run = try EauProcess.run(
      ["-c", "restore '\(trained.path)'; load text bell; plot weights"], in: Workspace(),
      environment: ["TERM": "xterm-kitty"])
    #expect(run.stdout.contains("alpha") && !run.stdout.contains("\u{1B}"))
  }
}
