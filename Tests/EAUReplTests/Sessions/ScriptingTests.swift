import Foundation
import Testing

@testable import EAURepl

/// `eau` inside scripts: where commands come from, where it stops, and its exit codes.
@Suite("scripting", .enabled(if: EauProcess.isBuilt))
struct ScriptingTests {
  @Test func argumentsStopAtTheFirstError() throws {
    let output = try EauProcess.run(
      ["-c", "help quit; weights; help open"], in: Workspace())
    #expect(output.status == 1)
    #expect(output.stdout.contains("usage: quit"))
    #expect(!output.stdout.contains("usage: open"))
    #expect(
      output.stderr
        == "-c:1: error: no model is trained yet\n  hint: try `train`, or `restore FILE`\n")
  }

  @Test func severalArgumentsAreOneSession() throws {
    let output = try EauProcess.run(
      ["-c", "help quit", "-c", "help open\nweights", "-c", "help train"], in: Workspace())
    #expect(output.status == 1)
    #expect(output.stderr.hasPrefix("-c #2:2: error: no model"))
    #expect(output.stdout.contains("usage: open") && !output.stdout.contains("usage: train"))
  }

  @Test func aFileNamesItsLine() throws {
    let workspace = try Workspace()
    try workspace.write("# a comment\nhelp quit\n\nweights\nhelp open\n", to: "script.eau")
    let output = try EauProcess.run(["-f", "script.eau"], in: workspace)
    #expect(output.status == 1)
    #expect(output.stderr.hasPrefix("script.eau:4: error: no model is trained yet\n  hint: "))
    #expect(output.stdout.contains("usage: quit") && !output.stdout.contains("usage: open"))
  }

  @Test func aFileThatIsNotThere() throws {
    let output = try EauProcess.run(["-f", "nofile.eau"], in: Workspace())
    #expect(output.status == 1)
    #expect(output.stderr.hasPrefix("error: no file at nofile.eau\n  hint: "))
    #expect(output.stdout == "")
  }

  @Test func standardInputStopsAtTheFirstErrorWithItsLine() throws {
    let output = try EauProcess.run(
      ["--json"], input: "help quit\n\nhelp open; weights; help save\nhelp train", in: Workspace())
    let lines = try output.lines()
    #expect(output.status == 1)
    #expect(lines.map { $0["command"]?.string } == ["help", "help", "weights"])
    #expect(lines.last?["error"]?["line"] == 3)
  }

  @Test func keepGoingRunsEverythingAndStillFails() throws {
    let output = try EauProcess.run(
      ["--json", "--keep-going"], input: "weights\nhelp quit; predict; help open\nhelp save",
      in: Workspace())
    #expect(output.status == 1)
    #expect(
      try output.lines().map { $0["ok"]?.bool } == [false, true, false, true, true])
    let several = try EauProcess.run(
      ["--json", "--keep-going", "-c", "weights", "-c", "help quit; predict", "-c", "help open"],
      in: Workspace())
    #expect(several.status == 1)
    #expect(try several.lines().map { $0["ok"]?.bool } == [false, true, false, true])
    let well = try EauProcess.run(["--keep-going", "-c", "help quit"], in: Workspace())
    #expect(well.status == 0)
  }

  @Test func quitEndsTheScriptAndAllThatFollows() throws {
    let output = try EauProcess.run(
      ["--json", "-c", "help quit; quit; weights", "-c", "weights"], in: Workspace())
    #expect(output.status == 0)
    #expect(try output.lines().map { $0["command"]?.string } == ["help", "quit"])
  }

  @Test func uniqueBeginningsAreForPeopleOnly() throws {
    let output = try EauProcess.run(["--json", "-c", "hel"], in: Workspace())
    #expect(output.status == 1)
    let error = try #require(try output.lines().first?["error"])
    #expect(error["code"] == "unknown-command")
    #expect(error["hint"] == "did you mean `help`?")
  }

  @Test(arguments: [
    ["--nonsense"], ["--threads", "0"], ["--threads", "many"], ["--seed", "-1"], ["-c"], ["word"],
  ])
  func wrongUsageOfTheProgramIsTwo(_ arguments: [String]) throws {
    let output = try EauProcess.run(arguments, in: Workspace())
    #expect(output.status == 2)
    #expect(output.stdout == "")
    #expect(output.stderr.hasPrefix("Error: "), "\(output.stderr)")
  }

  @Test func versionAndHelpAreAnswers() throws {
    let version = try EauProcess.run(["--version"], in: Workspace())
    #expect(version.status == 0)
    #expect(version.stdout == Version.text + "\n")
    let help = try EauProcess.run(["--help"], in: Workspace())
    #expect(help.status == 0)
    #expect(help.stderr == "")
    for option in ["-c", "-f", "--open", "--json", "--keep-going", "--seed", "--threads"] {
      #expect(help.stdout.contains(option), "\(option)")
    }
  }

  @Test func nothingToDoIsNoError() throws {
    let output = try EauProcess.run([], input: "\n# only a comment\n  ;; \n", in: Workspace())
    #expect(output.status == 0)
    #expect(output.stdout == "" && output.stderr == "")
  }

  @Test(arguments: [[:], ["NO_COLOR": "1"], ["TERM": "dumb"], ["COLORTERM": "truecolor"]])
  func aPipeNeverSeesAnEscapeSequence(_ environment: [String: String]) throws {
    let trained = try DemoModel.trained()
    let picture = Workspace.fixture("modalities/rgb-alpha-8.png").path
    let output = try EauProcess.run(
      [
        "--keep-going", "-c", "restore '\(trained.path)'", "-c",
        "load image '\(picture)'; inspect; corrupt image blur 4; weights; predict; nonsense",
      ], in: Workspace(),
      environment: ["TERM": "xterm-256color"].merging(environment) { $1 })
    #expect(output.status == 1)
    #expect(output.stdout.contains("alpha") && output.stderr.contains("nonsense"))
    for text in [output.stdout, output.stderr] {
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  /// The value is one word, whatever the language would make of it.
  @Test func openTakesItsValueAsItIs() throws {
    let output = try EauProcess.run(
      ["--open", "my set; quit # \".csv", "--json"], in: try Workspace())
    #expect(output.status == 1)
    let error = try output.lines().first?["error"]
    #expect(error?["message"]?.string?.contains("my set; quit # \".csv") == true)
  }

  @Test func openBeforeTheCommands() throws {
    let workspace = try Workspace()
    try workspace.copy(fixture: "modalities/rgb-8.png", to: "p.png")
    let rows = (0..<20).map { "s\($0),\($0 % 2 == 0 ? "day" : "night"),p.png,word\($0)" }
    try workspace.write(
      (["id,label,image,text"] + rows).joined(separator: "\n") + "\n", to: "set.csv")
    let output = try EauProcess.run(
      ["--json", "--open", "set.csv", "-c", "sample s3"], in: workspace)
    #expect(output.status == 0, "\(output.stdout)")
    let results = try output.results()
    #expect(results.first?["classes"] == ["day", "night"])
    #expect(results.last?["label"] == "night")
  }
}
