import Foundation
import ModalityKit

/// Runs lines from wherever they come: an argument, a file, a pipe, a person.
struct Repl {
  private(set) var session: Session
  let console: Console
  let keepGoing: Bool
  /// Whether any command failed.
  private(set) var failed = false

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
    let statement = Statement(words: [Word("open"), Word(dataset, quoted: true)], line: 1)
    let outcome = Interpreter(console: console, allowsPrefixes: false)
      .run(statement, &session, place: "--open")
    console.write(outcome)
    guard case .failure = outcome.result else { return true }
    failed = true
    return false
  }

  mutating func run(file path: String) -> Bool {
    do {
      let bytes = try RawInput.file(path: path).bytes(limit: 16 << 20)
      return run(String(decoding: bytes, as: UTF8.self), from: path)
    } catch {
      failed = true
      console.write(CommandOutcome(command: "-f", result: .failure(Failure(error))))
      return false
    }
  }

  /// Runs line after line; stops at the first error unless told to keep going.
  mutating func run(_ source: some LineSource, from name: String) -> Bool {
    var number = 0
    while !session.isFinished {
      guard case .line(let line) = source.nextLine() else { break }
      number += 1
      if !execute(line, place: "\(name):\(number)", number: number) {
        failed = true
        if !keepGoing { return false }
      }
    }
    return !failed
  }

  /// The prompt.
  mutating func converse() {
    let reference = SessionReference(session)
    let lines = EditedLines(
      prompt: "eau> ",
      historyFile: EditedLines.defaultHistoryFile(environment: console.environment)
    ) { line, cursor in
      Completer(session: reference.session).complete(line, cursor: cursor)
    }
    guard let lines else { return }
    if session.data == nil {
      console.message("\(Version.text): type `help`, or begin with `open demo`. Ctrl-D leaves.")
    }
    while !session.isFinished {
      reference.session = session
      switch lines.nextLine() {
      case .line(let line): _ = execute(line, place: nil, number: 1)
      case .interrupted: continue
      case .end:
        // The shell's prompt shall not stand behind ours.
        console.message("")
        return
      }
    }
  }

  /// - Returns: false when a statement of the line failed.
  private mutating func execute(_ line: String, place: String?, number: Int) -> Bool {
    let statements: [Statement]
    do {
      statements = try Tokenizer.statements(in: line, firstLine: number)
    } catch {
      console.write(
        CommandOutcome(
          command: "", result: .failure(Failure(error, place: place, line: number))))
      return false
    }
    let interpreter = Interpreter(console: console, allowsPrefixes: place == nil)
    var succeeded = true
    for statement in statements where !session.isFinished {
      Interrupt.clear()
      let outcome = interpreter.run(statement, &session, place: place)
      console.write(outcome)
      if case .failure = outcome.result {
        succeeded = false
        if !keepGoing { break }
      }
    }
    return succeeded
  }
}

/// Lets the completion callback see the session as it is when TAB is pressed.
private final class SessionReference {
  var session: Session

  init(_ session: Session) { self.session = session }
}
