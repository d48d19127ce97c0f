import ModalityKit

/// What can be wrong with a command before any module sees it.
struct CommandError: ExplainedError, Equatable {
  let code: String
  let message: String
  let hint: String

  init(_ code: String, _ message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  static let noDataset = CommandError(
    "no-dataset", "no data set is open", hint: "try `open demo`")
  static let noModel = CommandError(
    "no-model", "no model is trained yet", hint: "try `train`, or `restore FILE`")
  static let noSample = CommandError(
    "no-sample", "there is no current sample", hint: "try `sample 1`, or `load image FILE.png`")

  static func usage(_ command: any Command.Type, _ what: String) -> CommandError {
    CommandError("usage", "\(command.name): \(what)", hint: "usage: \(command.usage)")
  }

  static func unknown(_ kind: String, _ word: String, among known: [String]) -> CommandError {
    let list = known.joined(separator: ", ")
    let hint =
      didYouMean(word, among: known).map { "did you mean \($0)?" }
      ?? (known.isEmpty ? "there are none" : "choose from: \(list)")
    return CommandError(
      "unknown-\(kind)", "unknown \(kind) \"\(printable(word))\"", hint: hint)
  }
}

/// A command that failed, and has something to show nevertheless: what a check found.
struct ReportedError: ExplainedError {
  let code: String
  let message: String
  let hint: String
  let report: Report
}

/// An error as it is shown: with the place it comes from.
struct Failure: Error {
  let error: any ExplainedError
  /// `script.eau:3`, or nil at a prompt.
  let place: String?
  let line: Int?

  init(_ error: any Error, place: String? = nil, line: Int? = nil) {
    self.error =
      error as? any ExplainedError
      ?? CommandError("internal", "\(error)", hint: "please report this with what you typed")
    self.place = place
    self.line = line
  }

  /// What there is to show beside it.
  var report: Report? { (error as? ReportedError)?.report }

  /// One line that names the thing, and a hint.
  func lines(_ style: TerminalStyle) -> String {
    let prefix = place.map { "\($0): " } ?? ""
    return ["\(prefix)error: \(error.message)", "  hint: \(error.hint)"]
      .map { printable($0, unicode: style.unicode) + "\n" }.joined()
  }

  var json: JSONValue {
    .object([
      ("code", .string(error.code)), ("message", .string(error.message)),
      ("hint", .string(error.hint)), ("line", JSONValue(line)),
    ])
  }
}

/// What a command came to.
struct CommandOutcome {
  let command: String
  let result: Result<Report, Failure>

  var failed: Bool {
    if case .failure = result { true } else { false }
  }

  var json: JSONValue {
    switch result {
    case .success(let report):
      .object([("command", .string(command)), ("ok", true), ("result", report.result)])
    case .failure(let failure):
      .object(
        [("command", .string(command)), ("ok", false), ("error", failure.json)]
          + (failure.report.map { [("result", $0.result)] } ?? []))
    }
  }
}
