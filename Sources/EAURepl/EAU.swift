import ArgumentParser
import Autograd
import Foundation

/// The command line of `eau` itself. What the commands inside mean is the interpreter's.
@main
struct EAU: ParsableArguments {
  static let configuration = CommandConfiguration(
    commandName: "eau",
    abstract:
      "See a picture, a sound and a sentence become Gaussians, and the fusion move its trust.",
    discussion: "Without -c, -f or a pipe on stdin, opens a prompt. Type `help` there.",
    version: Version.text)

  @Option(name: .customShort("c"), help: "Run commands, separated by `;`. May be repeated.")
  var commands: [String] = []

  @Option(name: .customShort("f"), help: "Run the commands in a file.", completion: .file())
  var file: String?

  @Option(
    name: .customLong("open"), help: "Open a data set before anything else.", completion: .file())
  var dataset: String?

  @Flag(name: .customLong("json"), help: "One JSON object a command on stdout, nothing else.")
  var json = false

  @Option(
    help: "How answers are written: \(OutputMode.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var output: OutputMode?

  @Flag(name: .customLong("keep-going"), help: "Go on after an error instead of stopping.")
  var keepGoing = false

  @Option(help: "Seed of corruptions, and of trainings that name none.")
  var seed: UInt64 = 1

  @Option(help: "Threads for reading and encoding. Results do not depend on it.")
  var threads: Int?

  @Flag(name: .customLong("no-cache"), help: "Keep no features from session to session.")
  var noCache = false

  @Flag(name: .customLong("no-rc"), help: "Do not run the commands of the start file.")
  var noStartFile = false

  @Flag(name: .customLong("no-color"), help: "No colour, whatever the terminal can do.")
  var noColour = false

  @Option(
    name: .customLong("generate-completion"), help: "Print the completion of bash, zsh or fish.",
    completion: .list(["bash", "zsh", "fish"]))
  var completionShell: String?

  @Flag(name: .customLong("generate-manual"), help: "Print the manual page.")
  var printsManual = false

  @Option(name: .customLong(PluginHost.option), help: .private)
  var servedPlugin: String?

  @Flag(help: "Print the version.")
  var version = false

  static func main() {
    let arguments: EAU
    do {
      arguments = try EAU.parse()
    } catch {
      // Wrong usage of the program itself is exit code 2; help and version asked for are 0.
      let code = exitCode(for: error)
      if code == .success {
        print(fullMessage(for: error))
        Foundation.exit(0)
      }
      writeAll(fullMessage(for: error) + "\n", to: STDERR_FILENO)
      Foundation.exit(2)
    }
    Foundation.exit(arguments.run())
  }

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads: expected 1...256, found \(threads)")
    }
    if let completionShell, CompletionShell(rawValue: completionShell) == nil {
      throw ValidationError(
        "--generate-completion: expected bash, zsh or fish, found \(completionShell)")
    }
  }

  private func run() -> Int32 {
    if version {
      print(Version.text)
      return 0
    }
    if let shell = completionShell.flatMap({ CompletionShell(rawValue: $0) }) {
      print(EAU.completionScript(for: shell))
      return 0
    }
    if printsManual {
      print(ManualPage.text, terminator: "")
      return 0
    }
    if let servedPlugin { return PluginHost.run(servedPlugin) }
    let environment = ProcessInfo.processInfo.environment
    let console = Console(
      environment: environment, colour: !noColour,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    var session = Session(
      seed: seed, cacheFolder: noCache ? nil : Session.cacheFolder(environment))
    session.desk.mode = output ?? (json ? .jsonl : .table)
    var repl = Repl(session: session, console: console, keepGoing: keepGoing)
    Interrupt.install()
    // One batch is too small for a second BLAS thread, which would only spin.
    setBLASThreads(1)
    if let dataset, !repl.run(open: dataset) { return 1 }
    if !commands.isEmpty || file != nil {
      for (index, text) in commands.enumerated() {
        let name = commands.count == 1 ? "-c" : "-c #\(index + 1)"
        if !repl.run(text, from: name), !keepGoing { return 1 }
        if repl.isFinished { return repl.failed ? 1 : 0 }
      }
      if let file, !repl.run(file: file) { return 1 }
      return repl.failed ? 1 : 0
    }
    if EditedLines.isPossible && !json {
      if !noStartFile { repl.runStartFile() }
      repl.converse()
      return 0
    }
    return repl.run(PipedLines(), from: "stdin") ? 0 : 1
  }
}

extension OutputMode: ExpressibleByArgument {}

enum Version {
  static let name = "eau"
  static let number = "0.1.0"
  static let text = "\(name) \(number)"
}
