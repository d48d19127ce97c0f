import Foundation
import ModalityKit

/// Runs lines from wherever they come: an argument, a file, a pipe, a person.
struct Repl {
  private(set) var session: Session
  let console: Console
  let keepGoing: Bool
  /// Whether any command failed.
  private(set) var failed = false
  /// The start file shows failures only.
  private var isQuiet = false

  var isFinished: Bool { session.isFinished }

  init(session: Session, console: Console, keepGoing: Bool) {
    self.session = session
    self.console = console
    self.keepGoing = keepGoing
  }

  /// Runs a script that is already text.
  /// - Returns: false when it stopped at an error.
  mutating func run(_ text: String, from name: String) -> Bool {
    run(TextLines(text), from: name)
  }

  /// `open` with a value from the command line, which is one word whatever it contains.
  mutating func run(open dataset: String) -> Bool {
    let statement = Statement(
      words: [Word("open"), Word(dataset, quoted: true)], line: 1,
      source: "open \(Word.written(dataset))")
    let failure = StatementRunner(console: console).run(statement, place: "--open", &session)
    failed = failed || failure != nil
    return failure == nil
  }

  mutating func run(file path: String) -> Bool {
    do {
      let bytes = try RawInput.file(path: path).bytes(limit: SourceCommand.sizeLimit)
      return run(String(decoding: bytes, as: UTF8.self), from: path)
    } catch {
      failed = true
      _ = console.write(
        CommandOutcome(command: "-f", result: .failure(Failure(error))), session.desk.mode)
      return false
    }
  }

  /// Runs line after line; stops at the first error unless told to keep going.
  mutating func run(_ source: some LineSource, from name: String) -> Bool {
    let runner = StatementRunner(console: console, keepGoing: keepGoing, isQuiet: isQuiet)
    let lines = LogicalLines(source)
    while !session.isFinished, case .line(let line) = lines.nextLine() {
      let place = "\(name):\(lines.number)"
      if runner.run(line, place: place, number: lines.number, &session) != nil {
        failed = true
        if !keepGoing || Interrupt.isRequested { return false }
      }
    }
    return !failed
  }

  /// The commands a person wants before the first prompt: `$EAU_RC`, else `eau/rc` in
  /// `$XDG_CONFIG_HOME` or `~/.config`. Failures are shown and do not keep from the prompt.
  mutating func runStartFile() {
    let environment = console.environment
    let chosen = environment["EAU_RC"]
    let folder =
      environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment["HOME"].map { "\($0)/.config" }
    guard let path = chosen ?? folder.map({ "\($0)/eau/rc" }), !path.isEmpty,
      chosen != nil || FileManager.default.fileExists(atPath: path)
    else { return }
    isQuiet = true
    _ = run(file: path)
    (isQuiet, failed) = (false, false)
  }

  /// The prompt.
  mutating func converse() {
    let reference = SessionReference(session)
    let lines = EditedLines(
      prompt: Transcript.prompt,
      historyFile: EditedLines.defaultHistoryFile(environment: console.environment)
    ) { line, cursor in
      Completer(session: reference.session).complete(line, cursor: cursor)
    }
    guard let lines else { return }
    greet()
    let runner = StatementRunner(
      console: console, keepGoing: keepGoing, allowsPrefixes: true)
    var autosave = Autosave(environment: console.environment)
    while !session.isFinished {
      save(&autosave)
      reference.session = session
      switch lines.nextLine() {
      case .line(let line): runner.run(line, place: nil, number: 1, &session)
      case .interrupted: continue
      case .end:
        // The shell's prompt shall not stand behind ours.
        console.message("")
        autosave?.forget()
        return
      }
    }
    autosave?.forget()
  }

  private func greet() {
    if session.data == nil {
      console.message("\(Version.text): type `help`, or begin with `open demo`. Ctrl-D leaves.")
    }
    if let lost = Autosave.lostSessions(console.environment).first {
      let what = lost.summary
      console.message(
        "A session ended without `quit` (\(truncated(what, to: 60, ellipsis: "..."))). "
          + "`resume` brings it back, `resume forget` does not ask again.")
    }
  }

  /// A disk that takes no more is said once; the session goes on without.
  private func save(_ autosave: inout Autosave?) {
    do {
      try autosave?.save(session)
    } catch {
      console.message("warning: \(Failure(error).error.message); the session is no longer kept")
      autosave = nil
    }
  }
}

/// Lets the completion callback see the session as it is when TAB is pressed.
private final class SessionReference {
  var session: Session

  init(_ session: Session) { self.session = session }
}
