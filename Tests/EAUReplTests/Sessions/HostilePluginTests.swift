import Foundation
import Testing

@testable import EAURepl

/// Shared objects that misbehave, loaded with a process of their own: each costs a command and
/// nothing else of the session.
@Suite("sessions with hostile plugins", .enabled(if: EauProcess.isBuilt))
struct HostilePluginTests {
  /// A session with a model and a spoiled sample, one thing done to the plugin, and the weights again.
  private func run(
    _ fault: String, _ commands: String, limits: String = "limit=4 memory=256"
  ) throws -> (lines: [JSONValue], before: JSONValue?, after: JSONValue?) {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", fault: fault, in: workspace)
    let lines = try EauProcess.run(
      [
        "--json", "--keep-going", "-c",
        "open demo; train epochs=2; sample 5; corrupt image gaussian 8; weights;"
          + "plugin load ./vowels.so --isolated \(limits); \(commands); weights",
      ], in: workspace
    ).lines()
    return (lines, lines[4]["result"], lines.last?["result"])
  }

  @Test(arguments: [
    ("FAULT_CREATE", "was ended by signal 6 (Aborted) during create"),
    ("FAULT_DESTROY", "was ended by signal 6 (Aborted) during fitted"),
    (
      "FAULT_ENCODE",
      "was ended by signal 6 (Aborted) during encode; it wrote: counting vowels went wrong"
    ), ("FAULT_LOOP", "did not answer within 4 s during encode and was ended"),
    ("FAULT_NAN", "vowels gave a value that is not finite"),
    ("FAULT_COUNT", "vowels says it filled 4 of 5 places"),
    ("FAULT_LEAK", "during encode"),
  ])
  func whatGoesWrongInUseCostsThatCommand(fault: String, words: String) throws {
    let (lines, before, after) = try run(fault, "use text vowels")
    #expect(lines[5]["ok"] == true, "\(lines[5].text())")
    #expect(lines[6]["ok"] == false)
    #expect(
      lines[6]["error"]?["message"]?.string?.contains(words) == true, "\(lines[6].text())")
    #expect(before != nil && before == after, "model, sample and damage are as they were")
  }

  @Test(arguments: [
    ("FAULT_LOAD", "was ended by signal 6"), ("FAULT_ABI", "speaks ABI 2"),
    ("FAULT_DESCRIPTOR", "descriptor is not sound"),
    ("FAULT_ENTRY", "does not export eau_plugin_entry"),
  ])
  func whatCannotBeLoadedCostsTheLoading(fault: String, words: String) throws {
    let (lines, before, after) = try run(fault, "encoders")
    #expect(
      lines[5]["error"]?["message"]?.string?.contains(words) == true, "\(lines[5].text())")
    #expect(before != nil && before == after)
  }

  @Test func whatIsPrintedGoesNowhere() throws {
    let (lines, _, _) = try run("FAULT_NOISE", "use text vowels; train epochs=1")
    #expect(lines.allSatisfy { $0["ok"] != false }, "\(lines.map { $0.text() })")
  }

  @Test(arguments: [
    ("FAULT_CREATE", "configuration-round-trip"), ("FAULT_ENCODE", "row-shape"),
    ("FAULT_DESTROY", "row-shape"), ("FAULT_NAN", "row-shape"), ("FAULT_LOOP", "row-shape"),
  ])
  func theCheckFindsItAndSurvives(fault: String, code: String) throws {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", fault: fault, in: workspace)
    let lines = try EauProcess.run(
      [
        "--json", "--keep-going", "-c",
        "plugin check ./vowels.so limit=4 'rain on the roof' 'an old bird'; encoders mfcc",
      ],
      in: workspace
    ).results()
    let codes = lines[0]["findings"]?.elements?.compactMap { $0["code"]?.string } ?? []
    #expect(codes.contains(code), "\(codes)")
    #expect(lines[1]["encoders"]?.elements?.count == 1)
  }

  /// Rows do not depend on where the plugin runs, nor does what was spoiled, and a model saved with
  /// one is restored with the other.
  @Test func isolatedAndInProcessAreTheSame() throws {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", in: workspace)
    let script =
      "use text vowels; open demo; train epochs=2; sample 5; corrupt text drop 7; weights; predict"
    let (inside, outside) = (
      try EauProcess.run(
        ["--json", "-c", "plugin load ./vowels.so; \(script); save a.safetensors"], in: workspace
      ).results(),
      try EauProcess.run(
        ["--json", "-c", "plugin load ./vowels.so --isolated; \(script); save b.safetensors"],
        in: workspace
      ).results()
    )
    #expect(inside[0]["place"] == "session" && outside[0]["place"] == "isolated")
    #expect(inside[6] == outside[6] && inside[7] == outside[7])
    let (a, b) = (workspace.path("a.safetensors"), workspace.path("b.safetensors"))
    #expect(FileManager.default.contentsEqual(atPath: a, andPath: b))
    let swapped = try EauProcess.run(
      [
        "--json", "-c",
        "plugin load ./vowels.so; restore b.safetensors; load text 'a bee'; weights;"
          + "plugin load ./vowels.so --isolated; restore a.safetensors; load text 'a bee'; weights",
      ], in: workspace
    ).results()
    #expect(swapped[3] == swapped[7])
  }

  /// Ctrl-C while a plugin hangs ends the command, not the session.
  @Test func ctrlCReachesAPluginThatHangs() throws {
    let workspace = try Workspace()
    try PluginWorkspace.compile("vowels.c", fault: "FAULT_LOOP", in: workspace)
    let session = try PseudoTerminal.run(
      [try #require(PseudoTerminal.program), "--no-cache"],
      environment: ["HOME": .string(workspace.folder.path), "TERM": "xterm"],
      steps: [
        ["expect": "eau> "],
        ["line": .string("plugin load \(workspace.path("vowels.so")) --isolated limit=600")],
        ["expect": "eau> "], ["line": "use text vowels"], ["expect": "eau> "],
        ["line": "open demo"],
        // What hangs is never reported on: text comes after the sounds.
        ["expect": "encoding audio"], ["pause": 6], ["key": "ctrl-c"],
        ["expect": "was stopped during encode"], ["expect": "eau> "],
        ["line": "encoders mfcc"], ["expect": "mel"], ["expect": "eau> "], ["key": "ctrl-d"],
        ["exit": 0],
      ])
    #expect(session["ok"] == true, "\(session.text())")
  }
}
