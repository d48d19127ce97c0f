import ModalityKit

/// Finds and runs the command a statement names.
struct Interpreter {
  let console: Console
  /// At a terminal a unique beginning of a command's name is enough; scripts use full words.
  let allowsPrefixes: Bool

  /// The session is replaced only when the command succeeds.
  func run(_ statement: Statement, _ session: inout Session, place: String?) -> CommandOutcome {
    let verb = statement.words.first?.text ?? ""
    let command: any Command.Type
    do {
      command = try find(verb)
    } catch {
      return CommandOutcome(
        command: verb, result: .failure(Failure(error, place: place, line: statement.line)))
    }
    var next = session
    do {
      let arguments = Arguments(statement.words.dropFirst(), flags: command.flags)
      try arguments.checkOptions(known: command.options + command.flags)
      var report = try command.init(arguments).run(&next, console)
      if command.isUndoable, next.revision != session.revision {
        next.timeline.note(statement.written(as: command.name), before: session)
      }
      next.followLesson([command.name] + statement.words.dropFirst().map(\.text), &report)
      session = next
      report.blocks += session.pluginComplaints().map { .warning($0) }
      return CommandOutcome(command: command.name, result: .success(report))
    } catch let stopped as StoppedScript {
      session = next
      return CommandOutcome(command: command.name, result: .failure(stopped.failure))
    } catch {
      return CommandOutcome(
        command: command.name,
        result: .failure(Failure(error, place: place, line: statement.line)))
    }
  }

  /// Names, aliases and, for people, unique beginnings.
  private func find(_ verb: String) throws -> any Command.Type {
    if let command = Commands.named(verb) { return command }
    let names = Commands.all.map { $0.name }
    if allowsPrefixes {
      let matching = Commands.all.filter { $0.name.hasPrefix(verb) }
      if matching.count == 1, let command = matching.first { return command }
      if matching.count > 1 {
        throw CommandError(
          "ambiguous-command", "\"\(printable(verb))\" could be several commands",
          hint: matching.map { $0.name }.joined(separator: ", "))
      }
    }
    let hint =
      didYouMean(verb, among: names).map { "did you mean `\($0)`?" }
      ?? "`help` lists the commands"
    throw CommandError("unknown-command", "unknown command \"\(printable(verb))\"", hint: hint)
  }
}
