import Foundation
import SeededRandom
import Testing

@testable import EAURepl

/// Whatever is typed, the session answers afterwards as it did before.
@Suite("any input", .enabled(if: EauProcess.isBuilt))
struct AnyInputTests {
  /// Lines of random bytes, of every kind a file can hold.
  @Test(arguments: 0..<8) func randomBytesLeaveTheSessionUsable(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed, stream: 1)
    var bytes: [UInt8] = Array("restore '\(try DemoModel.trained().path)'\nload text bird\n".utf8)
    for _ in 0..<400 {
      let length = generator.index(below: 60)
      let isText = generator.index(below: 2) == 0
      bytes += (0..<length).map { _ in
        // Half of the lines look like text, so that the tokenizer gets farther than its first byte.
        isText ? UInt8(32 + generator.index(below: 95)) : UInt8(generator.index(below: 256))
      }
      bytes.append(0x0A)
    }
    // What is joined to the next line shall not be what is asked last.
    bytes += Array("\n\nweights\n".utf8)
    try check(bytes)
  }

  /// Lines made of the language's own words in any order.
  @Test(arguments: 0..<8) func wordsInAnyOrderLeaveTheSessionUsable(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed, stream: 2)
    let left = ["quit", "train", "benchmark", "evaluate", "sweep", "outside", "replay", "source"]
    let verbs = Commands.all.map { $0.name }.filter { !left.contains($0) }
    let words =
      verbs + Commands.all.flatMap { $0.options + $0.flags }.map { "--" + $0 } + [
        "image", "text", "audio", "gaussian", "drop", "noise", "0", "3", "-1", "1e999", "nan", "''",
        "\"", "'", ";", "#", "\\", "=", "a=b", "size=96", "next", "last", "random", "demo",
        "current",
        "and", "é🎉", "\u{202E}", "--", "--=", "all", "off", "csv",
      ]
    var text = "restore '\(try DemoModel.trained().path)'\nload text bird\n"
    for _ in 0..<300 {
      let line =
        [verbs[generator.index(below: verbs.count)]]
        + (0..<generator.index(below: 6)).map { _ in words[generator.index(below: words.count)] }
      text += line.joined(separator: " ") + "\n"
    }
    // Wherever the words led, these lead back.
    text += "\n\nmode jsonl\nrestore '\(try DemoModel.trained().path)'\nload text bird\nweights\n"
    try check(Array(text.utf8))
  }

  private func check(_ bytes: [UInt8]) throws {
    let workspace = try Workspace()
    try workspace.write(bytes, to: "lines.eau")
    let run = try EauProcess.run(
      ["--json", "--keep-going", "--no-cache", "-f", "lines.eau"], in: workspace)
    #expect(run.status == 1, "\(run.stderr.suffix(300))")
    let last = try JSONValue.parse(String(run.stdout.split(separator: "\n").last ?? ""))
    #expect(last["command"] == "weights")
    #expect(last["result"]?["modalities"]?.elements?.isEmpty == false, "\(last.text())")
  }

  /// Any keys at a prompt, then a line as usual.
  @Test(arguments: 0..<4) func anyKeysLeaveThePromptUsable(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed, stream: 3)
    var keys = ""
    for _ in 0..<400 {
      let code = generator.index(below: generator.index(below: 3) == 0 ? 0x250 : 0x80)
      // Ctrl-D leaves, ctrl-Z suspends, ctrl-S stops the output: as they should.
      guard ![0x04, 0x13, 0x1A].contains(code), let scalar = Unicode.Scalar(UInt32(code)) else {
        continue
      }
      keys.unicodeScalars.append(scalar)
    }
    let workspace = try Workspace()
    let result = try PseudoTerminal.run(
      [try #require(PseudoTerminal.program), "--no-rc"],
      environment: [
        "TERM": "xterm", "LANG": "C.UTF-8", "EAU_AUTOSAVE": "off", "EAU_HISTORY": "",
        "HOME": .string(workspace.folder.path),
      ], timeout: 60, directory: workspace.folder.path,
      steps: [
        ["expect": "eau> "], ["send": .string(keys)], ["key": "ctrl-c"], ["key": "ctrl-c"],
        ["pause": 0.5], ["line": "mode csv; mode table"],
        ["expect": "answers are written as table"],
        ["expect": "eau> "], ["key": "ctrl-d"], ["exit": 0],
      ])
    #expect(result["ok"] == true, "\(result["failed"]?.text() ?? "")")
  }
}
