/// What lies beside the session's state and is not undone with it: how answers are written, what was
/// typed, the last result, the running transcript, the open lesson.
struct Desk {
  struct Entry: Equatable {
    let command: String
    let succeeded: Bool
  }

  var mode = OutputMode.table
  /// What was typed, oldest first.
  private(set) var entries: [Entry] = []
  /// The last result that `last` shows and writes.
  var last: (command: String, report: Report)?
  var transcript: Transcript?
  var aliases = Aliases()
  /// The lesson at hand, those that were left on the way, and the names of those whose every step
  /// was solved.
  var lesson: OpenLesson?
  var leftLessons: [OpenLesson] = []
  var finishedLessons: [String] = []
  /// Whether anything was answered yet.
  var hasAnswered = false
  /// How many `source` and `replay` are running within each other.
  var depth = 0
  /// The depth of what a person types; above 0 in the sessions of `replay --check`.
  var ground = 0

  /// Whether a command was typed, and not run by another.
  var isOnGround: Bool { depth == ground }

  static let longestHistory = 100_000

  /// Notes a command for the history, and its result for `last`.
  mutating func log(_ command: String, _ outcome: CommandOutcome) {
    var succeeded = false
    if case .success(let report) = outcome.result {
      succeeded = true
      if outcome.command != LastCommand.name { last = (outcome.command, report) }
    }
    // What begins or ends a transcript is no part of it, and so of no history that it could show.
    guard isOnGround, outcome.command != TranscriptCommand.name else { return }
    entries.append(Entry(command: command, succeeded: succeeded))
    if entries.count > Self.longestHistory { entries.removeFirst(Self.longestHistory / 10) }
  }
}
