import ModalityKit

/// Runs a line's statements and writes what they answer: for the prompt, for scripts, and for the
/// commands that run commands.
struct StatementRunner {
  let console: Console
  /// Whether to go on after a failure.
  var keepGoing = false
  /// Whether unique beginnings of commands are enough.
  var allowsPrefixes = false
  /// Whether only failures are shown.
  var isQuiet = false

  /// - Parameters:
  ///   - place: what failures are said to come from, `script.eau:3`; nil at a prompt.
  ///   - number: the line's number.
  /// - Returns: the first failure, nil when there was none.
  @discardableResult
  func run(
    _ line: String, place: String?, number: Int, _ session: inout Session
  ) -> Failure? {
    let statements: [Statement]
    do {
      statements = try Tokenizer.statements(in: line, firstLine: number)
    } catch {
      let failure = Failure(error, place: place, line: number)
      _ = write(
        CommandOutcome(command: "", result: .failure(failure)), typed: line, &session,
        session.desk.transcript)
      return failure
    }
    var first: Failure?
    for statement in statements where !session.isFinished {
      // An alias may have been made by the statement before.
      for expanded in session.desk.aliases.expanded(statement) where !session.isFinished {
        let failure = run(expanded, place: place, &session)
        first = first ?? failure
        // Ctrl-C stops the line, not only the command that looked first.
        if Interrupt.isRequested { return first ?? interruption(place, number) }
        if failure != nil, !keepGoing { return first }
      }
    }
    return first
  }

  /// In a script what follows is not run; at a prompt the person knows.
  private func interruption(_ place: String?, _ number: Int) -> Failure? {
    guard let place else { return nil }
    let failure = Failure(
      CommandError("interrupted", "stopped by ctrl-C", hint: "what was done until then is done"),
      place: place, line: number)
    console.show(failure)
    return failure
  }

  func run(_ statement: Statement, place: String?, _ session: inout Session) -> Failure? {
    // Within a script ctrl-C stops the script, not only the command that looked first.
    if session.desk.isOnGround { Interrupt.clear() }
    let interpreter = Interpreter(console: console, allowsPrefixes: allowsPrefixes)
    let transcript = session.desk.transcript
    let outcome = interpreter.run(statement, &session, place: place)
    let typed = statement.written(as: outcome.command)
    var failure: Failure?
    if case .failure(let error) = outcome.result { failure = error }
    session.desk.log(typed, outcome)
    if let unwritten = write(outcome, typed: typed, &session, transcript) {
      // Whoever reads the answers would miss the rest without knowing.
      session.isFinished = true
      failure = failure ?? Failure(unwritten, place: place, line: statement.line)
    }
    return failure
  }

  /// - Parameter transcript: the one that was running before the command.
  /// - Returns: an error when the answer could not be written.
  private func write(
    _ outcome: CommandOutcome, typed: String, _ session: inout Session, _ transcript: Transcript?
  ) -> CommandError? {
    var unwritten: CommandError?
    if !isQuiet || outcome.failed {
      unwritten = console.write(outcome, session.desk.mode, isFirst: !session.desk.hasAnswered)
      session.desk.hasAnswered = true
    }
    if let unwritten { console.show(Failure(unwritten)) }
    // What begins or ends a transcript is no part of it.
    guard let transcript, session.desk.transcript === transcript else { return unwritten }
    if let complaint = transcript.add(outcome, typed: session.desk.isOnGround ? typed : nil) {
      session.desk.transcript = nil
      console.message("warning: \(complaint.message); the transcript ends here")
    }
    return unwritten
  }
}

extension Statement {
  /// As it was typed, but with the command's whole name.
  func written(as command: String) -> String {
    guard let verb = words.first, !verb.quoted, source.hasPrefix(verb.text),
      command.hasPrefix(verb.text)
    else { return source }
    return command + source.dropFirst(verb.text.count)
  }
}

/// A script that stopped at a failure: what it did until then stays done.
struct StoppedScript: Error {
  let failure: Failure
}
