import Foundation
import Testing

@testable import EAURepl

/// What the commands say of themselves is complete and true.
@Suite("help")
struct HelpTests {
  private static let names = Commands.all.map { $0.name }

  @Test(arguments: names) func everyCommandDescribesItself(_ name: String) throws {
    let command = try #require(Commands.named(name))
    #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."))
    #expect(command.usage.hasPrefix(name))
    for parameter in command.parameters where parameter.form == .option {
      let isShown =
        command.usage.contains("--\(parameter.name)") || command.usage.contains("[...]")
        || name == WhatIfCommand.name
      #expect(isShown, "usage of \(name) lacks --\(parameter.name)")
    }
    for topic in command.seeAlso where Self.names.contains(topic) { #expect(topic != name) }
    // Every example is at least a sentence of the language that this command accepts.
    for example in command.examples {
      for statement in try Tokenizer.statements(in: example) where statement.words[0].text == name {
        let arguments = Arguments(statement.words.dropFirst(), flags: command.flags)
        try arguments.checkOptions(known: command.options + command.flags)
        _ = try command.init(arguments)
      }
    }
  }

  @Test(arguments: [40, 80, 200]) func everyPageFitsTheWidth(_ width: Int) throws {
    let renderer = TerminalRenderer(style: TerminalStyle(width: width))
    for command in Commands.all {
      for line in renderer.render(CommandHelp.report(command)).split(separator: "\n") {
        #expect(displayWidth(String(line)) <= width)
      }
    }
  }

  @Test func theOverviewIsOneScreen() throws {
    var session = Session(seed: 1)
    let console = Console(environment: [:], colour: false, threads: 1)
    let report = try HelpCommand(Arguments([])).run(&session, console)
    let text = TerminalRenderer(style: TerminalStyle(width: 80, height: 24)).render(report)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 24)
    for name in Self.names { #expect(text.contains(name)) }
  }

  /// What a page points to is there.
  @Test func everyTopicToSeeIsKnown() throws {
    var session = Session(seed: 1)
    let console = Console(environment: [:], colour: false, threads: 1)
    let topics = Set(Commands.all.flatMap { $0.seeAlso })
    #expect(topics.count > 20)
    for topic in topics.sorted() {
      _ = try HelpCommand(Arguments([Word(topic)])).run(&session, console)
    }
  }

  @Test func namesAreUnique() {
    let words = Commands.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(words).count == words.count)
  }

  @Test func theManualHasEveryCommandAndParameter() {
    let text = ManualPage.text
    for command in Commands.all {
      #expect(text.contains(".It Ic \(command.usage.replacing("\\", with: "\\e"))"))
      for parameter in command.parameters { #expect(text.contains(parameter.heading)) }
    }
    for line in text.split(separator: "\n") where line.hasPrefix(".") {
      #expect(line.firstMatch(of: /^\.[A-Z][a-z]|^\.br$/) != nil, "\(line)")
    }
  }

  /// What `make install` puts where, and that it runs there.
  @Test(.enabled(if: EauProcess.isBuilt)) func installs() throws {
    let workspace = try Workspace()
    let program = try #require(PseudoTerminal.program)
    let script = DocumentationTests.root.appending(path: "scripts/install.sh").path
    let run = try EauProcess.run(
      "/bin/bash", [script, URL(filePath: program).deletingLastPathComponent().path],
      in: workspace, environment: ["DESTDIR": workspace.path("root"), "PREFIX": "/usr"])
    #expect(run.status == 0, "\(run.stderr)")
    let manual = try workspace.text("root/usr/share/man/man1/eau.1")
    #expect(manual == ManualPage.text)
    for file in [
      "bash-completion/completions/eau", "zsh/site-functions/_eau",
      "fish/vendor_completions.d/eau.fish",
    ] {
      #expect(try workspace.text("root/usr/share/\(file)").contains("keep-going"))
    }
    let installed = try EauProcess.run(
      workspace.path("root/usr/bin/eau"), ["-c", "plugin list"], in: workspace)
    #expect(installed.status == 0)
    #expect(installed.stdout.contains("tabular"), "the plugins lie beside the program")
    let bash = try EauProcess.run(
      "/bin/bash", ["-n", workspace.path("root/usr/share/bash-completion/completions/eau")],
      in: workspace)
    #expect(bash.status == 0, "\(bash.stderr)")
  }
}
