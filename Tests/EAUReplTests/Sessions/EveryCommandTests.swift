import Foundation
import Testing

@testable import EAURepl

/// Every command, typed at a pseudo-terminal: small and large, with and without colour, in an ASCII and
/// a Unicode locale.
@Suite("every command at a terminal", .enabled(if: EauProcess.isBuilt))
struct EveryCommandTests {
  struct Screen: Sendable, CustomTestStringConvertible {
    let rows: Int
    let columns: Int
    let language: String
    let isColoured: Bool

    var testDescription: String {
      "\(columns)×\(rows), \(language), \(isColoured ? "colour" : "no colour")"
    }
  }

  static let screens = [(24, 80), (50, 200)].flatMap { rows, columns in
    ["C.UTF-8", "C"].flatMap { language in
      [true, false].map {
        Screen(rows: rows, columns: columns, language: language, isColoured: $0)
      }
    }
  }

  /// In the order they are typed; each ends with the prompt. `history` and those that need a trained
  /// model, data or a sample come behind what gives it.
  static func lines(model: String) -> [String] {
    [
      "help", "help all", "help corrupt", "mode", "open demo", "samples bee",
      "encoders", "restore '\(model)'", "sample 12", "inspect", "inspect audio", "weights",
      "predict",
      "corrupt image gaussian 7", "why", "whatif clean and drop audio", "nearest 3",
      "explain alpha",
      "explain mfcc", "plot gaussians", "plot weights", "plot latent image", "plot confusion",
      "plot reliability", "plot risk", "plot sweep text drop", "plot last", "lesson", "lesson 1",
      "lesson hint",
      "lesson stop", "help sigma", "export sample a.png image", "undo", "redo", "drop text",
      "clean", "load text 'a small dog'",
      "sample 3", "sweep text drop", "evaluate --no-baselines", "outside text", "compare 1 2 3",
      "plot features text", "last --as csv", "train epochs=1", "plot losses", "save a.safetensors",
      "use text bag-of-words",
      "benchmark demo --seeds 1 --methods late epochs=1", "cache",
      "plugin list",
      "history", "history --save a.eau", "transcript tour.txt", "samples bell",
      "transcript off", "replay tour.txt",
      "source b.eau", "resume list", "alias noisy 'corrupt image gaussian 8'", "noisy --seed 3",
    ]
  }

  @Test func noCommandIsLeftOut() {
    let typed = Set(Self.lines(model: "").map { $0.prefix { $0 != " " } }.map(String.init))
    for command in Commands.all where command.name != "quit" {
      #expect(typed.contains(command.name), "type \(command.name) here, too")
    }
  }

  @Test(arguments: screens) func everyAnswerFitsTheScreen(_ screen: Screen) throws {
    let workspace = try Workspace()
    try workspace.write("samples\nsample 4\n", to: "b.eau")
    let prompt: JSONValue = ["expect": "eau> "]
    let steps = Self.lines(model: try DemoModel.trained().path).flatMap { line -> [JSONValue] in
      [["line": .string(line)], ["expect": "\n"], prompt]
    }
    let result = try PseudoTerminal.run(
      [try #require(PseudoTerminal.program), "--no-rc"],
      environment: [
        "TERM": "xterm-256color", "LANG": .string(screen.language), "LC_ALL": nil, "LC_CTYPE": nil,
        "NO_COLOR": screen.isColoured ? nil : "1", "COLORTERM": nil, "COLUMNS": nil, "LINES": nil,
        "CLICOLOR_FORCE": nil, "EAU_AUTOSAVE": "off", "EAU_HISTORY": "", "EAU_IMAGES": "off",
        "HOME": .string(workspace.folder.path),
        "XDG_CACHE_HOME": .string(workspace.path("cache")),
      ],
      size: (screen.rows, screen.columns), timeout: 120, directory: workspace.folder.path,
      steps: [prompt] + steps + [["line": "quit"], ["exit": 0]])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
    let raw = try #require(result["raw"]?.string)
    let transcript = try #require(result["transcript"]?.string)
    #expect(
      !transcript.contains("error:"),
      "\(transcript.components(separatedBy: "error:").last?.prefix(300) ?? "")")
    for line in try Self.lines(of: raw) {
      #expect(displayWidth(line) <= screen.columns, "\(line)")
    }
    let colours = try Regex("\u{1B}\\[(?:[0-9;]*;)?(?:[34][0-8]|9[0-7]|10[0-7])[0-9;]*m")
    #expect(raw.contains(colours) == screen.isColoured)
    if screen.language == "C" {
      #expect(transcript.unicodeScalars.allSatisfy { $0.isASCII })
    } else {
      #expect(transcript.contains("█"))
    }
  }

  /// The text between line breaks and returns, without escape sequences; what the line editor moved
  /// back over is not counted twice.
  private static func lines(of raw: String) throws -> [String] {
    let escape = try Regex("\u{1B}\\[[0-?]*[ -/]*[@-~]|\u{1B}[=>()][0AB]?")
    return raw.replacing(escape, with: "").unicodeScalars
      .split { $0 == "\n" || $0 == "\r" }
      .map { String(String.UnicodeScalarView($0.filter { $0 != "\u{8}" })) }
      .filter { !$0.contains("eau> ") }
  }
}
