struct TranscriptCommand: Command {
  static let name = "transcript"
  static let usage = "transcript FILE [--append] | transcript off"
  static let summary = "record what is typed and answered from now on"
  static let examples = ["transcript tour.txt", "transcript off"]
  static let details = """
    The file can be run again with `replay FILE`, and checked with `replay FILE --check`. Its answers \
    are 80 columns wide and without colour, whatever the terminal.
    """
  static let parameters: [Parameter] = [
    .word("FILE", .either([.choice(["off"]), .file([])]), "a new file, or `off` to end"),
    .flag("append", "add to a file that is there"),
  ]
  static let seeAlso = ["replay", "history"]

  private let file: String
  private let appending: Bool

  init(_ arguments: Arguments) throws {
    file = try arguments.words(1...1, Self.self)[0]
    appending = arguments.has("append")
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    if file == "off" {
      guard let transcript = session.desk.transcript else {
        throw CommandError(
          "no-transcript", "no transcript is running", hint: "`transcript FILE` begins one")
      }
      session.desk.transcript = nil
      return report("the transcript \(transcript.path) ends here", transcript.path, isOn: false)
    }
    session.desk.transcript = try Transcript(path: file, appending: appending, seed: session.seed)
    return report("recording to \(file); `transcript off` ends it", file, isOn: true)
  }

  private func report(_ text: String, _ file: String, isOn: Bool) -> Report {
    Report(
      blocks: [.text(text)],
      result: .object([("file", .string(file)), ("recording", .bool(isOn))]))
  }
}
